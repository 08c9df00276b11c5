// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.logs.CreateLogGroupRequest;
import dev.clew.monitor.api.logs.DeleteLogGroupRequest;
import dev.clew.monitor.api.logs.DeleteRetentionPolicyRequest;
import dev.clew.monitor.api.logs.DescribeLogGroupsRequest;
import dev.clew.monitor.api.logs.DescribeLogGroupsResponse;
import dev.clew.monitor.api.logs.LogGroup;
import dev.clew.monitor.api.logs.LogsErrors;
import dev.clew.monitor.api.logs.PutRetentionPolicyRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Log groups: creation, deletion, description, retention. */
final class GroupOperations {
    private static final int DEFAULT_LIMIT = 50;
    private static final List<Integer> RETENTIONS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final Store store;
    private final InstantSource time;
    private final Groups groups;
    private final Streams streams;
    private final Numbers numbers;
    private final LogLocks locks;
    private final LogBuffer buffer;

    GroupOperations(
            Store store,
            InstantSource time,
            Groups groups,
            Streams streams,
            Numbers numbers,
            LogLocks locks,
            LogBuffer buffer) {
        this.store = store;
        this.time = time;
        this.groups = groups;
        this.streams = streams;
        this.numbers = numbers;
        this.locks = locks;
        this.buffer = buffer;
    }

    Unit create(CreateLogGroupRequest input, Call call) {
        if (input.kmsKeyId() != null) {
            throw LogsErrors.invalidParameterException("kmsKeyId: log groups are not encrypted here.");
        }
        if (input.logGroupName().regionMatches(true, 0, "aws/", 0, 4)) {
            throw LogsErrors.invalidParameterException("Log groups starting with AWS/ are reserved for AWS.");
        }
        var tags = Objects.requireNonNullElse(input.tags(), Map.<String, String>of());
        TagOperations.checkKeys(tags);
        locks.restructuring(() -> {
            if (groups.find(call.scope(), input.logGroupName()).isPresent()) {
                throw LogsErrors.resourceAlreadyExistsException("The specified log group already exists");
            }
            var groupClass = Objects.requireNonNullElse(input.logGroupClass(), Group.STANDARD);
            groups.put(
                    call.scope(),
                    new Group(input.logGroupName(), numbers.take(1), time.millis(), null, groupClass, tags));
        });
        return Unit.VALUE;
    }

    Unit delete(DeleteLogGroupRequest input, Call call) {
        buffer.flush(); // lines written before the deletion must not bring the group back
        locks.restructuring(() -> {
            var group = groups.require(call.scope(), input.logGroupName());
            var batch = new WriteBatch();
            var visible = groups.stageRemoval(batch, call.scope(), group);
            streams.stageRemovalOfAll(batch, group);
            batch.deleteRange(
                    EventReader.TABLE,
                    Position.startOf(0).key(group.id()),
                    Position.startOf(0).key(group.id() + 1));
            store.commit(batch);
            visible.run();
        });
        return Unit.VALUE;
    }

    DescribeLogGroupsResponse describe(DescribeLogGroupsRequest input, Call call) {
        if (input.logGroupNamePrefix() != null && input.logGroupNamePattern() != null) {
            throw LogsErrors.invalidParameterException(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        var from = Objects.requireNonNullElse(PageToken.start(input.nextToken()), "");
        int limit = Objects.requireNonNullElse(input.limit(), DEFAULT_LIMIT);
        buffer.flush();
        var found = groups.list(call.scope(), Objects.requireNonNullElse(input.logGroupNamePrefix(), ""), from)
                .filter(group -> fits(group, input))
                .limit(limit + 1L)
                .toList();
        var shown = found.stream()
                .limit(limit)
                .map(group -> describe(call.scope(), group))
                .toList();
        return new DescribeLogGroupsResponse(
                shown, found.size() > limit ? PageToken.of(found.getLast().name()) : null);
    }

    private static boolean fits(Group group, DescribeLogGroupsRequest input) {
        var pattern = input.logGroupNamePattern();
        var groupClass = input.logGroupClass();
        return (pattern == null || group.name().contains(pattern))
                && (groupClass == null || group.groupClass().equals(groupClass));
    }

    private LogGroup describe(Scope scope, Group group) {
        var bytes = new AtomicLong();
        streams.forEach(group, stream -> bytes.addAndGet(stream.bytes()));
        var arn = Groups.arn(scope, group).toString();
        return LogGroup.builder()
                .logGroupName(group.name())
                .creationTime(group.created())
                .retentionInDays(group.retentionDays())
                .metricFilterCount(0)
                .arn(arn + ":*")
                .logGroupArn(arn)
                .logGroupClass(group.groupClass())
                .storedBytes(bytes.get())
                .build();
    }

    Unit putRetention(PutRetentionPolicyRequest input, Call call) {
        if (!RETENTIONS.contains(input.retentionInDays())) {
            throw LogsErrors.invalidParameterException("1 validation error detected: Value '"
                    + input.retentionInDays()
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + RETENTIONS);
        }
        retain(call.scope(), input.logGroupName(), input.retentionInDays());
        return Unit.VALUE;
    }

    Unit deleteRetention(DeleteRetentionPolicyRequest input, Call call) {
        retain(call.scope(), input.logGroupName(), null);
        return Unit.VALUE;
    }

    private void retain(Scope scope, String name, @Nullable Integer days) {
        locks.restructuring(() -> groups.put(scope, groups.require(scope, name).withRetention(days)));
    }
}
