// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentWriter;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.FailedDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery leaves in its event's trace: one subsegment under the bus's segment for each attempt that decided something.
 * Ours, not the original's, so every key begins with {@code clew.}; it never adds a segment document.
 */
final class DeliveryTrace {
    private final IdSource ids;

    DeliveryTrace(IdSource ids) {
        this.ids = ids;
    }

    /**
     * The subsegment, or nothing if the event is not traced.
     *
     * @param failure why the delivery ended without being made; null if it was made or will be tried again
     * @param reason what the target said, if it did not take it; null if it did
     */
    Optional<String> document(
            Delivery delivery,
            Instant begin,
            Instant end,
            String outcome,
            @Nullable FailedDelivery failure,
            @Nullable String reason) {
        var context = delivery.context().orElse(null);
        if (context == null || context.parent() == null || !context.isSampled()) {
            return Optional.empty();
        }
        var waited = Duration.between(delivery.accepted(), begin).toMillis();
        return Optional.of(SegmentWriter.document(subsegment -> {
            subsegment
                    .text("id", ids.nextSegmentId())
                    .text("name", nameOf(delivery.target().arn()))
                    .text("type", "subsegment")
                    .text("trace_id", context.root())
                    .text("parent_id", context.parent())
                    .time("start_time", begin)
                    .time("end_time", end)
                    .flag("error", failure != null)
                    .object(
                            "annotations",
                            annotations -> annotations
                                    .text("clew.outcome", outcome)
                                    .text("clew.rule", delivery.ruleArn())
                                    .text("clew.target", delivery.target().arn())
                                    .text("clew.event_id", delivery.event())
                                    .number("clew.attempt", delivery.attempts() + 1)
                                    .number("clew.wait_ms", Math.max(0, waited)));
            if (reason != null) {
                subsegment.object(
                        "cause",
                        cause -> cause.objects(
                                "exceptions",
                                List.of(exception -> exception
                                        .text("id", ids.nextSegmentId())
                                        .text("type", failure == null ? "clew.Unavailable" : "clew." + failure.kind())
                                        .text("message", reason))));
            }
        }));
    }

    /** The last part of an ARN, as people call the thing. */
    private static String nameOf(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
    }
}
