// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.core.access.RoleSessions;
import dev.clew.testkit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** Knows one role, {@link Api#ROLE}, which trusts Lambda. */
@NullUnmarked
public final class FakeRoles implements RoleSessions {
    @Override
    public boolean trusts(String roleArn, String service) {
        return roleArn.equals(Api.ROLE) && service.equals("lambda.amazonaws.com");
    }

    @Override
    public Optional<Session> assume(String roleArn, String service, String sessionName, Duration lifetime) {
        return trusts(roleArn, service)
                ? Optional.of(new Session(
                        "ASIATEST", "secret", "token-of-" + sessionName, ManualClock.START.plus(Duration.ofDays(3650))))
                : Optional.empty();
    }
}
