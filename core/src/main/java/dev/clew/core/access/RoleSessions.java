// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Credentials for services that act as a role. Implemented by identity; safe for use by many threads. */
public interface RoleSessions {
    /** Whether the role exists and its trust policy lets {@code service} assume it. */
    boolean trusts(String roleArn, String service);

    /** A session of the role for {@code service}, or nothing unless {@link #trusts}. */
    Optional<Session> assume(String roleArn, String service, String sessionName, Duration lifetime);

    /** Short-lived credentials. Never logged: {@code toString} leaves the secrets out. */
    record Session(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {
        @Override
        public String toString() {
            return "Session[" + accessKeyId + ", until " + expiration + ']';
        }
    }
}
