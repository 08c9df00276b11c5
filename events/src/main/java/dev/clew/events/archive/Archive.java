// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.events.bus.BusName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An archive as it is stored.
 *
 * @param id of its events: another archive of the same name has another
 * @param source ARN of its bus
 * @param pattern which events it keeps; null for all
 * @param retentionDays 0 for ever
 */
record Archive(
        Scope scope,
        String name,
        UUID id,
        String source,
        @Nullable String description,
        @Nullable String pattern,
        int retentionDays,
        Instant created) {
    static final String RESOURCE = "archive/";

    String arn() {
        return arn(scope, name);
    }

    static String arn(Scope scope, String name) {
        return Arn.of("events", scope, RESOURCE + name).toString();
    }

    BusName bus() {
        return BusName.of(source, scope);
    }

    /** Key of its record. */
    String key() {
        return key(scope, name);
    }

    static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    Archive with(@Nullable String newDescription, @Nullable String newPattern, @Nullable Integer newRetentionDays) {
        return new Archive(
                scope,
                name,
                id,
                source,
                newDescription == null ? description : newDescription,
                newPattern == null ? pattern : newPattern,
                newRetentionDays == null ? retentionDays : newRetentionDays,
                created);
    }
}
