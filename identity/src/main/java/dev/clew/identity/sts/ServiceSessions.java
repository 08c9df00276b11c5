// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.core.Check;
import dev.clew.core.access.RoleSessions;
import dev.clew.identity.iam.RoleTrust;
import dev.clew.identity.iam.Roles;
import dev.clew.identity.iam.StoredRole;
import java.time.Duration;
import java.util.Optional;

/** Sessions for services that act as a role: a function's own credentials, an event target's. */
final class ServiceSessions implements RoleSessions {
    private static final Duration LONGEST = Duration.ofHours(36);
    private static final int LONGEST_NAME = 64;

    private final Roles roles;
    private final RoleTrust trust;
    private final Sessions sessions;

    ServiceSessions(Roles roles, RoleTrust trust, Sessions sessions) {
        this.roles = roles;
        this.trust = trust;
        this.sessions = sessions;
    }

    @Override
    public boolean trusts(String roleArn, String service) {
        return find(roleArn, service).isPresent();
    }

    /** What a session name may not hold becomes {@code -}; 64 characters are kept. */
    @Override
    public Optional<Session> assume(String roleArn, String service, String sessionName, Duration lifetime) {
        Check.inRange("lifetime", lifetime, Duration.ofSeconds(1), LONGEST);
        return find(roleArn, service).map(role -> {
            var name = named(sessionName);
            var issued = sessions.issue(
                    RoleSession.arn(role, name), RoleSession.userId(role, name), lifetime, StoredSession.Limits.NONE);
            return new Session(
                    issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken(), issued.expiration());
        });
    }

    private Optional<StoredRole> find(String roleArn, String service) {
        return roles.find(roleArn).filter(role -> trust.trusts(role, service));
    }

    private static String named(String text) {
        var name = text.replaceAll("[^\\w+=,.@-]", "-");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
