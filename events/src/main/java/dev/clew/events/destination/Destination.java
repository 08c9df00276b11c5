// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API destination as it is stored.
 *
 * @param id the last part of its ARN
 * @param endpoint URL; each {@code *} in its path is filled by the rule's target
 * @param ratePerSecond most invocations in a second
 */
record Destination(
        Scope scope,
        String name,
        String id,
        @Nullable String description,
        String connectionArn,
        String endpoint,
        String method,
        int ratePerSecond,
        Instant created,
        Instant modified) {
    static final String RESOURCE = "api-destination/";

    String arn() {
        return Arn.of("events", scope, RESOURCE + name + '/' + id).toString();
    }

    /** Key of its record. */
    String key() {
        return scope.key() + '/' + name;
    }
}
