// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.core.Scope;
import dev.clew.queues.api.CreateQueueRequest;
import dev.clew.queues.api.CreateQueueResult;
import dev.clew.queues.api.DeleteQueueRequest;
import dev.clew.queues.api.GetQueueUrlRequest;
import dev.clew.queues.api.GetQueueUrlResult;
import dev.clew.queues.api.PurgeQueueRequest;
import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** CreateQueue, GetQueueUrl, DeleteQueue, PurgeQueue. */
final class QueueOperations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final String FIFO = ".fifo";
    private static final long PURGE_PAUSE = Duration.ofSeconds(60).toMillis();

    private final Ledger ledger;
    private final long recreateDelay;
    private final int maxQueues;

    QueueOperations(Ledger ledger, Duration recreateDelay, int maxQueues) {
        this.ledger = ledger;
        this.recreateDelay = recreateDelay.toMillis();
        this.maxQueues = maxQueues;
    }

    CreateQueueResult create(CreateQueueRequest input, Call call) {
        var name = checkName(Refusal.text(input.queueName(), "QueueName"));
        var wanted = input.attributes() == null ? Map.<String, String>of() : input.attributes();
        boolean fifo = name.endsWith(FIFO);
        if (fifo != "true".equals(wanted.getOrDefault(QueueAttributes.FIFO_QUEUE, "false"))) {
            throw Refusal.invalid("The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                    + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }
        var attributes = QueueAttributes.check(wanted, fifo);
        var tags = TagOperations.check(input.tags() == null ? Map.of() : input.tags());
        return new CreateQueueResult(QueueUrl.of(create(call.scope(), name, attributes, tags), call));
    }

    private QueueDefinition create(Scope scope, String name, Map<String, String> attributes, Map<String, String> tags) {
        return ledger.decide(turn -> {
            var known = turn.state().find(scope, name);
            if (known.isPresent()) {
                var difference = RedrivePolicies.difference(known.get().definition(), attributes);
                if (difference != null) {
                    throw SqsErrors.queueNameExists(
                            "A queue already exists with the same name and a different value for attribute "
                                    + difference);
                }
                return known.get().definition();
            }
            var deletedAt = turn.state().deletedAt(QueueDefinition.key(scope, name));
            if (deletedAt != null && turn.now() - deletedAt < recreateDelay) {
                throw SqsErrors.queueDeletedRecently("You must wait 60 seconds after deleting a queue before you can"
                        + " create another with the same name.");
            }
            if (turn.state().all().size() >= maxQueues) {
                throw SqsErrors.requestThrottled("This server holds " + maxQueues + " queues already.");
            }
            var kept = QueueAttributes.withoutEmpty(attributes);
            var checked = new QueueDefinition(
                    0, scope.account(), scope.region(), name, kept, tags, turn.now(), turn.now(), 0);
            RedrivePolicies.checkTarget(turn.state(), checked);
            var queue = checked.withId(turn.nextNumber());
            turn.change(new Change.QueueSet(queue));
            return queue;
        });
    }

    private static String checkName(String name) {
        var stem = name.endsWith(FIFO) ? name.substring(0, name.length() - FIFO.length()) : name;
        if (!NAME.matcher(stem).matches() || name.length() > 80) {
            throw Refusal.invalid(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        return name;
    }

    GetQueueUrlResult url(GetQueueUrlRequest input, Call call) {
        var name = Refusal.text(input.queueName(), "QueueName");
        var owner = input.queueOwnerAWSAccountId();
        var scope = owner == null ? call.scope() : new Scope(owner, call.scope().region());
        return new GetQueueUrlResult(QueueUrl.of(ledger.definition(scope, name).orElseThrow(Refusal::noQueue), call));
    }

    Unit delete(DeleteQueueRequest input, Call call) {
        var address = QueueUrl.parse(input.queueUrl(), call);
        return ledger.decide(turn -> {
            var queue = turn.state().find(address.scope(), address.name()).orElseThrow(Refusal::noQueue);
            turn.freeNames(turn.now() - recreateDelay);
            turn.change(new Change.QueueDeleted(queue.definition(), turn.now()));
            return Unit.VALUE;
        });
    }

    Unit purge(PurgeQueueRequest input, Call call) {
        var address = QueueUrl.parse(input.queueUrl(), call);
        return ledger.decide(turn -> {
            var queue = turn.state().find(address.scope(), address.name()).orElseThrow(Refusal::noQueue);
            var definition = queue.definition();
            if (definition.purgedAt() != 0 && turn.now() - definition.purgedAt() < PURGE_PAUSE) {
                throw SqsErrors.purgeQueueInProgress(
                        "Only one PurgeQueue operation on " + definition.name() + " is allowed every 60 seconds.");
            }
            turn.change(new Change.QueuePurged(queue.id()));
            turn.change(new Change.QueueSet(definition.withPurge(turn.now())));
            return Unit.VALUE;
        });
    }
}
