// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.group;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest;
import org.jspecify.annotations.Nullable;

/** The traces of one group, as recorded when they changed. Not safe for use by many threads. */
public final class GroupTraces {
    private final StoredGroup group;
    private boolean old;

    private GroupTraces(StoredGroup group) {
        this.group = group;
    }

    /** The traces of the group that a caller names; all if it names none. */
    public static GroupTraces of(Groups groups, Scope scope, @Nullable String name, @Nullable String arn) {
        return new GroupTraces(name == null && arn == null ? StoredGroup.DEFAULT : groups.get(scope, name, arn));
    }

    /** The traces of {@code group}. */
    public static GroupTraces of(StoredGroup group) {
        return new GroupTraces(group);
    }

    /** Whether it is every trace there is. */
    public boolean isEverything() {
        return group.isDefault();
    }

    public boolean contains(TraceDigest trace) {
        if (group.isDefault()) {
            return true;
        }
        for (var membership : trace.groups()) {
            if (membership.group().equals(group.id())) {
                old |= membership.version() < group.version();
                return true;
            }
        }
        return false;
    }

    /** Whether a trace that was contained came in under an older version of the group's expression. */
    public boolean containsOldVersions() {
        return old;
    }

    /** What tells this group from others, for page tokens. */
    public String id() {
        return group.id();
    }
}
