// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.Call;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credentials we know. Implemented by identity; safe for use by many threads. */
public interface CredentialStore {
    /** The credential with this access key id, expired ones included. */
    Optional<Credential> find(String accessKeyId);

    /** The caller to assume for an access key that nobody verifies (mode {@code open}), "" for an unsigned request. */
    Call.Caller unverified(String accessKeyId);

    /**
     * One credential. {@code toString} leaves the secrets out.
     *
     * @param sessionToken required of the request if not null
     * @param expiration null if it never expires
     */
    record Credential(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken,
            Call.Caller caller,
            @Nullable Instant expiration) {
        @Override
        public String toString() {
            return "Credential[" + accessKeyId + ']';
        }
    }
}
