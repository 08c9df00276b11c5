// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is stored.
 *
 * @param id the last part of its ARN
 * @param stateReason why it is not authorized; null if it is, or nobody knows
 * @param type of its authorization, as the wire names it
 * @param secretName of the secret that the service would keep in its own store
 * @param sealed its credentials; null once it was deauthorized
 * @param authorized when it last was authorized
 */
record Connection(
        Scope scope,
        String name,
        String id,
        @Nullable String description,
        State state,
        @Nullable String stateReason,
        String type,
        String secretName,
        @Nullable String sealed,
        Instant created,
        Instant modified,
        @Nullable Instant authorized) {
    /** Whether requests can be made with it. */
    enum State {
        AUTHORIZED,
        AUTHORIZING,
        DEAUTHORIZED
    }

    String arn() {
        return Arn.of("events", scope, "connection/" + name + '/' + id).toString();
    }

    String secretArn() {
        return Arn.of("secretsmanager", scope, "secret:" + secretName).toString();
    }

    /** Key of its record. */
    String key() {
        return key(scope, name);
    }

    static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    /** The same after a token was granted at {@code now}. */
    Connection authorizedAt(Instant now) {
        return new Connection(
                scope, name, id, description, State.AUTHORIZED, null, type, secretName, sealed, created, now, now);
    }

    /** The same after a token was refused at {@code now}; its credentials stay, to be mended. */
    Connection refusedAt(Instant now, String reason) {
        return new Connection(
                scope,
                name,
                id,
                description,
                State.DEAUTHORIZED,
                reason,
                type,
                secretName,
                sealed,
                created,
                now,
                authorized);
    }

    /** The same without its credentials. */
    Connection deauthorizedAt(Instant now) {
        return new Connection(
                scope,
                name,
                id,
                description,
                State.DEAUTHORIZED,
                null,
                type,
                secretName,
                null,
                created,
                now,
                authorized);
    }
}
