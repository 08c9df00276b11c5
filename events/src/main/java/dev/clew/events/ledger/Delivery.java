// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.bus.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * One event owed to one target, or, once that is given up, to the target's dead-letter queue.
 *
 * @param id stays the same over attempts and restarts, so that a target can recognise a repetition
 * @param event names the arrival of the event
 * @param target as the rule had it then
 * @param trace text of the header that every attempt carries, "" if none
 * @param hops buses that the event was on before this one
 */
public record Delivery(
        UUID id,
        AcceptedEvent.Key event,
        Scope scope,
        String bus,
        String rule,
        String ruleArn,
        Target target,
        String trace,
        int hops,
        Progress progress) {
    /** The order in which deliveries are attempted. */
    public static final Comparator<Delivery> BY_DUE_TIME =
            Comparator.comparing(Delivery::due).thenComparing(Delivery::id, Delivery::unsigned);

    /** As the store orders them. */
    private static int unsigned(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    /** When the next attempt may be made. */
    public Instant due() {
        return progress.due();
    }

    /** The context that every attempt carries. */
    public Optional<TraceHeader> context() {
        return TraceHeader.parse(trace);
    }

    /** The same after an attempt that ended at {@code end} for a reason that may pass. */
    public Delivery retryAt(Instant next, Instant end, ErrorCode code, String reason) {
        return with(target, progress.retried(end, next, code, reason));
    }

    /**
     * What is owed once it is given up: its dead letter.
     *
     * @param attempted whether an attempt led to this
     */
    public Delivery condemned(Verdict verdict, boolean attempted, Instant now) {
        return with(target, progress.condemned(verdict, attempted, now));
    }

    /** The same after the dead letter could not be sent for a reason that may pass. */
    public Delivery letterRetryAt(Instant next, Instant end) {
        return with(target, progress.letterRetried(end, next));
    }

    /** Owed anew, to {@code to}, its limits counting from now. */
    public Delivery redriven(Target to, Instant now) {
        return with(to, progress.redriven(now));
    }

    /** The same with the entry of its history that ended it. */
    public Delivery ended() {
        return with(target, progress.ended());
    }

    private Delivery with(Target to, Progress reached) {
        return new Delivery(id, event, scope, bus, rule, ruleArn, to, trace, hops, reached);
    }
}
