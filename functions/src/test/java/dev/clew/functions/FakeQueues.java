// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.core.Arn;
import dev.clew.functions.source.QueueSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.NullUnmarked;

/** Queues in memory. What is received stays hidden until {@link #expire}. */
@NullUnmarked
public final class FakeQueues implements QueueSource {
    private final Map<String, Map<String, Entry>> queues = new HashMap<>();
    /** Seconds for which receives hid what they took. */
    final List<Integer> visibilities = new ArrayList<>();

    private int receipts;

    private static final class Entry {
        private final Message message;
        private int receives;
        private boolean hidden;

        private Entry(Message message) {
            this.message = message;
        }
    }

    synchronized String create(String name) {
        queues.put(name, new LinkedHashMap<>());
        return "arn:aws:sqs:us-east-1:111111111111:" + name;
    }

    synchronized void send(String queue, String id, String body, Map<String, String> system) {
        queues.get(queue).put(id, new Entry(new Message(id, "", body, "md5", system, Map.of())));
        notifyAll();
    }

    void send(String queue, String id, String body) {
        send(queue, id, body, Map.of());
    }

    /** Ids of the messages that are there, hidden or not. */
    synchronized List<String> left(String queue) {
        return List.copyOf(queues.get(queue).keySet());
    }

    synchronized int receives(String queue, String id) {
        return queues.get(queue).get(id).receives;
    }

    /** Ends the time for which everything is hidden. */
    synchronized void expire() {
        queues.values().forEach(queue -> queue.values().forEach(entry -> entry.hidden = false));
        notifyAll();
    }

    @Override
    public synchronized OptionalInt visibility(Arn queue) {
        return queues.containsKey(queue.resource()) ? OptionalInt.of(30) : OptionalInt.empty();
    }

    @Override
    public synchronized Received receive(Arn queue, int max, int waitSeconds, int visibilitySeconds) {
        visibilities.add(visibilitySeconds);
        long deadline = System.nanoTime() + waitSeconds * 1_000_000_000L;
        try {
            while (true) {
                var taken = new ArrayList<Message>();
                for (var entry : queues.get(queue.resource()).values()) {
                    if (!entry.hidden && taken.size() < max) {
                        entry.hidden = true;
                        entry.receives++;
                        taken.add(received(entry));
                    }
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (!taken.isEmpty() || left <= 0) {
                    return new Received.Messages(taken);
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Received.Messages(List.of());
        }
    }

    private Message received(Entry entry) {
        var message = entry.message;
        return new Message(
                message.messageId(),
                message.messageId() + '#' + ++receipts,
                message.body(),
                message.md5OfBody(),
                message.system(),
                message.attributes());
    }

    @Override
    public synchronized void delete(Arn queue, List<String> receiptHandles) {
        receiptHandles.forEach(handle -> queues.get(queue.resource()).remove(handle.split("#")[0]));
    }

    @Override
    public synchronized void giveBack(Arn queue, List<String> receiptHandles) {
        receiptHandles.forEach(handle -> queues.get(queue.resource()).get(handle.split("#")[0]).hidden = false);
        notifyAll();
    }
}
