// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.scaling;

import dev.clew.functions.catalog.FunctionVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The environments of one revision of one version, and who waits for them. Guarded by the pool's lock. */
final class Group<S extends EnvironmentPool.Slot> {
    final FunctionVersion version;
    /** The one used last is last. */
    final Deque<Idle<S>> idle = new ArrayDeque<>();

    final Deque<Waiter<S>> waiters = new ArrayDeque<>();
    /** Busy ones that will be given back in a moment. */
    final Set<S> returning = new HashSet<>();

    int starting;
    boolean retired;

    Group(FunctionVersion version) {
        this.version = version;
    }

    /** The environment used last; those that died meanwhile are put aside. */
    @Nullable
    S takeIdle(List<S> dead) {
        while (!idle.isEmpty()) {
            var slot = idle.removeLast().slot();
            if (slot.usable()) {
                return slot;
            }
            dead.add(slot);
        }
        return null;
    }

    /** Hands {@code slot} to whoever waits longest; false if nobody does. */
    boolean deliver(S slot, Set<Waiter<S>> waiting) {
        for (var waiter = waiters.pollFirst(); waiter != null; waiter = waiters.pollFirst()) {
            waiting.remove(waiter);
            if (waiter.slot.complete(slot)) {
                return true;
            }
        }
        return false;
    }

    /** Disappoints whoever waits longest: an environment could not even be tried. */
    void refuseFirst(Set<Waiter<S>> waiting) {
        var waiter = waiters.pollFirst();
        if (waiter != null) {
            waiting.remove(waiter);
            waiter.slot.completeExceptionally(new IllegalStateException("no environment"));
        }
    }
}
