// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.group;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.traces.api.Group;
import dev.clew.traces.api.GroupSummary;
import dev.clew.traces.api.InsightsConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A group.
 *
 * @param id unique, also among groups of the same name that were deleted
 * @param expression null for every trace
 * @param version 1 at first; one more each time that the expression changes
 */
public record StoredGroup(
        String name, String id, @Nullable String expression, int version, boolean insights, boolean notifications) {
    public static final String DEFAULT_NAME = "Default";

    /** The group of all traces, which is always there. */
    static final StoredGroup DEFAULT =
            new StoredGroup(DEFAULT_NAME, "DEFAULTDEFAULTDEFAULTDEFAULT2222", null, 1, false, false);

    /** Whether every trace is in it. */
    public boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }

    public String arn(Scope scope) {
        return Arn.of("xray", scope, "group/" + name + '/' + id).toString();
    }

    StoredGroup withExpression(@Nullable String changed) {
        return new StoredGroup(name, id, changed, version + 1, insights, notifications);
    }

    StoredGroup with(boolean changedInsights, boolean changedNotifications) {
        return new StoredGroup(name, id, expression, version, changedInsights, changedNotifications);
    }

    private InsightsConfiguration configuration() {
        return new InsightsConfiguration(insights, notifications);
    }

    Group answer(Scope scope) {
        return new Group(name, arn(scope), expression, configuration());
    }

    GroupSummary summary(Scope scope) {
        return new GroupSummary(name, arn(scope), expression, configuration());
    }
}
