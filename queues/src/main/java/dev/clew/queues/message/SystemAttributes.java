// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.ledger.QueueDefinition;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the service itself says about a message. */
final class SystemAttributes {
    /** Their names. */
    static final Set<String> NAMES = Set.of(
            "SenderId",
            "SentTimestamp",
            "ApproximateReceiveCount",
            "ApproximateFirstReceiveTimestamp",
            "SequenceNumber",
            "MessageDeduplicationId",
            "MessageGroupId",
            MessageAttributes.TRACE_HEADER,
            "DeadLetterQueueSourceArn");

    private SystemAttributes() {}

    /** All that this message has, by name. */
    static TreeMap<String, String> of(QueueDefinition queue, Receiver.Received received) {
        var entry = received.entry();
        var stored = received.message();
        var all = new TreeMap<String, String>();
        all.put("SenderId", stored.senderId());
        all.put("SentTimestamp", Long.toString(entry.sentAt()));
        all.put("ApproximateReceiveCount", Integer.toString(entry.allReceives()));
        all.put("ApproximateFirstReceiveTimestamp", Long.toString(entry.firstReceivedAt()));
        if (queue.fifo()) {
            all.put("SequenceNumber", Sequence.text(entry.sequence()));
        }
        put(all, "MessageDeduplicationId", stored.deduplicationId());
        put(all, "MessageGroupId", stored.group());
        put(all, MessageAttributes.TRACE_HEADER, stored.traceHeader());
        put(all, "DeadLetterQueueSourceArn", entry.source());
        return all;
    }

    private static void put(TreeMap<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
