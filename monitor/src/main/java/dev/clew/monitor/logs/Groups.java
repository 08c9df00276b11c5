// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.monitor.api.logs.LogsErrors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log groups of every account and region. Whoever changes one holds {@link LogLocks#restructuring}. */
final class Groups {
    private static final String ARN_RESOURCE = "log-group:";

    private final RecordTable<Group> table;

    Groups(Store store) {
        this.table = RecordTable.open(store, "logs.groups", Group.class);
    }

    private static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    Optional<Group> find(Scope scope, String name) {
        return table.find(key(scope, name));
    }

    /** @throws dev.clew.wire.ServiceException if there is none */
    Group require(Scope scope, String name) {
        return find(scope, name)
                .orElseThrow(() -> LogsErrors.resourceNotFoundException("The specified log group does not exist."));
    }

    /** The group that a call names in one of two ways. */
    Group require(Scope scope, @Nullable String name, @Nullable String identifier) {
        if (name != null && identifier != null) {
            throw LogsErrors.invalidParameterException(
                    "LogGroup name and LogGroup identifier are mutually exclusive parameters.");
        }
        if (name != null) {
            return require(scope, name);
        }
        if (identifier == null) {
            throw LogsErrors.invalidParameterException(
                    "Either LogGroup name or LogGroup identifier must be specified.");
        }
        return identifier.startsWith("arn:") ? requireArn(scope, identifier) : require(scope, identifier);
    }

    /** The group of an ARN, with or without {@code :*} at its end. */
    Group requireArn(Scope scope, String text) {
        var arn = Arn.parse(text)
                .filter(parsed -> parsed.service().equals("logs")
                        && parsed.resource().startsWith(ARN_RESOURCE)
                        && parsed.scope().equals(scope))
                .orElseThrow(() -> LogsErrors.resourceNotFoundException("The specified log group does not exist."));
        var name = arn.resource().substring(ARN_RESOURCE.length());
        return require(scope, name.endsWith(":*") ? name.substring(0, name.length() - 2) : name);
    }

    static Arn arn(Scope scope, Group group) {
        return Arn.of("logs", scope, ARN_RESOURCE + group.name());
    }

    /** Groups whose names begin with {@code prefix}, from the name {@code from} on, in the order of names. */
    Stream<Group> list(Scope scope, String prefix, String from) {
        return table.entries(key(scope, prefix)).values().stream()
                .dropWhile(group -> group.name().compareTo(from) < 0);
    }

    /** Groups of all accounts and regions. */
    List<Group> all() {
        return table.list("");
    }

    void put(Scope scope, Group group) {
        table.put(key(scope, group.name()), group);
    }

    /** Adds the removal to {@code batch}; run the result once it is committed. */
    Runnable stageRemoval(WriteBatch batch, Scope scope, Group group) {
        return table.stage(batch, List.of(new Edit<>(key(scope, group.name()), null)));
    }
}
