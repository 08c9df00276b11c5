// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.ByteString;
import dev.clew.core.trace.TraceId;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a span in X-Ray's form, and those that are made for it: always the same for the same span, so that reading it
 * again makes the same documents.
 *
 * @param parent null for a root
 */
record SpanIds(TraceId trace, String span, @Nullable String parent) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /** The ids of {@code span}, if they are ids. */
    static Optional<SpanIds> of(Span span) {
        var parent = span.getParentSpanId();
        boolean wellFormed = isId(span.getSpanId(), SPAN_BYTES) && (parent.isEmpty() || parent.size() == SPAN_BYTES);
        return wellFormed
                ? trace(span.getTraceId())
                        .map(trace -> new SpanIds(
                                trace, hex(span.getSpanId()), isId(parent, SPAN_BYTES) ? hex(parent) : null))
                : Optional.empty();
    }

    /** The trace id, if it is one. */
    static Optional<TraceId> trace(ByteString id) {
        if (!isId(id, TRACE_BYTES)) {
            return Optional.empty();
        }
        var hex = hex(id);
        return Optional.of(new TraceId("1-" + hex.substring(0, 8) + '-' + hex.substring(8)));
    }

    /** The span id, if it is one. */
    static Optional<String> span(ByteString id) {
        return isId(id, SPAN_BYTES) ? Optional.of(hex(id)) : Optional.empty();
    }

    private static boolean isId(ByteString id, int length) {
        if (id.size() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (id.byteAt(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private static String hex(ByteString id) {
        return HEX.formatHex(id.toByteArray());
    }

    /** The id of the segment made for the service's half of the span. */
    String service() {
        return made("service");
    }

    /** The id of the span's exception at this position. */
    String exception(int position) {
        return made("exception " + position);
    }

    private String made(String purpose) {
        try {
            var text = trace + " " + span + ' ' + purpose;
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(hash, 0, SPAN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
