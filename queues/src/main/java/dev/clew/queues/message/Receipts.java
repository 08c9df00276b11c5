// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Queue;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be done with a message by the handle of its receive: delete it, and change how long it is hidden. */
final class Receipts {
    private static final long LONGEST = Duration.ofHours(12).toMillis();

    private final Ledger ledger;

    Receipts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What to do by one handle. */
    sealed interface Wish {
        @Nullable
        String handle();

        record Delete(@Nullable String handle) implements Wish {}

        record Hide(@Nullable String handle, @Nullable Integer seconds) implements Wish {}
    }

    /**
     * Does all of {@code wishes} in one decision; durable when it returns.
     *
     * @return for each wish the error that it met, if any
     * @throws ServiceException if there is no such queue
     */
    List<Optional<ServiceException>> fulfil(QueueDefinition definition, List<Wish> wishes) {
        return ledger.decide(turn -> {
            var queue = turn.upToDate(turn.state().find(definition.id()).orElseThrow(Refusal::noQueue));
            var outcomes = new ArrayList<Optional<ServiceException>>();
            for (var wish : wishes) {
                try {
                    switch (wish) {
                        case Wish.Delete delete -> delete(turn, queue, delete);
                        case Wish.Hide hide -> hide(turn, queue, hide);
                    }
                    outcomes.add(Optional.empty());
                } catch (ServiceException e) { // thrown before anything is changed
                    outcomes.add(Optional.of(e));
                }
            }
            return outcomes;
        });
    }

    private static void delete(Ledger.Turn turn, Queue queue, Wish.Delete wish) {
        var handle = Refusal.text(wish.handle(), "ReceiptHandle");
        var receipt = parse(handle, queue);
        var entry = queue.find(receipt.sequence());
        if (entry == null) {
            return; // deleted before: the wish is fulfilled
        }
        boolean latest = entry.receives() == receipt.receive();
        if (queue.definition().fifo() && (!latest || entry.visibleAt() <= turn.now())) {
            throw Refusal.value(handle, "ReceiptHandle", "The receipt handle has expired.");
        }
        if (latest) { // somebody else has received it since, and may still fail
            turn.change(new Change.MessageRemoved(queue.id(), entry.sequence()));
        }
    }

    private static void hide(Ledger.Turn turn, Queue queue, Wish.Hide wish) {
        var handle = Refusal.text(wish.handle(), "ReceiptHandle");
        var seconds = Refusal.required(wish.seconds(), "VisibilityTimeout");
        Refusal.range(seconds, "VisibilityTimeout", 0, 43_200, "Must be between 0 and 43200.");
        var receipt = parse(handle, queue);
        var entry = queue.find(receipt.sequence());
        if (entry == null || entry.receives() != receipt.receive()) {
            throw Refusal.value(
                    handle,
                    "ReceiptHandle",
                    "Message does not exist or is not available for visibility timeout change.");
        }
        if (entry.visibleAt() <= turn.now()) {
            throw SqsErrors.messageNotInflight("The specified message isn't in flight.");
        }
        long until = turn.now() + seconds * 1_000L;
        if (until - entry.receivedAt() > LONGEST) {
            throw Refusal.value(
                    seconds,
                    "VisibilityTimeout",
                    "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
        }
        turn.change(new Change.MessageSet(queue.id(), entry.hiddenUntil(until)));
    }

    private static Receipt parse(String handle, Queue queue) {
        return Receipt.parse(handle)
                .filter(receipt -> receipt.queue() == queue.id())
                .orElseThrow(() -> SqsErrors.receiptHandleIsInvalid(
                        "The input receipt handle \"" + shown(handle) + "\" is not a valid receipt handle."));
    }

    private static String shown(String handle) {
        return handle.length() <= 1_024 ? handle : handle.substring(0, 1_024) + "...";
    }
}
