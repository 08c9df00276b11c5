// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.core.Arn;
import dev.clew.core.IdSource;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.queues.QueuesConfig;
import dev.clew.queues.api.SqsModel;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.ServiceException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations on messages, for clients and for the other services of this server. */
public final class MessagePlane {
    private static final String SEND = "sqs:SendMessage";

    private final Ledger ledger;
    private final ResourcePolicy policies;
    private final Drafts drafts;
    private final Sender sender;
    private final Receiver receiver;
    private final Receipts receipts;

    public MessagePlane(
            Ledger ledger,
            Bells bells,
            ResourcePolicy policies,
            InstantSource time,
            IdSource ids,
            QueuesConfig config) {
        this.ledger = ledger;
        this.policies = policies;
        drafts = new Drafts(ids);
        sender = new Sender(ledger, config.maxMessages());
        receiver = new Receiver(ledger, bells, time, config.maxInFlight(), config.maxWaiting());
        receipts = new Receipts(ledger);
    }

    /** Adds the operations to {@code binding}. */
    public void bind(ServiceBinding.Builder binding) {
        var send = new SendOperations(ledger, drafts, sender);
        var byReceipt = new ReceiptOperations(ledger, receipts);
        binding.bind(SqsModel.SEND_MESSAGE, send::send)
                .bind(SqsModel.SEND_MESSAGE_BATCH, send::sendBatch)
                .bind(SqsModel.RECEIVE_MESSAGE, new ReceiveOperation(ledger, receiver))
                .bind(SqsModel.DELETE_MESSAGE, byReceipt::delete)
                .bind(SqsModel.DELETE_MESSAGE_BATCH, byReceipt::deleteBatch)
                .bind(SqsModel.CHANGE_MESSAGE_VISIBILITY, byReceipt::changeVisibility)
                .bind(SqsModel.CHANGE_MESSAGE_VISIBILITY_BATCH, byReceipt::changeVisibilityBatch);
    }

    /** Sends for a service, if the queue's policy allows it; durable when it returns. */
    public SendOutcome send(Arn queue, OutgoingMessage message, ServiceSender by) {
        var found = definition(queue);
        if (found.isEmpty()) {
            return new SendOutcome.NoSuchQueue("there is no queue " + queue);
        }
        var definition = found.get();
        var access =
                new ResourcePolicy.Access(by.principal(), SEND, queue.toString(), by.sourceArn(), by.sourceAccount());
        return switch (policies.decide(definition.attributes().get("Policy"), access)) {
            case ResourcePolicy.Decision.Refused(var reason) -> new SendOutcome.Denied(reason);
            case ResourcePolicy.Decision.Allowed _ -> send(definition, message, by.principal());
        };
    }

    /** Sends for {@code sender}, whose rights were checked before; durable when it returns. */
    public SendOutcome send(Arn queue, OutgoingMessage message, String sender) {
        return definition(queue)
                .map(found -> send(found, message, sender))
                .orElseGet(() -> new SendOutcome.NoSuchQueue("there is no queue " + queue));
    }

    private SendOutcome send(QueueDefinition queue, OutgoingMessage message, String principal) {
        try {
            var trace = message.traceHeader();
            var draft = drafts.check(
                    queue,
                    new Drafts.Wish(
                            message.body(),
                            null,
                            MessageAttributes.checkStored(message.attributes()),
                            trace == null ? null : MessageAttributes.checkTraceHeader(trace),
                            null,
                            message.deduplicationId(),
                            message.group(),
                            principal));
            var sent = sender.send(queue, List.of(draft)).getFirst();
            return new SendOutcome.Sent(sent.messageId(), queue.fifo() ? Sequence.text(sent.sequence()) : null);
        } catch (ServiceException e) {
            return switch (e.code()) {
                case "QueueDoesNotExist" -> new SendOutcome.NoSuchQueue("there is no queue " + queue.arn());
                case "RequestThrottled" -> new SendOutcome.Throttled(e.message());
                default -> new SendOutcome.Rejected(e.message());
            };
        }
    }

    /**
     * Receives up to {@code max} messages, waiting up to {@code waitSeconds} for the first.
     *
     * @param visibilitySeconds null for the queue's
     * @throws ServiceException if there is no such queue, or too much is in flight
     */
    public List<IncomingMessage> receive(Arn queue, int max, int waitSeconds, @Nullable Integer visibilitySeconds) {
        var definition = definition(queue).orElseThrow(Refusal::noQueue);
        return receiver.receive(definition, max, waitSeconds, visibilitySeconds).stream()
                .map(received -> new IncomingMessage(
                        received.message().id(),
                        received.handle(),
                        received.message().body(),
                        Md5.of(received.message().body()),
                        SystemAttributes.of(definition, received),
                        received.message().attributes()))
                .toList();
    }

    /**
     * Deletes messages by the handles of their receives; durable when it returns. Handles that expired are passed over.
     *
     * @throws ServiceException if there is no such queue
     */
    public void delete(Arn queue, List<String> receiptHandles) {
        List<Receipts.Wish> wishes = receiptHandles.stream()
                .<Receipts.Wish>map(Receipts.Wish.Delete::new)
                .toList();
        receipts.fulfil(definition(queue).orElseThrow(Refusal::noQueue), wishes);
    }

    /** Hides messages for another time, 0 to give them back at once; as {@link #delete}. */
    public void hide(Arn queue, List<String> receiptHandles, int seconds) {
        List<Receipts.Wish> wishes = receiptHandles.stream()
                .<Receipts.Wish>map(handle -> new Receipts.Wish.Hide(handle, seconds))
                .toList();
        receipts.fulfil(definition(queue).orElseThrow(Refusal::noQueue), wishes);
    }

    private Optional<QueueDefinition> definition(Arn queue) {
        return queue.service().equals("sqs") ? ledger.definition(queue.scope(), queue.resource()) : Optional.empty();
    }
}
