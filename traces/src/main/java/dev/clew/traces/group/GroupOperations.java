// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.group;

import dev.clew.traces.api.CreateGroupRequest;
import dev.clew.traces.api.CreateGroupResult;
import dev.clew.traces.api.DeleteGroupRequest;
import dev.clew.traces.api.DeleteGroupResult;
import dev.clew.traces.api.GetGroupRequest;
import dev.clew.traces.api.GetGroupResult;
import dev.clew.traces.api.GetGroupsRequest;
import dev.clew.traces.api.GetGroupsResult;
import dev.clew.traces.api.InsightsConfiguration;
import dev.clew.traces.api.UpdateGroupRequest;
import dev.clew.traces.api.UpdateGroupResult;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.tag.Tags;
import dev.clew.wire.Call;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CreateGroup, GetGroup, GetGroups, UpdateGroup, DeleteGroup. Safe for use by many threads. */
public final class GroupOperations {
    private static final int MAX_GROUPS = 25;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LENGTH = 32;

    private final Groups groups;
    private final Tags tags;
    private final RandomGenerator random;

    /** @param random safe for use by many threads */
    public GroupOperations(Groups groups, Tags tags, RandomGenerator random) {
        this.groups = groups;
        this.tags = tags;
        this.random = random;
    }

    public CreateGroupResult create(CreateGroupRequest input, Call call) {
        if (!NAME.matcher(input.groupName()).matches()) {
            throw XrayErrors.invalidRequestException(
                    "GroupName: '" + input.groupName() + "' (expected: letters, digits, - and _)");
        }
        groups.check(input.filterExpression());
        var wanted = tags.check(input.tags());
        var empty = new StoredGroup(input.groupName(), id(), input.filterExpression(), 1, false, false);
        var group = groups.add(call.scope(), configured(empty, input.insightsConfiguration()), MAX_GROUPS);
        tags.put(group.arn(call.scope()), wanted);
        return new CreateGroupResult(group.answer(call.scope()));
    }

    private String id() {
        var id = new StringBuilder();
        random.ints(ID_LENGTH, 0, ID_LETTERS.length()).forEach(letter -> id.append(ID_LETTERS.charAt(letter)));
        return id.toString();
    }

    private static StoredGroup configured(StoredGroup group, @Nullable InsightsConfiguration configuration) {
        if (configuration == null) {
            return group;
        }
        boolean insights = Objects.requireNonNullElse(configuration.insightsEnabled(), group.insights());
        boolean notifications =
                Objects.requireNonNullElse(configuration.notificationsEnabled(), insights && group.notifications());
        if (notifications && !insights) {
            throw XrayErrors.invalidRequestException(
                    "InsightsConfiguration.NotificationsEnabled: true (expected: false, or InsightsEnabled too)");
        }
        return group.with(insights, notifications);
    }

    public GetGroupResult get(GetGroupRequest input, Call call) {
        return new GetGroupResult(
                groups.get(call.scope(), input.groupName(), input.groupARN()).answer(call.scope()));
    }

    public GetGroupsResult list(GetGroupsRequest input, Call call) {
        return GetGroupsResult.builder()
                .groups(groups.all(call.scope()).stream()
                        .map(group -> group.summary(call.scope()))
                        .toList())
                .build();
    }

    public UpdateGroupResult update(UpdateGroupRequest input, Call call) {
        groups.check(input.filterExpression());
        var updated = groups.change(call.scope(), input.groupName(), input.groupARN(), group -> {
            var changed = configured(group, input.insightsConfiguration());
            if (input.filterExpression() == null || input.filterExpression().equals(group.expression())) {
                return changed;
            }
            if (group.isDefault()) {
                throw XrayErrors.invalidRequestException("FilterExpression: the Default group holds all traces");
            }
            return changed.withExpression(input.filterExpression());
        });
        return new UpdateGroupResult(updated.answer(call.scope()));
    }

    public DeleteGroupResult delete(DeleteGroupRequest input, Call call) {
        var removed = groups.remove(call.scope(), input.groupName(), input.groupARN());
        tags.forget(removed.arn(call.scope()));
        return new DeleteGroupResult();
    }
}
