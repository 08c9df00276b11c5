// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.BatchResultErrorEntry;
import dev.clew.queues.api.ChangeMessageVisibilityBatchRequest;
import dev.clew.queues.api.ChangeMessageVisibilityBatchRequestEntry;
import dev.clew.queues.api.ChangeMessageVisibilityBatchResult;
import dev.clew.queues.api.ChangeMessageVisibilityBatchResultEntry;
import dev.clew.queues.api.ChangeMessageVisibilityRequest;
import dev.clew.queues.api.DeleteMessageBatchRequest;
import dev.clew.queues.api.DeleteMessageBatchRequestEntry;
import dev.clew.queues.api.DeleteMessageBatchResult;
import dev.clew.queues.api.DeleteMessageBatchResultEntry;
import dev.clew.queues.api.DeleteMessageRequest;
import dev.clew.queues.call.Batch;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** DeleteMessage, ChangeMessageVisibility, and their batches. */
final class ReceiptOperations {
    private final Ledger ledger;
    private final Receipts receipts;

    ReceiptOperations(Ledger ledger, Receipts receipts) {
        this.ledger = ledger;
        this.receipts = receipts;
    }

    Unit delete(DeleteMessageRequest input, Call call) {
        return one(queue(input.queueUrl(), call), new Receipts.Wish.Delete(input.receiptHandle()));
    }

    Unit changeVisibility(ChangeMessageVisibilityRequest input, Call call) {
        return one(
                queue(input.queueUrl(), call),
                new Receipts.Wish.Hide(input.receiptHandle(), input.visibilityTimeout()));
    }

    private Unit one(QueueDefinition queue, Receipts.Wish wish) {
        receipts.fulfil(queue, List.of(wish)).getFirst().ifPresent(error -> {
            throw error;
        });
        return Unit.VALUE;
    }

    DeleteMessageBatchResult deleteBatch(DeleteMessageBatchRequest input, Call call) {
        var queue = queue(input.queueUrl(), call);
        var entries =
                Batch.check(input.entries(), "DeleteMessageBatchRequestEntry", DeleteMessageBatchRequestEntry::id);
        var outcome = many(
                queue,
                entries,
                DeleteMessageBatchRequestEntry::id,
                entry -> new Receipts.Wish.Delete(entry.receiptHandle()));
        return new DeleteMessageBatchResult(
                Batch.listed(outcome.successful().stream()
                        .map(DeleteMessageBatchResultEntry::new)
                        .toList()),
                Batch.listed(outcome.failed()));
    }

    ChangeMessageVisibilityBatchResult changeVisibilityBatch(ChangeMessageVisibilityBatchRequest input, Call call) {
        var queue = queue(input.queueUrl(), call);
        var entries = Batch.check(
                input.entries(),
                "ChangeMessageVisibilityBatchRequestEntry",
                ChangeMessageVisibilityBatchRequestEntry::id);
        var outcome = many(
                queue,
                entries,
                ChangeMessageVisibilityBatchRequestEntry::id,
                entry -> new Receipts.Wish.Hide(entry.receiptHandle(), entry.visibilityTimeout()));
        return new ChangeMessageVisibilityBatchResult(
                Batch.listed(outcome.successful().stream()
                        .map(ChangeMessageVisibilityBatchResultEntry::new)
                        .toList()),
                Batch.listed(outcome.failed()));
    }

    private record Outcome(List<String> successful, List<BatchResultErrorEntry> failed) {}

    private <E> Outcome many(
            QueueDefinition queue,
            List<E> entries,
            Function<E, @Nullable String> idOf,
            Function<E, Receipts.Wish> wishOf) {
        var outcomes = receipts.fulfil(queue, entries.stream().map(wishOf).toList());
        var outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < outcomes.size(); i++) {
            var id = Refusal.required(idOf.apply(entries.get(i)), "Id");
            outcomes.get(i)
                    .ifPresentOrElse(
                            error -> outcome.failed().add(Batch.failed(id, error)),
                            () -> outcome.successful().add(id));
        }
        return outcome;
    }

    private QueueDefinition queue(@Nullable String url, Call call) {
        var address = QueueUrl.parse(url, call);
        return ledger.definition(address.scope(), address.name()).orElseThrow(Refusal::noQueue);
    }
}
