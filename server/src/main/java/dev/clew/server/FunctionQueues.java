// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Arn;
import dev.clew.functions.source.QueueSource;
import dev.clew.queues.Queues;
import dev.clew.queues.message.IncomingMessage;
import dev.clew.wire.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Lets functions read queues through event source mappings. */
final class FunctionQueues implements QueueSource {
    private final Queues queues;

    FunctionQueues(Queues queues) {
        this.queues = queues;
    }

    @Override
    public OptionalInt visibility(Arn queue) {
        return queues.ledger()
                .definition(queue.scope(), queue.resource())
                .map(definition -> OptionalInt.of((int) (definition.visibilityTimeout() / 1_000)))
                .orElseGet(OptionalInt::empty);
    }

    @Override
    public Received receive(Arn queue, int max, int waitSeconds, int visibilitySeconds) {
        try {
            return new Received.Messages(queues.receive(queue, max, waitSeconds, visibilitySeconds).stream()
                    .map(FunctionQueues::message)
                    .toList());
        } catch (ServiceException e) {
            return new Received.Refused(e.message());
        }
    }

    private static Message message(IncomingMessage message) {
        return new Message(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                message.md5OfBody(),
                message.systemAttributes(),
                message.attributes().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> new Attribute(
                                        entry.getValue().type(),
                                        entry.getValue().text(),
                                        entry.getValue().bytes()))));
    }

    @Override
    public void delete(Arn queue, List<String> receiptHandles) {
        if (visibility(queue).isPresent()) {
            queues.delete(queue, receiptHandles);
        }
    }

    @Override
    public void giveBack(Arn queue, List<String> receiptHandles) {
        if (visibility(queue).isPresent()) {
            queues.hide(queue, receiptHandles, 0);
        }
    }
}
