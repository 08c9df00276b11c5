// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.trace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trace context that travels with a request: {@code Root=1-…;Parent=…;Sampled=1;Lineage=…}.
 *
 * @param root the trace
 * @param parent the segment or subsegment that caused the request
 * @param sampled whether to record
 * @param rest everything else (Lineage, Self, custom keys), in order and verbatim; "" if nothing
 */
public record TraceHeader(TraceId root, @Nullable SegmentId parent, Sampled sampled, String rest) {
    /** The HTTP header's name; compare it without regard to case. */
    public static final String NAME = "X-Amzn-Trace-Id";

    private static final int MAX_LENGTH = 2_048;

    /** What a header says about recording. */
    public enum Sampled {
        YES,
        NO,
        /** {@code Sampled=?}: the sender wants the decision in the response. */
        REQUESTED,
        /** No decision yet: whoever comes first decides. */
        UNDECIDED
    }

    /** A header of these three parts. */
    public static TraceHeader of(TraceId root, @Nullable SegmentId parent, Sampled sampled) {
        return new TraceHeader(root, parent, sampled, "");
    }

    /**
     * The context that {@code text} carries. Parts that are malformed are dropped; nothing is returned if no root
     * remains. Never throws.
     */
    public static Optional<TraceHeader> parse(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        TraceId root = null;
        SegmentId parent = null;
        var sampled = Sampled.UNDECIDED;
        var rest = new StringBuilder();
        for (var part : text.split(";")) {
            var trimmed = part.trim();
            int equals = trimmed.indexOf('=');
            if (equals <= 0) {
                continue;
            }
            var value = trimmed.substring(equals + 1);
            switch (trimmed.substring(0, equals)) {
                case "Root" -> root = TraceId.parse(value).orElse(null);
                case "Parent" -> parent = SegmentId.parse(value).orElse(null);
                case "Sampled" ->
                    sampled = switch (value) {
                        case "1" -> Sampled.YES;
                        case "0" -> Sampled.NO;
                        case "?" -> Sampled.REQUESTED;
                        default -> Sampled.UNDECIDED;
                    };
                default -> rest.append(rest.isEmpty() ? "" : ";").append(trimmed);
            }
        }
        return root == null ? Optional.empty() : Optional.of(new TraceHeader(root, parent, sampled, rest.toString()));
    }

    /** The same context with another parent. */
    public TraceHeader withParent(@Nullable SegmentId newParent) {
        return new TraceHeader(root, newParent, sampled, rest);
    }

    /** The same context with a decision. */
    public TraceHeader withSampled(Sampled decision) {
        return new TraceHeader(root, parent, decision, rest);
    }

    /** Whether the sender decided to record. */
    public boolean isSampled() {
        return sampled == Sampled.YES;
    }

    /** The header's text; parses back to an equal value. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("Root=").append(root);
        if (parent != null) {
            text.append(";Parent=").append(parent);
        }
        var decision = switch (sampled) {
            case YES -> "Sampled=1";
            case NO -> "Sampled=0";
            case REQUESTED -> "Sampled=?";
            case UNDECIDED -> "";
        };
        for (var part : new String[] {decision, rest}) {
            if (!part.isEmpty()) {
                text.append(';').append(part);
            }
        }
        return text.toString();
    }
}
