// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.scaling;

import dev.clew.core.Check;
import java.time.Duration;

/**
 * How far execution environments multiply.
 *
 * @param concurrentStarts environments that may start at once; starting is what costs
 * @param maxEnvironments processes at once; the least recently used idle one makes room
 * @param accountConcurrency invocations at once in one account and region, beyond which they are throttled
 * @param maxWaiting invocations of one function that may wait for an environment, beyond which they are throttled
 * @param patience how long an invocation waits for an environment unless its caller says otherwise
 * @param idle how long an environment is kept without work
 * @param initLimit from the start of a process to its readiness
 * @param credentialLifetime of a role's session; an environment ends before its session does
 */
public record ScalingConfig(
        int concurrentStarts,
        int maxEnvironments,
        int accountConcurrency,
        int maxWaiting,
        Duration patience,
        Duration idle,
        Duration initLimit,
        Duration credentialLifetime) {
    public static final ScalingConfig DEFAULTS = new ScalingConfig(
            Math.max(1, Runtime.getRuntime().availableProcessors()),
            64,
            1_000,
            1_000,
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofHours(6));

    public ScalingConfig {
        Check.inRange("functions.concurrent-starts", concurrentStarts, 1, 1_000);
        Check.inRange("functions.max-environments", maxEnvironments, 1, 10_000);
        Check.inRange("functions.account-concurrency", accountConcurrency, 1, 100_000);
        Check.inRange("functions.max-waiting", maxWaiting, 1, 100_000);
        Check.inRange("functions.patience", patience, Duration.ofMillis(1), Duration.ofMinutes(15));
        Check.inRange("functions.idle", idle, Duration.ofMillis(1), Duration.ofDays(1));
        Check.inRange("functions.init-limit", initLimit, Duration.ofMillis(1), Duration.ofMinutes(15));
        Check.inRange(
                "functions.credential-lifetime", credentialLifetime, Duration.ofMinutes(30), Duration.ofHours(12));
    }
}
