// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a bus.
 *
 * @param policy JSON document; null if it has none
 * @param kmsKeyIdentifier kept and told, without effect
 * @param deadLetterArn kept and told; concerns only events that a customer's key cannot decrypt
 * @param created null for a default bus, which was always there
 * @param modified null for a default bus that nobody changed
 */
record Bus(
        String name,
        @Nullable String description,
        @Nullable String kmsKeyIdentifier,
        @Nullable String deadLetterArn,
        @Nullable String policy,
        Map<String, String> tags,
        @Nullable Instant created,
        @Nullable Instant modified) {
    Bus {
        tags = Map.copyOf(tags);
    }

    static Bus untouchedDefault() {
        return new Bus(BusName.DEFAULT, null, null, null, null, Map.of(), null, null);
    }

    Bus withPolicy(@Nullable String document, Instant now) {
        return new Bus(name, description, kmsKeyIdentifier, deadLetterArn, document, tags, created, now);
    }

    Bus withTags(Map<String, String> all) {
        return new Bus(name, description, kmsKeyIdentifier, deadLetterArn, policy, all, created, modified);
    }
}
