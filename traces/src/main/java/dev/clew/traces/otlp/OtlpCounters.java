// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What became of the spans that were sent. Safe for use by many threads. */
public final class OtlpCounters {
    private final LongAdder stored = new LongAdder();
    private final LongAdder[] rejected = fresh(Rejection.values().length);
    private final LongAdder[] refused = fresh(Refusal.values().length);

    /** Why a span is rejected while its neighbours are stored. */
    public enum Rejection {
        /** Trace, span or parent id is none. */
        BAD_ID("a span has no well-formed trace id, span id or parent span id"),
        /** It begins too long ago, or too far ahead. */
        BAD_TIME("a span begins too long ago or too far ahead"),
        /** The span has too many bytes. */
        SPAN_TOO_LARGE("a span is too large"),
        /** Its resource and scope have too many bytes. */
        CONTEXT_TOO_LARGE("a resource with its scope is too large"),
        /** Its trace is closed or has reached its ceiling. */
        NOT_ADMITTED("a span's trace takes no more"),
        /** What it becomes is no segment document. */
        BAD_DOCUMENT("a span makes no segment document");

        private final String message;

        Rejection(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }

    /** Why a whole request is refused. */
    public enum Refusal {
        /** It cannot be read. */
        MALFORMED,
        /** The body is too large. */
        TOO_LARGE,
        /** It has too many spans, or they begin too far apart. */
        OVER_LIMIT,
        /** Method, content type or encoding is not served. */
        NOT_SERVED,
        /** The caller may not send spans. */
        DENIED,
        /** The store failed; senders try again. */
        STORE_FAILED
    }

    private static LongAdder[] fresh(int size) {
        var counters = new LongAdder[size];
        Arrays.setAll(counters, position -> new LongAdder());
        return counters;
    }

    /** Spans that are durable. */
    public long stored() {
        return stored.sum();
    }

    /** Spans rejected for this reason. */
    public long rejected(Rejection reason) {
        return rejected[reason.ordinal()].sum();
    }

    /** Requests refused for this reason. */
    public long refused(Refusal reason) {
        return refused[reason.ordinal()].sum();
    }

    void addStored(int spans) {
        stored.add(spans);
    }

    void addRejected(Rejection reason, int spans) {
        rejected[reason.ordinal()].add(spans);
    }

    void addRefused(Refusal reason) {
        refused[reason.ordinal()].increment();
    }
}
