// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.BatchResultErrorEntry;
import dev.clew.queues.api.SendMessageBatchRequest;
import dev.clew.queues.api.SendMessageBatchRequestEntry;
import dev.clew.queues.api.SendMessageBatchResult;
import dev.clew.queues.api.SendMessageBatchResultEntry;
import dev.clew.queues.api.SendMessageRequest;
import dev.clew.queues.api.SendMessageResult;
import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.Batch;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.Call;
import dev.clew.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SendMessage and SendMessageBatch. */
final class SendOperations {
    private static final int BATCH_BYTES = 1_048_576;

    private final Ledger ledger;
    private final Drafts drafts;
    private final Sender sender;

    SendOperations(Ledger ledger, Drafts drafts, Sender sender) {
        this.ledger = ledger;
        this.drafts = drafts;
        this.sender = sender;
    }

    SendMessageResult send(SendMessageRequest input, Call call) {
        var queue = queue(input.queueUrl(), call);
        var draft = drafts.check(
                queue,
                new Drafts.Wish(
                        input.messageBody(),
                        input.delaySeconds(),
                        MessageAttributes.check(input.messageAttributes()),
                        MessageAttributes.traceHeader(input.messageSystemAttributes()),
                        MessageAttributes.traceHeader(call.trace()),
                        input.messageDeduplicationId(),
                        input.messageGroupId(),
                        call.caller().userId()));
        var sent = sender.send(queue, List.of(draft)).getFirst();
        return SendMessageResult.builder()
                .messageId(sent.messageId())
                .mD5OfMessageBody(Md5.of(draft.stored().body()))
                .mD5OfMessageAttributes(Md5.of(draft.stored().attributes()))
                .mD5OfMessageSystemAttributes(draft.systemMd5())
                .sequenceNumber(sequence(queue, sent))
                .build();
    }

    SendMessageBatchResult sendBatch(SendMessageBatchRequest input, Call call) {
        var queue = queue(input.queueUrl(), call);
        var entries = Batch.check(input.entries(), "SendMessageBatchRequestEntry", SendMessageBatchRequestEntry::id);
        checkSize(entries);
        var failed = new ArrayList<BatchResultErrorEntry>();
        var accepted = new ArrayList<SendMessageBatchRequestEntry>();
        var wanted = new ArrayList<Draft>();
        for (var entry : entries) {
            try {
                wanted.add(drafts.check(queue, wish(entry, call)));
                accepted.add(entry);
            } catch (ServiceException e) {
                failed.add(Batch.failed(entry.id(), e));
            }
        }
        var successful = new ArrayList<SendMessageBatchResultEntry>();
        var sent = wanted.isEmpty() ? List.<Sender.Sent>of() : sender.send(queue, wanted);
        for (int i = 0; i < sent.size(); i++) {
            var stored = sent.get(i).draft().stored();
            successful.add(SendMessageBatchResultEntry.builder()
                    .id(accepted.get(i).id())
                    .messageId(sent.get(i).messageId())
                    .mD5OfMessageBody(Md5.of(stored.body()))
                    .mD5OfMessageAttributes(Md5.of(stored.attributes()))
                    .mD5OfMessageSystemAttributes(sent.get(i).draft().systemMd5())
                    .sequenceNumber(sequence(queue, sent.get(i)))
                    .build());
        }
        return new SendMessageBatchResult(Batch.listed(successful), Batch.listed(failed));
    }

    private static Drafts.Wish wish(SendMessageBatchRequestEntry entry, Call call) {
        return new Drafts.Wish(
                entry.messageBody(),
                entry.delaySeconds(),
                MessageAttributes.check(entry.messageAttributes()),
                MessageAttributes.traceHeader(entry.messageSystemAttributes()),
                MessageAttributes.traceHeader(call.trace()),
                entry.messageDeduplicationId(),
                entry.messageGroupId(),
                call.caller().userId());
    }

    private static void checkSize(List<SendMessageBatchRequestEntry> entries) {
        long size = 0;
        for (var entry : entries) {
            size += entry.messageBody() == null ? 0 : MessageAttributes.utf8(entry.messageBody());
            var attributes = entry.messageAttributes();
            if (attributes != null) {
                for (var attribute : attributes.entrySet()) {
                    var value = attribute.getValue();
                    size += MessageAttributes.utf8(attribute.getKey())
                            + (value.dataType() == null ? 0 : MessageAttributes.utf8(value.dataType()))
                            + (value.stringValue() == null ? 0 : MessageAttributes.utf8(value.stringValue()))
                            + (value.binaryValue() == null ? 0 : value.binaryValue().length);
                }
            }
        }
        if (size > BATCH_BYTES) {
            throw SqsErrors.batchRequestTooLong("Batch requests cannot be longer than " + BATCH_BYTES
                    + " bytes. You have sent " + size + " bytes.");
        }
    }

    private static @Nullable String sequence(QueueDefinition queue, Sender.Sent sent) {
        return queue.fifo() ? Sequence.text(sent.sequence()) : null;
    }

    private QueueDefinition queue(@Nullable String url, Call call) {
        var address = QueueUrl.parse(url, call);
        return ledger.definition(address.scope(), address.name()).orElseThrow(Refusal::noQueue);
    }
}
