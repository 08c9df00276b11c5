// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.group;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Membership;
import dev.clew.traces.document.Micros;
import dev.clew.traces.filter.Expression;
import dev.clew.traces.filter.Filter;
import dev.clew.traces.filter.FilterLanguage;
import dev.clew.traces.filter.GroupResolver;
import dev.clew.traces.store.Memberships;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The groups of every account and region, durable. Safe for use by many threads. */
public final class Groups implements Memberships {
    private static final String TABLE = "groups";

    private final Store store;
    private final FilterLanguage language;
    private final InstantSource time;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<Scope, List<Compiled>> compiled = new ConcurrentHashMap<>();
    private volatile RecordTable<StoredGroup> groups;

    private record Compiled(StoredGroup group, Filter filter) {}

    public Groups(Store store, FilterLanguage language, InstantSource time) {
        this.store = store;
        this.language = language;
        this.time = time;
        this.groups = RecordTable.open(store, TABLE, StoredGroup.class);
    }

    /** All groups, the Default first, then by name. */
    public List<StoredGroup> all(Scope scope) {
        return Stream.concat(Stream.of(find(scope, StoredGroup.DEFAULT_NAME).orElseThrow()), custom(scope))
                .toList();
    }

    /** A group and whose it is. */
    public record Owned(Scope scope, StoredGroup group) {}

    /** The groups of everybody that have insights enabled. */
    public List<Owned> withInsights() {
        return groups.entries("").entrySet().stream()
                .filter(entry -> entry.getValue().insights())
                .map(entry -> new Owned(scope(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static Scope scope(String key) {
        var parts = key.split("/", 3);
        return new Scope(parts[0], parts[1]);
    }

    private Stream<StoredGroup> custom(Scope scope) {
        return groups.list(scope.key() + '/').stream().filter(group -> !group.isDefault());
    }

    public Optional<StoredGroup> find(Scope scope, String name) {
        var found = groups.find(key(scope, name));
        return found.isEmpty() && name.equals(StoredGroup.DEFAULT_NAME) ? Optional.of(StoredGroup.DEFAULT) : found;
    }

    /** The group with this ARN. */
    public Optional<StoredGroup> findByArn(Scope scope, String arn) {
        return Arn.parse(arn)
                .map(parsed -> parsed.resource().split("/", 3))
                .filter(parts -> parts.length == 3)
                .flatMap(parts -> find(scope, parts[1]))
                .filter(group -> group.arn(scope).equals(arn));
    }

    /**
     * The group that a caller means.
     *
     * @throws dev.clew.wire.ServiceException if neither is given, they do not agree, or there is none
     */
    public StoredGroup get(Scope scope, @Nullable String name, @Nullable String arn) {
        if (name == null && arn == null) {
            throw XrayErrors.invalidRequestException("GroupName: none (expected: GroupName or GroupARN)");
        }
        var byName = name == null ? Optional.<StoredGroup>empty() : find(scope, name);
        var byArn = arn == null ? byName : findByArn(scope, arn);
        if (name != null && !byName.equals(byArn)) {
            throw XrayErrors.invalidRequestException("GroupARN: '" + arn + "' (expected: the ARN of '" + name + "')");
        }
        return byArn.orElseThrow(() -> XrayErrors.invalidRequestException(
                "Group: '" + (name == null ? arn : name) + "' (expected: a group that exists)"));
    }

    /** Adds a group; {@code most} not counting the Default. */
    StoredGroup add(Scope scope, StoredGroup group, int most) {
        changing.lock();
        try {
            if (find(scope, group.name()).isPresent()) {
                throw XrayErrors.invalidRequestException("GroupName: '" + group.name() + "' exists already");
            }
            if (custom(scope).count() >= most) {
                throw XrayErrors.invalidRequestException("Groups: " + most + " (expected: no more)");
            }
            put(scope, group);
            return group;
        } finally {
            changing.unlock();
        }
    }

    /** Changes a group; returns it as it is then. */
    StoredGroup change(Scope scope, @Nullable String name, @Nullable String arn, UnaryOperator<StoredGroup> decide) {
        changing.lock();
        try {
            var changed = decide.apply(get(scope, name, arn));
            put(scope, changed);
            return changed;
        } finally {
            changing.unlock();
        }
    }

    /** Removes a group, not its traces; returns it as it was. */
    StoredGroup remove(Scope scope, @Nullable String name, @Nullable String arn) {
        changing.lock();
        try {
            var group = get(scope, name, arn);
            if (group.isDefault()) {
                throw XrayErrors.invalidRequestException("The Default group cannot be deleted");
            }
            groups.remove(key(scope, group.name()));
            compiled.remove(scope);
            return group;
        } finally {
            changing.unlock();
        }
    }

    private void put(Scope scope, StoredGroup group) {
        groups.put(key(scope, group.name()), group);
        compiled.remove(scope);
    }

    /** Forgets all groups. */
    public void reset() {
        changing.lock();
        try {
            if (store.tables().contains(TABLE)) {
                store.drop(TABLE);
            }
            groups = RecordTable.open(store, TABLE, StoredGroup.class);
            compiled.clear();
        } finally {
            changing.unlock();
        }
    }

    /** Knows the groups' expressions as they are now. */
    public GroupResolver resolver(Scope scope) {
        return named -> (named.byArn() ? findByArn(scope, named.group()) : find(scope, named.group()))
                .map(group -> language.parse(group.expression()));
    }

    @Override
    public List<Membership> of(Scope scope, TraceDigest trace) {
        var candidates = compiled.computeIfAbsent(
                scope,
                asked -> custom(asked)
                        .map(group ->
                                new Compiled(group, new Filter(language.parse(group.expression()), language.rules())))
                        .toList());
        if (candidates.isEmpty()) {
            return List.of();
        }
        long now = Micros.of(time.instant());
        return candidates.stream()
                .filter(candidate -> candidate.filter.matches(trace, now))
                .map(candidate -> new Membership(candidate.group.id(), candidate.group.version()))
                .toList();
    }

    /** @throws dev.clew.wire.ServiceException if {@code text} cannot be a group's expression */
    void check(@Nullable String text) {
        if (namesGroup(language.parse(text))) {
            throw XrayErrors.invalidRequestException(
                    "FilterExpression: names a group (expected: no group.name or group.arn in a group's own"
                            + " expression)");
        }
    }

    private static boolean namesGroup(Expression expression) {
        return switch (expression) {
            case Expression.And(var all) -> all.stream().anyMatch(Groups::namesGroup);
            case Expression.Or(var any) -> any.stream().anyMatch(Groups::namesGroup);
            case Expression.Not(var negated) -> namesGroup(negated);
            case Expression.InGroup _ -> true;
            default -> false; // blocks hold no groups
        };
    }

    private static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }
}
