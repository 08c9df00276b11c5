// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Entry;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Queue;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.queues.ledger.StoredMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes messages out of queues for a while; waits for them if told to. */
final class Receiver {
    private static final int MOVED_PER_DECISION = 10;

    private final Ledger ledger;
    private final Bells bells;
    private final InstantSource time;
    private final int maxInFlight;
    private final int maxWaiting;

    Receiver(Ledger ledger, Bells bells, InstantSource time, int maxInFlight, int maxWaiting) {
        this.ledger = ledger;
        this.bells = bells;
        this.time = time;
        this.maxInFlight = maxInFlight;
        this.maxWaiting = maxWaiting;
    }

    /** A message that was received. */
    record Received(Entry entry, StoredMessage message, String handle) {}

    /** @param nextDue epoch milliseconds when there may be more, though nothing happens until then */
    private record Found(List<Entry> entries, long nextDue) {}

    /**
     * Receives up to {@code max} messages; if there are none, waits for some.
     *
     * @param waitSeconds null for the queue's
     * @param visibilitySeconds null for the queue's
     * @throws dev.clew.wire.ServiceException if there is no such queue, or too much is in flight or waits
     */
    List<Received> receive(
            QueueDefinition definition, int max, @Nullable Integer waitSeconds, @Nullable Integer visibilitySeconds) {
        long deadline = time.millis() + 1_000L * (waitSeconds == null ? definition.waitSeconds() : waitSeconds);
        if (deadline <= time.millis()) {
            return bodies(definition, take(definition, max, visibilitySeconds).entries());
        }
        if (bells.waiting() >= maxWaiting) {
            throw SqsErrors.requestThrottled(maxWaiting + " requests wait for messages already.");
        }
        try (var waiter = bells.waiter(definition.id())) {
            while (true) {
                var found = take(definition, max, visibilitySeconds);
                if (!found.entries().isEmpty()) {
                    return bodies(definition, found.entries());
                }
                long now = time.millis();
                if (now >= deadline || bells.closed()) {
                    return List.of();
                }
                waiter.await(Math.max(1, Math.min(deadline, found.nextDue()) - now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private Found take(QueueDefinition definition, int max, @Nullable Integer visibilitySeconds) {
        return ledger.decide(turn -> {
            var queue = turn.upToDate(turn.state().find(definition.id()).orElseThrow(Refusal::noQueue));
            int room = maxInFlight - queue.counts().inFlight();
            if (room <= 0) {
                if (definition.fifo()) {
                    return new Found(List.of(), queue.nextDue());
                }
                throw SqsErrors.overLimit(
                        "Too many messages in flight. The maximum number allowed is " + maxInFlight + '.');
            }
            long visibility =
                    visibilitySeconds == null ? queue.definition().visibilityTimeout() : visibilitySeconds * 1_000L;
            var taken = take(turn, queue, Math.min(max, room), turn.now() + visibility);
            return new Found(taken, queue.nextDue());
        });
    }

    private static List<Entry> take(Ledger.Turn turn, Queue queue, int max, long hiddenUntil) {
        var taken = new ArrayList<Entry>();
        int moved = 0;
        for (var entry : queue.receivable(max + MOVED_PER_DECISION)) {
            if (taken.size() == max) {
                break;
            }
            var target = DeadLetters.destination(turn, queue, entry);
            if (target.isPresent()) {
                if (moved == MOVED_PER_DECISION || !DeadLetters.move(turn, queue, entry, target.get())) {
                    break; // order matters in a FIFO queue: nothing may overtake what stays
                }
                moved++;
            } else {
                var received = entry.received(turn.now(), hiddenUntil);
                turn.change(new Change.MessageSet(queue.id(), received));
                taken.add(received);
            }
        }
        return taken;
    }

    private List<Received> bodies(QueueDefinition definition, List<Entry> entries) {
        var bodies = ledger.bodies(
                definition.id(), entries.stream().map(Entry::sequence).toList());
        var received = new ArrayList<Received>();
        for (var entry : entries) {
            var message = bodies.get(entry.sequence());
            if (message != null) { // else purged meanwhile
                var handle = new Receipt(definition.id(), entry.sequence(), entry.receives()).handle();
                received.add(new Received(entry, message, handle));
            }
        }
        return received;
    }
}
