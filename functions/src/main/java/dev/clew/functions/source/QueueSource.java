// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.Arn;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The queues that functions may read. Safe for use by many threads. */
public interface QueueSource {
    /** Seconds for which {@code queue} hides what is received; empty if there is no such queue. */
    OptionalInt visibility(Arn queue);

    /**
     * Takes up to {@code max} messages, waiting up to {@code waitSeconds} for the first; hidden for {@code visibilitySeconds}. A thread
     * that is interrupted stops waiting.
     */
    Received receive(Arn queue, int max, int waitSeconds, int visibilitySeconds);

    /** Deletes what was received; durable when it returns. Handles that expired are passed over, as is a queue that is gone. */
    void delete(Arn queue, List<String> receiptHandles);

    /** Gives back at once what was received; as {@link #delete}. */
    void giveBack(Arn queue, List<String> receiptHandles);

    /** What came of a receive. */
    sealed interface Received {
        /** Perhaps none. */
        record Messages(List<Message> messages) implements Received {
            public Messages {
                messages = List.copyOf(messages);
            }
        }

        /** The queue does not exist, or cannot give more at the moment; {@code reason} is for people. */
        record Refused(String reason) implements Received {}
    }

    /**
     * A message.
     *
     * @param system what the queue says of it, {@code AWSTraceHeader} among them
     * @param attributes what its sender said
     */
    record Message(
            String messageId,
            String receiptHandle,
            String body,
            String md5OfBody,
            Map<String, String> system,
            Map<String, Attribute> attributes) {
        public Message {
            system = Map.copyOf(system);
            attributes = Map.copyOf(attributes);
        }
    }

    /** An attribute of a message: exactly one of {@code text} and {@code bytes} is there. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Attribute(String type, @Nullable String text, byte @Nullable [] bytes) {}
}
