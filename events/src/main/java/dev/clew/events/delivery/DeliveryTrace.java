// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Arn;
import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentWriter;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.Step;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery leaves in its event's trace: one subsegment under the bus's segment for each attempt, at the target or at the
 * dead-letter queue. Ours, not the original's, so every key begins with {@code clew.}; it never adds a segment document. A call to a
 * queue looks like one that an SDK makes, so that the queue becomes a node of the service map.
 */
public final class DeliveryTrace {
    private static final String QUEUES = "sqs";

    private final IdSource ids;

    public DeliveryTrace(IdSource ids) {
        this.ids = ids;
    }

    /** The subsegment, or nothing if the event is not traced. */
    Optional<String> document(Delivery delivery, Step step) {
        var context = delivery.context().orElse(null);
        if (context == null || context.parent() == null || !context.isSampled()) {
            return Optional.empty();
        }
        var queue = Arn.parse(step.target()).filter(arn -> arn.service().equals(QUEUES));
        return Optional.of(SegmentWriter.document(subsegment -> {
            subsegment
                    .text("id", ids.nextSegmentId())
                    .text("name", queue.isPresent() ? "SQS" : nameOf(step.target()))
                    .text("type", "subsegment")
                    .text("trace_id", context.root())
                    .text("parent_id", context.parent())
                    .time("start_time", step.begin())
                    .time("end_time", step.end())
                    .flag("error", problem(step));
            queue.ifPresent(arn -> subsegment
                    .text("namespace", "aws")
                    .object(
                            "aws",
                            aws -> aws.text("operation", "SendMessage")
                                    .text("region", arn.region())
                                    .text("account_id", arn.account())
                                    .text("queue_url", url(arn))
                                    .texts("resource_names", List.of(step.target()))));
            subsegment.object("annotations", annotations -> annotate(annotations, delivery, step));
            if (step.payload() != null) {
                subsegment.object(
                        "metadata",
                        metadata -> metadata.object("clew", clew -> clew.text("clew.payload", step.payload())));
            }
            if (step.reason() != null && problem(step)) {
                subsegment.object(
                        "cause",
                        cause -> cause.objects(
                                "exceptions",
                                List.of(exception -> exception
                                        .text("id", ids.nextSegmentId())
                                        .text("type", "clew." + step.code())
                                        .text("message", step.reason()))));
            }
        }));
    }

    private static void annotate(SegmentWriter annotations, Delivery delivery, Step step) {
        annotations
                .text("clew.outcome", word(step.outcome()))
                .text("clew.bus", delivery.bus())
                .text("clew.rule", delivery.ruleArn())
                .text("clew.target", delivery.target().arn())
                .text("clew.event_id", delivery.event().id())
                .number("clew.attempt", step.attempt())
                .number("clew.wait_ms", step.waitMillis());
        if (delivery.progress().spared() > 0) {
            annotations.bool("clew.redriven", true);
        }
        if (delivery.progress().verdict() != null) {
            annotations.text("clew.dead_letter_queue", step.target());
        }
        if (step.code() != null) {
            annotations.text("clew.error_code", step.code());
        }
        if (step.exhausted() != null) {
            annotations.text("clew.exhausted", step.exhausted());
        }
    }

    /** A queue that takes a dead letter did its work well; what went wrong before has its own subsegment. */
    private static boolean problem(Step step) {
        return switch (step.outcome()) {
            case DELIVERED, DEAD_LETTERED, REDRIVEN -> false;
            case RETRIED, REFUSED, FAILED, LETTER_RETRIED, LETTER_FAILED -> true;
        };
    }

    private static String word(Step.Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> "delivered";
            case RETRIED, LETTER_RETRIED -> "retried";
            case REFUSED -> "refused";
            case FAILED, LETTER_FAILED -> "failed";
            case DEAD_LETTERED -> "dead-lettered";
            case REDRIVEN -> "redriven";
        };
    }

    private static String url(Arn queue) {
        return "https://sqs." + queue.region() + ".amazonaws.com/" + queue.account() + '/' + queue.resource();
    }

    /** The last part of an ARN, as people call the thing. */
    private static String nameOf(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
    }
}
