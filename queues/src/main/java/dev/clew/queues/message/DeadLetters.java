// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Entry;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Queue;
import java.util.Optional;

/** Moves messages that were received too often to where their queue's redrive policy says, with all they carry. */
final class DeadLetters {
    private DeadLetters() {}

    /** Where {@code entry} goes instead of being received once more; nothing if it is to be received. */
    static Optional<Queue> destination(Ledger.Turn turn, Queue queue, Entry entry) {
        return queue.redrive()
                .filter(policy -> entry.receives() >= policy.maxReceives())
                .flatMap(policy -> turn.state().find(policy.target()))
                .filter(target -> target.id() != queue.id()
                        && target.definition().fifo() == queue.definition().fifo());
    }

    /** Moves it, unless its body is not durable yet: then false, and it stays for later. */
    static boolean move(Ledger.Turn turn, Queue queue, Entry entry, Queue target) {
        var body = turn.bodyToMove(queue.id(), entry.sequence());
        if (body.isEmpty()) {
            return false;
        }
        boolean fifo = target.definition().fifo();
        // ids of deduplication are distinct in their own queue only; the message's own id is distinct everywhere
        var stored = fifo ? body.get().withDeduplicationId(body.get().id()) : body.get();
        var moved = entry.deadLettered(
                turn.nextNumber(),
                fifo ? turn.now() : entry.sentAt(),
                turn.now(),
                queue.definition().arn().toString());
        turn.change(new Change.MessageRemoved(queue.id(), entry.sequence()));
        turn.change(new Change.MessageAdded(target.id(), moved, stored.bytes()));
        return true;
    }
}
