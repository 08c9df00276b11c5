// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.core.Arn;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Front doors to the sample services. */
final class Doors {
    static final String KEY = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String SESSION_KEY = "ASIASESSION";
    static final String EXPIRED_KEY = "ASIAEXPIRED";
    static final String TOKEN = "token-1";

    private Doors() {}

    static FrontDoor open() {
        return open(SampleServices.all());
    }

    static FrontDoor open(List<ServiceBinding> services) {
        return door(services, AuthMode.OPEN, new ManualClock());
    }

    static FrontDoor verifying(ManualClock clock) {
        return door(SampleServices.all(), AuthMode.VERIFY, clock);
    }

    private static FrontDoor door(List<ServiceBinding> services, AuthMode mode, ManualClock clock) {
        return new FrontDoor(services, new Keys(), mode, clock, new SequentialIds(), FrontDoorConfig.DEFAULTS);
    }

    static Call.Caller caller(String accessKeyId) {
        return new Call.Caller(Arn.of("iam", "", "222222222222", "user/someone"), "AIDAUSER", accessKeyId);
    }

    /** Three credentials: a user's, a session's and an expired session's. */
    static final class Keys implements CredentialStore {
        private final Map<String, Credential> known = Map.of(
                KEY, new Credential(KEY, SECRET, null, caller(KEY), null),
                SESSION_KEY,
                        new Credential(
                                SESSION_KEY, SECRET, TOKEN, caller(SESSION_KEY), Instant.parse("2026-08-07T11:00:00Z")),
                EXPIRED_KEY,
                        new Credential(
                                EXPIRED_KEY,
                                SECRET,
                                TOKEN,
                                caller(EXPIRED_KEY),
                                Instant.parse("2026-08-07T10:00:00Z")));

        @Override
        public Optional<Credential> find(String accessKeyId) {
            return Optional.ofNullable(known.get(accessKeyId));
        }

        @Override
        public Call.Caller unverified(String accessKeyId) {
            return caller(accessKeyId);
        }
    }
}
