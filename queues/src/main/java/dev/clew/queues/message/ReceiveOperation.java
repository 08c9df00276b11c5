// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.Message;
import dev.clew.queues.api.MessageAttributeValue;
import dev.clew.queues.api.ReceiveMessageRequest;
import dev.clew.queues.api.ReceiveMessageResult;
import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.Batch;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.queues.ledger.StoredMessage.Attribute;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ReceiveMessage. */
final class ReceiveOperation implements Operation<ReceiveMessageRequest, ReceiveMessageResult> {
    private static final String ALL = "All";

    private final Ledger ledger;
    private final Receiver receiver;

    ReceiveOperation(Ledger ledger, Receiver receiver) {
        this.ledger = ledger;
        this.receiver = receiver;
    }

    @Override
    public ReceiveMessageResult handle(ReceiveMessageRequest input, Call call) {
        var address = QueueUrl.parse(input.queueUrl(), call);
        var queue = ledger.definition(address.scope(), address.name()).orElseThrow(Refusal::noQueue);
        Refusal.range(
                input.maxNumberOfMessages(), "MaxNumberOfMessages", 1, 10, "Must be between 1 and 10, if provided.");
        Refusal.range(input.waitTimeSeconds(), "WaitTimeSeconds", 0, 20, "Must be >= 0 and <= 20, if provided.");
        Refusal.range(
                input.visibilityTimeout(), "VisibilityTimeout", 0, 43_200, "Must be between 0 and 43200, if provided.");
        var system = systemAttributes(input);
        int max = input.maxNumberOfMessages() == null ? 1 : input.maxNumberOfMessages();
        var messages = new ArrayList<Message>();
        for (var received : receiver.receive(queue, max, input.waitTimeSeconds(), input.visibilityTimeout())) {
            messages.add(message(queue, received, system, input.messageAttributeNames()));
        }
        return new ReceiveMessageResult(Batch.listed(messages));
    }

    private static Set<String> systemAttributes(ReceiveMessageRequest input) {
        var wanted = new HashSet<String>();
        wanted.addAll(
                input.attributeNames() == null ? List.of() : input.attributeNames()); // the older name of the member
        wanted.addAll(input.messageSystemAttributeNames() == null ? List.of() : input.messageSystemAttributeNames());
        for (var name : wanted) {
            if (!name.equals(ALL) && !SystemAttributes.NAMES.contains(name)) {
                throw SqsErrors.invalidAttributeName("Unknown Attribute " + name + '.');
            }
        }
        return wanted;
    }

    private static Message message(
            QueueDefinition queue,
            Receiver.Received received,
            Set<String> system,
            @Nullable List<String> attributeNames) {
        var stored = received.message();
        var chosen = MessageAttributes.chosen(stored.attributes(), attributeNames);
        var attributes = SystemAttributes.of(queue, received);
        if (!system.contains(ALL)) {
            attributes.keySet().retainAll(system);
        }
        return Message.builder()
                .messageId(stored.id())
                .receiptHandle(received.handle())
                .mD5OfBody(Md5.of(stored.body()))
                .body(stored.body())
                .attributes(attributes.isEmpty() ? null : attributes)
                .mD5OfMessageAttributes(Md5.of(chosen))
                .messageAttributes(chosen.isEmpty() ? null : values(chosen))
                .build();
    }

    private static Map<String, MessageAttributeValue> values(Map<String, Attribute> attributes) {
        var values = new TreeMap<String, MessageAttributeValue>();
        attributes.forEach((name, attribute) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType(attribute.type())
                        .stringValue(attribute.text())
                        .binaryValue(attribute.bytes())
                        .build()));
        return values;
    }
}
