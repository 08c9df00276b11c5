// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

/** Who makes a request, as policies know them. */
public sealed interface Principal {
    /** How reports and errors call it: an ARN, or a service's name. */
    String name();

    /** The account it belongs to; "" for a service. */
    String account();

    /** A service that acts on its own behalf: {@code events.amazonaws.com}. */
    record Service(String name) implements Principal {
        @Override
        public String account() {
            return "";
        }
    }

    /** The root user of an account. Its own policies need not allow it anything. */
    record Root(String account) implements Principal {
        @Override
        public String name() {
            return "arn:aws:iam::" + account + ":root";
        }
    }

    /** A user of an account, known by ARN only. */
    record User(String account, String arn) implements Principal {
        @Override
        public String name() {
            return arn;
        }
    }

    /**
     * A session of a role.
     *
     * @param role the role's ARN
     * @param session the session's ARN, or the role's own to ask what the role may do
     * @param userId role id and session name: {@code AROA…:name}
     */
    record RoleSession(String account, String role, String session, String userId) implements Principal {
        @Override
        public String name() {
            return session;
        }
    }

    /** Condition keys whose values follow from who asks. */
    default RequestContext context() {
        var context = RequestContext.builder();
        switch (this) {
            case Service service ->
                context.put("aws:PrincipalIsAWSService", "true").put("aws:PrincipalServiceName", service.name());
            case Root root -> account(context, name(), "Account").put("aws:userid", root.account());
            case User user ->
                account(context, user.arn(), "User")
                        .put("aws:username", user.arn().substring(user.arn().lastIndexOf('/') + 1));
            case RoleSession session ->
                account(context, session.role(), "AssumedRole").put("aws:userid", session.userId());
        }
        return context.build();
    }

    private RequestContext.Builder account(RequestContext.Builder context, String arn, String type) {
        return context.put("aws:PrincipalIsAWSService", "false")
                .put("aws:PrincipalArn", arn)
                .put("aws:PrincipalAccount", account())
                .put("aws:PrincipalType", type);
    }
}
