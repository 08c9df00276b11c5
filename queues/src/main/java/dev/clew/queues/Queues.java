// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import dev.clew.core.Arn;
import dev.clew.core.IdSource;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.store.Store;
import dev.clew.queues.api.SqsModel;
import dev.clew.queues.control.ControlPlane;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Sweeper;
import dev.clew.queues.message.Bells;
import dev.clew.queues.message.IncomingMessage;
import dev.clew.queues.message.MessagePlane;
import dev.clew.queues.message.OutgoingMessage;
import dev.clew.queues.message.SendOutcome;
import dev.clew.queues.message.ServiceSender;
import dev.clew.queues.redrive.MoveOperations;
import dev.clew.queues.redrive.Mover;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQS. Everything that a caller is told is durable; what is received, hidden, remembered or half moved survives a crash at any
 * instant. Safe for use by many threads.
 *
 * <p>Operations may be called at once; move tasks go on and idle queues are swept after {@link #start}. {@link #close} before the store is closed.
 */
public final class Queues implements AutoCloseable {
    private final Ledger ledger;
    private final Bells bells;
    private final ControlPlane control;
    private final MessagePlane messages;
    private final Mover mover;
    private final Sweeper sweeper;
    private final MoveOperations moves;

    /**
     * Reads what the store holds.
     *
     * @param policies decides whether a service may send to a queue
     */
    public Queues(Store store, ResourcePolicy policies, InstantSource time, IdSource ids, QueuesConfig config) {
        bells = new Bells();
        ledger = new Ledger(store, time, bells::ring);
        control = new ControlPlane(ledger, config);
        messages = new MessagePlane(ledger, bells, policies, time, ids, config);
        mover = new Mover(ledger, ids);
        sweeper = new Sweeper(ledger, config.recreateDelay());
        moves = new MoveOperations(ledger, ids, mover);
    }

    /** The operations of SQS. */
    public ServiceBinding binding() {
        var binding = ServiceBinding.builder(SqsModel.SERVICE);
        control.bind(binding);
        messages.bind(binding);
        moves.bind(binding);
        return binding.build();
    }

    /** Goes on with the move tasks that are not done. */
    public void start() {
        mover.start();
        sweeper.start();
    }

    /** Looks at the clock anew, for clocks that jump: requests that wait, move tasks with a rate, and what expires. */
    public void tick() {
        bells.ringAll();
        mover.work();
        sweeper.sweep();
    }

    /** Sends for a service of this server, if the queue's policy allows it; durable when it returns. */
    public SendOutcome send(Arn queue, OutgoingMessage message, ServiceSender by) {
        return messages.send(queue, message, by);
    }

    /** Sends for {@code sender}, a role whose rights were checked before; durable when it returns. */
    public SendOutcome send(Arn queue, OutgoingMessage message, String sender) {
        return messages.send(queue, message, sender);
    }

    /**
     * Receives for a service of this server: up to {@code max} messages, waiting up to {@code waitSeconds} for the first.
     *
     * @param visibilitySeconds how long they are hidden; null for the queue's setting
     * @throws dev.clew.wire.ServiceException if there is no such queue, or too much is in flight
     */
    public List<IncomingMessage> receive(Arn queue, int max, int waitSeconds, @Nullable Integer visibilitySeconds) {
        return messages.receive(queue, max, waitSeconds, visibilitySeconds);
    }

    /**
     * Deletes what was received; durable when it returns. Handles that expired are passed over.
     *
     * @throws dev.clew.wire.ServiceException if there is no such queue
     */
    public void delete(Arn queue, List<String> receiptHandles) {
        messages.delete(queue, receiptHandles);
    }

    /** Hides what was received for another time, 0 to give it back at once; as {@link #delete}. */
    public void hide(Arn queue, List<String> receiptHandles, int seconds) {
        messages.hide(queue, receiptHandles, seconds);
    }

    /** Requests that wait for messages now. */
    public int waiting() {
        return bells.waiting();
    }

    /** What all queues hold. */
    public Ledger ledger() {
        return ledger;
    }

    /** Sends home who waits for messages; stops moving. */
    @Override
    public void close() {
        bells.close();
        sweeper.close();
        mover.close();
    }
}
