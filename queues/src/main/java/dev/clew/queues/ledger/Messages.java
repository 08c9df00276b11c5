// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue, in the orders that matter: by sequence, by age, and by when they may be received.
 *
 * <p>A FIFO queue hands a group's messages out in order and none while another of the group is in flight or delayed before it.
 * Times are epoch milliseconds. Not safe for use by many threads.
 */
final class Messages {
    private static final Comparator<Entry> BY_SEQUENCE = Comparator.comparingLong(Entry::sequence);
    private static final Comparator<Entry> BY_AGE =
            Comparator.comparingLong(Entry::sentAt).thenComparing(BY_SEQUENCE);
    private static final Comparator<Entry> BY_DUE =
            Comparator.comparingLong(Entry::visibleAt).thenComparing(BY_SEQUENCE);

    private final TreeMap<Long, Entry> all = new TreeMap<>();
    private final NavigableSet<Entry> byAge = new TreeSet<>(BY_AGE);
    private final NavigableSet<Entry> delayed = new TreeSet<>(BY_DUE);
    private final NavigableSet<Entry> inFlight = new TreeSet<>(BY_DUE);
    private final NavigableSet<Entry> ready = new TreeSet<>(BY_DUE);
    private final @Nullable Groups groups;

    Messages(boolean fifo) {
        this.groups = fifo ? new Groups() : null;
    }

    /** Adds a message or replaces what was known of it. */
    void put(Entry entry) {
        remove(entry.sequence());
        all.put(entry.sequence(), entry);
        byAge.add(entry);
        (entry.receives() > 0 ? inFlight : delayed).add(entry); // until advance finds that it is due
        if (groups != null) {
            groups.added(entry);
        }
    }

    /** Removes a message if it is there. */
    void remove(long sequence) {
        var entry = all.remove(sequence);
        if (entry != null) {
            byAge.remove(entry);
            if (!ready.remove(entry) && !delayed.remove(entry)) {
                inFlight.remove(entry);
            }
            if (groups != null) {
                groups.removed(entry);
            }
        }
    }

    @Nullable
    Entry find(long sequence) {
        return all.get(sequence);
    }

    /** Makes receivable what is due at {@code now}. */
    void advance(long now) {
        advance(delayed, now);
        advance(inFlight, now);
    }

    private void advance(NavigableSet<Entry> hidden, long now) {
        while (!hidden.isEmpty() && hidden.first().visibleAt() <= now) {
            var entry = hidden.removeFirst();
            ready.add(entry);
            if (groups != null) {
                groups.refresh(entry);
            }
        }
    }

    /** Up to {@code limit} messages that may be received, in the order in which they should be. */
    List<Entry> receivable(int limit) {
        return groups == null ? ready.stream().limit(limit).toList() : groups.receivable(limit);
    }

    /** Messages sent at or before {@code moment}, the oldest first, at most {@code limit}. */
    List<Entry> sentUntil(long moment, int limit) {
        var old = new ArrayList<Entry>();
        for (var entry : byAge) {
            if (entry.sentAt() > moment || old.size() == limit) {
                break;
            }
            old.add(entry);
        }
        return old;
    }

    /** When the next hidden message becomes receivable; {@code Long.MAX_VALUE} if none is hidden. */
    long nextDue() {
        long delay = delayed.isEmpty() ? Long.MAX_VALUE : delayed.first().visibleAt();
        return inFlight.isEmpty() ? delay : Math.min(delay, inFlight.first().visibleAt());
    }

    int size() {
        return all.size();
    }

    int visible() {
        return ready.size();
    }

    int hidden() {
        return inFlight.size();
    }

    int waiting() {
        return delayed.size();
    }

    /** When the oldest message was sent; {@code Long.MAX_VALUE} if there is none. */
    long oldest() {
        return byAge.isEmpty() ? Long.MAX_VALUE : byAge.first().sentAt();
    }

    /** Every message in order of its sequence. */
    List<Entry> all() {
        return List.copyOf(all.values());
    }

    /** The groups of a FIFO queue; those that may hand out their head stand in {@link #open} by its sequence. */
    private final class Groups {
        private final Map<String, Group> groups = new HashMap<>();
        private final TreeMap<Long, Group> open = new TreeMap<>();

        private static final class Group {
            private final NavigableSet<Entry> members = new TreeSet<>(BY_SEQUENCE);
            private @Nullable Long openAs;
        }

        void added(Entry entry) {
            var group = groups.computeIfAbsent(name(entry), key -> new Group());
            group.members.add(entry);
            refresh(group);
        }

        void removed(Entry entry) {
            var group = groups.get(name(entry));
            if (group != null) {
                group.members.remove(entry);
                refresh(group);
                if (group.members.isEmpty()) {
                    groups.remove(name(entry));
                }
            }
        }

        void refresh(Entry entry) {
            var group = groups.get(name(entry));
            if (group != null) {
                refresh(group);
            }
        }

        private void refresh(Group group) {
            if (group.openAs != null) {
                open.remove(group.openAs);
                group.openAs = null;
            }
            if (!group.members.isEmpty() && ready.contains(group.members.first()) && !blocked(group)) {
                group.openAs = group.members.first().sequence();
                open.put(group.openAs, group);
            }
        }

        /** What was received stands before what was not: the walk ends at the first that never was. */
        private boolean blocked(Group group) {
            for (var member : group.members) {
                if (inFlight.contains(member)) {
                    return true;
                }
                if (member.receives() == 0) {
                    return false;
                }
            }
            return false;
        }

        List<Entry> receivable(int limit) {
            var found = new ArrayList<Entry>();
            for (var group : open.values()) {
                for (var member : group.members) {
                    if (found.size() == limit) {
                        return found;
                    }
                    if (!ready.contains(member)) {
                        break;
                    }
                    found.add(member);
                }
                if (found.size() == limit) {
                    return found;
                }
            }
            return found;
        }

        private String name(Entry entry) {
            return entry.group() == null ? "" : entry.group();
        }
    }
}
