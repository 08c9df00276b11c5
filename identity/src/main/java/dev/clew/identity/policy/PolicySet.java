// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that bear on one request.
 *
 * @param identity attached to the principal
 * @param boundary limit of what those may allow, or null
 * @param session further limit of a role's session; empty if the session has none
 * @param resource attached to the resource, or null
 * @param resourceMustAllow whether the resource's policy must allow even within one account: trust policies
 */
public record PolicySet(
        List<Named> identity,
        @Nullable Named boundary,
        List<Named> session,
        @Nullable Named resource,
        boolean resourceMustAllow) {
    public PolicySet {
        identity = List.copyOf(identity);
        session = List.copyOf(session);
    }

    /** Only a resource's policy, and all depends on it. */
    public static PolicySet ofResource(Named resource) {
        return new PolicySet(List.of(), null, List.of(), resource, true);
    }

    /** The same with a resource's policy, which must allow. */
    public PolicySet guardedBy(Named guard) {
        return new PolicySet(identity, boundary, session, guard, true);
    }

    /** A policy and what to call it in reports. */
    public record Named(String name, Origin origin, PolicyDocument document) {}

    /** Where a policy comes from, as simulations report it. */
    public enum Origin {
        ROLE("role"),
        AWS_MANAGED("aws-managed"),
        USER_MANAGED("user-managed"),
        RESOURCE("resource"),
        NONE("none");

        private final String spelled;

        Origin(String spelled) {
            this.spelled = spelled;
        }

        public String spelled() {
            return spelled;
        }
    }
}
