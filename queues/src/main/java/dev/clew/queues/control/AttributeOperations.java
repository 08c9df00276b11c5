// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.api.GetQueueAttributesRequest;
import dev.clew.queues.api.GetQueueAttributesResult;
import dev.clew.queues.api.SetQueueAttributesRequest;
import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.Queue;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** GetQueueAttributes and SetQueueAttributes. */
final class AttributeOperations {
    private static final String ALL = "All";
    private static final Set<String> NAMES = Set.of(
            ALL,
            "Policy",
            "VisibilityTimeout",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "CreatedTimestamp",
            "LastModifiedTimestamp",
            "QueueArn",
            "ApproximateNumberOfMessagesDelayed",
            "DelaySeconds",
            "ReceiveMessageWaitTimeSeconds",
            "RedrivePolicy",
            "FifoQueue",
            "ContentBasedDeduplication",
            "KmsMasterKeyId",
            "KmsDataKeyReusePeriodSeconds",
            "DeduplicationScope",
            "FifoThroughputLimit",
            "RedriveAllowPolicy",
            "SqsManagedSseEnabled");

    private final Ledger ledger;

    AttributeOperations(Ledger ledger) {
        this.ledger = ledger;
    }

    GetQueueAttributesResult get(GetQueueAttributesRequest input, Call call) {
        var address = QueueUrl.parse(input.queueUrl(), call);
        var wanted = input.attributeNames() == null ? List.<String>of() : input.attributeNames();
        for (var name : wanted) {
            if (!NAMES.contains(name)) {
                throw SqsErrors.invalidAttributeName("Unknown Attribute " + name + '.');
            }
        }
        var attributes = ledger.decide(turn -> all(
                turn.upToDate(turn.state().find(address.scope(), address.name()).orElseThrow(Refusal::noQueue))));
        if (!wanted.contains(ALL)) {
            attributes.keySet().retainAll(Set.copyOf(wanted));
        }
        return new GetQueueAttributesResult(attributes.isEmpty() ? null : attributes);
    }

    private static Map<String, String> all(Queue queue) {
        var definition = queue.definition();
        var counts = queue.counts();
        var all = new TreeMap<>(definition.effective());
        all.put("QueueArn", definition.arn().toString());
        all.put("CreatedTimestamp", Long.toString(definition.createdAt() / 1_000));
        all.put("LastModifiedTimestamp", Long.toString(definition.modifiedAt() / 1_000));
        all.put("ApproximateNumberOfMessages", Integer.toString(counts.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()));
        return all;
    }

    Unit set(SetQueueAttributesRequest input, Call call) {
        var address = QueueUrl.parse(input.queueUrl(), call);
        var wanted = Refusal.required(input.attributes(), "Attribute.Name");
        boolean fifo = ledger.definition(address.scope(), address.name())
                .orElseThrow(Refusal::noQueue)
                .fifo();
        if (fifo && "false".equals(wanted.get(QueueAttributes.FIFO_QUEUE))) {
            throw Refusal.value("false", QueueAttributes.FIFO_QUEUE, "Modifying queue type is not supported.");
        }
        var checked = QueueAttributes.check(wanted, fifo);
        return ledger.decide(turn -> {
            var queue = turn.state()
                    .find(address.scope(), address.name())
                    .orElseThrow(Refusal::noQueue)
                    .definition();
            var changed = queue.withAttributes(QueueAttributes.merge(queue.attributes(), checked), turn.now());
            RedrivePolicies.checkTarget(turn.state(), changed);
            turn.change(new Change.QueueSet(changed));
            return Unit.VALUE;
        });
    }
}
