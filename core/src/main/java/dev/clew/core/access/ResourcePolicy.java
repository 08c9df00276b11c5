// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.access;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a resource's policy lets a service act on it. Implemented by the policy engine; safe for use by many
 * threads.
 */
public interface ResourcePolicy {
    /**
     * The decision under {@code policy}.
     *
     * @param policy the resource's policy document (JSON), or null if it has none: then everything is refused
     */
    Decision decide(@Nullable String policy, Access access);

    /**
     * One access by a service.
     *
     * @param service the calling service principal, for example {@code events.amazonaws.com}
     * @param action for example {@code lambda:InvokeFunction}
     * @param resource ARN acted on
     * @param sourceArn ARN on whose behalf (the rule, the API method)
     * @param sourceAccount account that owns the source
     */
    record Access(String service, String action, String resource, String sourceArn, String sourceAccount) {}

    /** What the policy says. */
    sealed interface Decision {
        /** Some statement allows it. */
        record Allowed(String statement) implements Decision {}

        /** No statement allows it, or one denies it; {@code reason} says which, for people. */
        record Refused(String reason) implements Decision {}
    }
}
