// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.access;

import dev.clew.core.Arn;
import dev.clew.core.access.ResourcePolicy.Decision;
import org.jspecify.annotations.Nullable;

/** Decides whether the policy of a resource lets somebody of another account act on it. Safe for use by many threads. */
@FunctionalInterface
public interface CallerPolicy {
    /**
     * The decision under {@code policy}.
     *
     * @param policy the resource's policy document (JSON), or null if it has none: then everything is refused
     * @param caller root, user or role session of another account
     * @param action for example {@code events:PutEvents}
     * @param resource ARN acted on
     */
    Decision decide(@Nullable String policy, Arn caller, String action, String resource);
}
