// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

/** One value of the element {@code Principal}. Wildcards mean nothing in it but {@code *}, which is everyone. */
sealed interface PrincipalPattern {
    /** In which way {@code principal} is meant. */
    Grant grant(Principal principal);

    /** How far an Allow reaches that names a principal. */
    enum Grant {
        /** It is not meant. */
        NONE,
        /** Its account is: the account's own policies must allow it too. */
        ACCOUNT,
        /** The role is, and so the limits of boundary and session still hold. */
        ROLE,
        /** The principal itself is. */
        DIRECT
    }

    /** {@code *}, services included. */
    record Everyone() implements PrincipalPattern {
        @Override
        public Grant grant(Principal principal) {
            return Grant.DIRECT;
        }
    }

    /** {@code "Service": "events.amazonaws.com"}. */
    record ServiceName(String name) implements PrincipalPattern {
        @Override
        public Grant grant(Principal principal) {
            return principal instanceof Principal.Service service
                            && service.name().equals(name)
                    ? Grant.DIRECT
                    : Grant.NONE;
        }
    }

    /** {@code "AWS": "111111111111"} or the ARN of the account's root. */
    record Account(String id) implements PrincipalPattern {
        @Override
        public Grant grant(Principal principal) {
            if (!principal.account().equals(id)) {
                return Grant.NONE;
            }
            return principal instanceof Principal.Root ? Grant.DIRECT : Grant.ACCOUNT;
        }
    }

    /** {@code "AWS": "arn:…"} or a unique id: a user, a role, a session of a role. */
    record Identity(String text) implements PrincipalPattern {
        @Override
        public Grant grant(Principal principal) {
            return switch (principal) {
                case Principal.User user when user.arn().equals(text) -> Grant.DIRECT;
                case Principal.RoleSession session when session.role().equals(text) || isIdOf(session) -> Grant.ROLE;
                case Principal.RoleSession session when session.session().equals(text) -> Grant.DIRECT;
                default -> Grant.NONE;
            };
        }

        private boolean isIdOf(Principal.RoleSession session) {
            return session.userId().startsWith(text + ':');
        }
    }

    /** A kind of principal that does not exist here: federated or canonical users. */
    record Foreign(String type, String text) implements PrincipalPattern {
        @Override
        public Grant grant(Principal principal) {
            return Grant.NONE;
        }
    }
}
