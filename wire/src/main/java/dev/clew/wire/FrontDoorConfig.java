// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.core.Check;
import dev.clew.wire.protocol.WireProtocol;
import java.time.Duration;

/**
 * Settings of the front door.
 *
 * @param account of callers whose credentials name none
 * @param region of requests whose signature names none
 * @param maxBodyBytes of the operations that upload code
 * @param maxOrdinaryBodyBytes of every other operation
 * @param maxDepth greatest nesting of a request's document
 * @param maxParameters greatest number of form or query parameters
 * @param clockSkew how far a signature's date may be from ours
 */
public record FrontDoorConfig(
        String account,
        String region,
        int maxBodyBytes,
        int maxOrdinaryBodyBytes,
        int maxDepth,
        int maxParameters,
        Duration clockSkew) {
    public static final FrontDoorConfig DEFAULTS = new FrontDoorConfig(
            "111111111111", "us-east-1", 70_167_211, 16 * 1024 * 1024, 128, 20_000, Duration.ofMinutes(15));

    public FrontDoorConfig {
        Check.argument(account.matches("[0-9]{12}"), "account: '" + account + "' (expected: 12 digits)");
        Check.argument(region.matches("[a-z0-9-]{1,32}"), "region: '" + region + "' (expected: a region's name)");
        Check.inRange("max-body-bytes", maxBodyBytes, 1, 1 << 30);
        Check.inRange("max-ordinary-body-bytes", maxOrdinaryBodyBytes, 1, maxBodyBytes);
        Check.inRange("max-depth", maxDepth, 8, 500);
        Check.inRange("max-parameters", maxParameters, 1, 1_000_000);
        Check.inRange("clock-skew", clockSkew, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    /** The same settings with another default account and region. */
    public FrontDoorConfig withScope(String newAccount, String newRegion) {
        return new FrontDoorConfig(
                newAccount, newRegion, maxBodyBytes, maxOrdinaryBodyBytes, maxDepth, maxParameters, clockSkew);
    }

    WireProtocol.Limits limits() {
        return new WireProtocol.Limits(maxDepth, maxParameters);
    }
}
