// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.clew.core.Scope;
import dev.clew.core.store.StoreException;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.otlp.OtlpCounters.Refusal;
import dev.clew.traces.otlp.OtlpCounters.Rejection;
import dev.clew.traces.store.TraceStore;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes spans in: each is stored or rejected on its own, and what is answered as stored is durable. Safe for use by many
 * threads.
 */
public final class OtlpReceiver {
    private static final System.Logger LOG = System.getLogger(OtlpReceiver.class.getName());

    private final TraceStore traces;
    private final StoredSpans spans;
    private final InstantSource time;
    private final OtlpConfig config;
    private final OtlpCounters counters = new OtlpCounters();

    public OtlpReceiver(TraceStore traces, StoredSpans spans, InstantSource time, OtlpConfig config) {
        this.traces = traces;
        this.spans = spans;
        this.time = time;
        this.config = config;
    }

    public OtlpCounters counters() {
        return counters;
    }

    OtlpConfig config() {
        return config;
    }

    /** The spans of a trace that came by OTLP, whole, as the JSON of {@code TracesData}. */
    public String read(Scope scope, TraceId trace) {
        var data = TracesData.newBuilder();
        for (var stored : traces.spans(scope, trace)) {
            try {
                data.addResourceSpans(ResourceSpans.parseFrom(stored));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a stored span cannot be read", e);
            }
        }
        return OtlpJson.write(data).toString();
    }

    /** Stores what can be stored of {@code request}; returns when it is durable. */
    ExportTraceServiceResponse accept(Scope scope, ExportTraceServiceRequest request) throws RefusedExport {
        checkLimits(request);
        var work = new Work();
        for (var resourceSpans : request.getResourceSpansList()) {
            for (var scopeSpans : resourceSpans.getScopeSpansList()) {
                work.add(resourceSpans, scopeSpans);
            }
        }
        try {
            work.admit(scope);
            traces.write(scope, work.documents);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "spans could not be stored: " + e.getMessage());
            throw new RefusedExport(Refusal.STORE_FAILED, "The spans could not be stored; try again.");
        }
        counters.addStored(work.stored);
        work.rejected.forEach(counters::addRejected);
        return work.answer();
    }

    private void checkLimits(ExportTraceServiceRequest request) throws RefusedExport {
        int count = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (var resourceSpans : request.getResourceSpansList()) {
            for (var scopeSpans : resourceSpans.getScopeSpansList()) {
                count += scopeSpans.getSpansCount();
                for (var span : scopeSpans.getSpansList()) {
                    first = Math.min(first, span.getStartTimeUnixNano());
                    last = Math.max(last, span.getStartTimeUnixNano());
                }
            }
        }
        if (config.maxSpans() > 0 && count > config.maxSpans()) {
            throw new RefusedExport(
                    Refusal.OVER_LIMIT, "spans: " + count + " (expected: at most " + config.maxSpans() + ")");
        }
        if (count > 1
                && !config.maxSpread().isZero()
                && last - first > config.maxSpread().toNanos()) {
            throw new RefusedExport(
                    Refusal.OVER_LIMIT,
                    "spans begin " + Duration.ofNanos(last - first) + " apart (expected: at most " + config.maxSpread()
                            + ")");
        }
    }

    /** One request on its way into the store. */
    private final class Work {
        List<SegmentDocument> documents = new ArrayList<>();
        final Map<Rejection, Integer> rejected = new EnumMap<>(Rejection.class);
        int stored;

        void add(ResourceSpans resourceSpans, ScopeSpans scopeSpans) {
            int context = resourceSpans.getResource().getSerializedSize()
                    + scopeSpans.getScope().getSerializedSize();
            if (config.maxContextBytes() > 0 && context > config.maxContextBytes()) {
                rejected.merge(Rejection.CONTEXT_TOO_LARGE, scopeSpans.getSpansCount(), Integer::sum);
                return;
            }
            for (var span : scopeSpans.getSpansList()) {
                var problem = problem(span);
                if (problem == null) {
                    var made = spans.documents(resourceSpans, scopeSpans, span);
                    problem = made.isEmpty() ? Rejection.BAD_DOCUMENT : null;
                    documents.addAll(made);
                }
                if (problem == null) {
                    stored++;
                } else {
                    rejected.merge(problem, 1, Integer::sum);
                }
            }
        }

        /** Leaves out what may not join its trace. */
        void admit(Scope scope) {
            documents = traces.admit(scope, documents, refused -> {
                stored = Math.max(0, stored - 1);
                rejected.merge(Rejection.NOT_ADMITTED, 1, Integer::sum);
            });
        }

        private @Nullable Rejection problem(Span span) {
            if (SpanIds.of(span).isEmpty()) {
                return Rejection.BAD_ID;
            }
            if (config.maxSpanBytes() > 0 && span.getSerializedSize() > config.maxSpanBytes()) {
                return Rejection.SPAN_TOO_LARGE;
            }
            return timely(span.getStartTimeUnixNano()) ? null : Rejection.BAD_TIME;
        }

        private boolean timely(long startNanos) {
            long now = time.instant().toEpochMilli();
            long start = startNanos / 1_000_000;
            boolean old =
                    !config.maxAge().isZero() && start < now - config.maxAge().toMillis();
            boolean ahead = !config.maxAhead().isZero()
                    && start > now + config.maxAhead().toMillis();
            return startNanos > 0 && !old && !ahead;
        }

        ExportTraceServiceResponse answer() {
            var answer = ExportTraceServiceResponse.newBuilder();
            if (!rejected.isEmpty()) {
                var reasons = rejected.entrySet().stream()
                        .map(entry -> entry.getKey().message() + " (" + entry.getValue() + ')')
                        .toList();
                answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejected.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .setErrorMessage(String.join("; ", reasons)));
            }
            return answer.build();
        }
    }
}
