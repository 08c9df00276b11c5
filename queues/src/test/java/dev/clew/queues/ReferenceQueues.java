// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The slow, obvious queues that the real ones are compared with: lists, searched from the front. Nothing is stored. */
final class ReferenceQueues {
    private static final int MAX_RECEIVES = 2;
    private static final int MOVED_PER_RECEIVE = 10;
    private static final long WINDOW = 300_000;

    private final Map<String, Queue> queues = new HashMap<>();
    private long arrivals;

    private static final class Queue {
        boolean fifo;
        long visibility;
        long retention;

        @Nullable
        String deadLetters;

        final List<Message> messages = new ArrayList<>();
        final Map<String, Message> remembered = new HashMap<>();
    }

    static final class Message {
        private final String id;
        private final String body;
        private final @Nullable String group;
        private final long sentAt;
        private long arrival;
        private long visibleAt;
        private int receives;
        private int receivesBefore;

        Message(String id, String body, @Nullable String group, long sentAt) {
            this.id = id;
            this.body = body;
            this.group = group;
            this.sentAt = sentAt;
        }

        String id() {
            return id;
        }

        String body() {
            return body;
        }

        long sentAt() {
            return sentAt;
        }

        int receives() {
            return receives;
        }

        int allReceives() {
            return receivesBefore + receives;
        }
    }

    void add(String name, boolean fifo, int visibility, int retention, @Nullable String deadLetters) {
        var queue = new Queue();
        queue.fifo = fifo;
        queue.visibility = visibility * 1_000L;
        queue.retention = retention * 1_000L;
        queue.deadLetters = deadLetters;
        queues.put(name, queue);
    }

    private Queue at(String name, long now) {
        var queue = Objects.requireNonNull(queues.get(name));
        queue.messages.removeIf(message -> message.sentAt + queue.retention <= now);
        queue.remembered.values().removeIf(message -> message.sentAt + WINDOW <= now);
        return queue;
    }

    /** The id that the sender is told. */
    String send(
            String name,
            String id,
            String body,
            @Nullable String group,
            @Nullable String deduplication,
            int delay,
            long now) {
        var queue = at(name, now);
        if (deduplication != null) {
            var known = queue.remembered.get(deduplication);
            if (known != null) {
                return known.id;
            }
        }
        var message = new Message(id, body, group, now);
        message.arrival = arrivals++;
        message.visibleAt = now + delay * 1_000L;
        queue.messages.add(message);
        if (deduplication != null) {
            queue.remembered.put(deduplication, message);
        }
        return id;
    }

    List<Message> receive(String name, int max, long now) {
        var queue = at(name, now);
        var received = new ArrayList<Message>();
        int moved = 0;
        for (var message : candidates(queue, now)) {
            if (received.size() == max) {
                break;
            }
            if (queue.deadLetters != null && message.receives >= MAX_RECEIVES) {
                if (moved++ == MOVED_PER_RECEIVE) {
                    break;
                }
                queue.messages.remove(message);
                message.arrival = arrivals++;
                message.visibleAt = now;
                message.receivesBefore += message.receives;
                message.receives = 0;
                at(queue.deadLetters, now).messages.add(message);
            } else {
                message.receives++;
                message.visibleAt = now + queue.visibility;
                received.add(message);
            }
        }
        return received;
    }

    private static List<Message> candidates(Queue queue, long now) {
        if (!queue.fifo) {
            return queue.messages.stream()
                    .filter(message -> message.visibleAt <= now)
                    .sorted(Comparator.<Message>comparingLong(message -> message.visibleAt)
                            .thenComparingLong(message -> message.arrival))
                    .toList();
        }
        var closed = new HashSet<String>();
        queue.messages.stream()
                .filter(message -> message.visibleAt > now)
                .forEach(message -> closed.add(String.valueOf(message.group)));
        var heads = new HashMap<String, Long>();
        queue.messages.forEach(message -> heads.merge(String.valueOf(message.group), message.arrival, Math::min));
        return queue.messages.stream()
                .filter(message -> !closed.contains(String.valueOf(message.group)))
                .sorted(Comparator.<Message>comparingLong(
                                message -> Objects.requireNonNull(heads.get(String.valueOf(message.group))))
                        .thenComparingLong(message -> message.arrival))
                .toList();
    }

    private static @Nullable Message find(Queue queue, String id) {
        return queue.messages.stream()
                .filter(message -> message.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Whether the caller is told of success. */
    boolean delete(String name, String id, int receive, long now) {
        var queue = at(name, now);
        var message = find(queue, id);
        if (message == null) {
            return true;
        }
        boolean latest = message.receives == receive;
        if (queue.fifo && (!latest || message.visibleAt <= now)) {
            return false;
        }
        if (latest) {
            queue.messages.remove(message);
        }
        return true;
    }

    boolean hide(String name, String id, int receive, int seconds, long now) {
        var message = find(at(name, now), id);
        if (message == null || message.receives != receive || message.visibleAt <= now) {
            return false;
        }
        message.visibleAt = now + seconds * 1_000L;
        return true;
    }

    /** Visible, in flight, delayed. */
    List<Integer> counts(String name, long now) {
        int visible = 0;
        int inFlight = 0;
        int delayed = 0;
        for (var message : at(name, now).messages) {
            if (message.visibleAt <= now) {
                visible++;
            } else if (message.receives > 0) {
                inFlight++;
            } else {
                delayed++;
            }
        }
        return List.of(visible, inFlight, delayed);
    }
}
