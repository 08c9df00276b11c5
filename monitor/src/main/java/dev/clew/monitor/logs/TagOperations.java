// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Scope;
import dev.clew.monitor.api.logs.ListTagsForResourceRequest;
import dev.clew.monitor.api.logs.ListTagsForResourceResponse;
import dev.clew.monitor.api.logs.ListTagsLogGroupRequest;
import dev.clew.monitor.api.logs.ListTagsLogGroupResponse;
import dev.clew.monitor.api.logs.LogsErrors;
import dev.clew.monitor.api.logs.TagLogGroupRequest;
import dev.clew.monitor.api.logs.TagResourceRequest;
import dev.clew.monitor.api.logs.UntagLogGroupRequest;
import dev.clew.monitor.api.logs.UntagResourceRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tags of log groups, by ARN and, in the older operations, by name. */
final class TagOperations {
    private static final int MOST_TAGS = 50;

    private final Groups groups;
    private final LogLocks locks;

    TagOperations(Groups groups, LogLocks locks) {
        this.groups = groups;
        this.locks = locks;
    }

    static void checkKeys(Map<String, String> tags) {
        for (var key : tags.keySet()) {
            if (key.regionMatches(true, 0, "aws:", 0, 4)) {
                throw LogsErrors.invalidParameterException("Tag key '" + key + "': aws: is a reserved prefix.");
            }
        }
    }

    Unit tag(TagResourceRequest input, Call call) {
        add(call.scope(), () -> groups.requireArn(call.scope(), input.resourceArn()), input.tags());
        return Unit.VALUE;
    }

    Unit tagByName(TagLogGroupRequest input, Call call) {
        add(call.scope(), () -> groups.require(call.scope(), input.logGroupName()), input.tags());
        return Unit.VALUE;
    }

    Unit untag(UntagResourceRequest input, Call call) {
        remove(call.scope(), () -> groups.requireArn(call.scope(), input.resourceArn()), input.tagKeys());
        return Unit.VALUE;
    }

    Unit untagByName(UntagLogGroupRequest input, Call call) {
        remove(call.scope(), () -> groups.require(call.scope(), input.logGroupName()), input.tags());
        return Unit.VALUE;
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest input, Call call) {
        return new ListTagsForResourceResponse(
                groups.requireArn(call.scope(), input.resourceArn()).tags());
    }

    ListTagsLogGroupResponse listByName(ListTagsLogGroupRequest input, Call call) {
        return new ListTagsLogGroupResponse(
                groups.require(call.scope(), input.logGroupName()).tags());
    }

    private void add(Scope scope, Supplier<Group> group, Map<String, String> added) {
        checkKeys(added);
        change(scope, group, tags -> {
            tags.putAll(added);
            if (tags.size() > MOST_TAGS) {
                throw LogsErrors.tooManyTagsException("A log group can have no more than " + MOST_TAGS + " tags.");
            }
            return tags;
        });
    }

    private void remove(Scope scope, Supplier<Group> group, Collection<String> keys) {
        change(scope, group, tags -> {
            tags.keySet().removeAll(keys);
            return tags;
        });
    }

    private void change(Scope scope, Supplier<Group> found, UnaryOperator<Map<String, String>> change) {
        locks.restructuring(() -> {
            var group = found.get();
            groups.put(scope, group.withTags(change.apply(new HashMap<>(group.tags()))));
        });
    }
}
