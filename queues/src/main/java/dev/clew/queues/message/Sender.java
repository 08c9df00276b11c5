// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Deduplication;
import dev.clew.queues.ledger.Entry;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Queue;
import dev.clew.queues.ledger.QueueDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts messages into queues. */
final class Sender {
    private static final long DEDUPLICATION_WINDOW = Duration.ofMinutes(5).toMillis();

    private final Ledger ledger;
    private final long maxMessages;

    Sender(Ledger ledger, long maxMessages) {
        this.ledger = ledger;
        this.maxMessages = maxMessages;
    }

    /**
     * What became of a draft.
     *
     * @param messageId the message's; that of the first if this one was a duplicate
     * @param sequence of the same message
     */
    record Sent(Draft draft, String messageId, long sequence) {}

    /**
     * Sends all of {@code drafts} in order, in one decision; durable when it returns.
     *
     * @throws dev.clew.wire.ServiceException if the queue is gone, or nothing more can be held
     */
    List<Sent> send(QueueDefinition definition, List<Draft> drafts) {
        return ledger.decide(turn -> {
            var queue = turn.upToDate(turn.state().find(definition.id()).orElseThrow(Refusal::noQueue));
            if (turn.state().held() + drafts.size() > maxMessages) {
                throw SqsErrors.requestThrottled(
                        "This server holds " + turn.state().held() + " messages (at most " + maxMessages
                                + "): receive and delete some, or purge a queue.");
            }
            var sent = new ArrayList<Sent>();
            for (var draft : drafts) {
                sent.add(send(turn, queue, draft));
            }
            return sent;
        });
    }

    private static Sent send(Ledger.Turn turn, Queue queue, Draft draft) {
        var stored = draft.stored();
        var key = deduplicationKey(queue.definition(), draft);
        var known = key == null ? null : queue.remembered(key);
        if (known != null) {
            return new Sent(draft, known.messageId(), known.sequence());
        }
        long sequence = turn.nextNumber();
        var delay = draft.delaySeconds() == null ? queue.definition().delay() : draft.delaySeconds() * 1_000L;
        var entry = Entry.sent(sequence, turn.now(), turn.now() + delay, stored.group());
        turn.change(new Change.MessageAdded(queue.id(), entry, draft.bytes()));
        if (key != null) {
            var until = turn.now() + DEDUPLICATION_WINDOW;
            turn.change(new Change.Remembered(queue.id(), new Deduplication(key, stored.id(), sequence, until)));
        }
        return new Sent(draft, stored.id(), sequence);
    }

    private static @Nullable String deduplicationKey(QueueDefinition queue, Draft draft) {
        var id = draft.stored().deduplicationId();
        return id == null || !queue.fifo()
                ? null
                : queue.deduplicatesPerGroup() ? draft.stored().group() + "\n" + id : id;
    }
}
