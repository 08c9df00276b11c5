// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.retrieval;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.api.CancelTraceRetrievalRequest;
import dev.clew.traces.api.CancelTraceRetrievalResult;
import dev.clew.traces.api.GetRetrievedTracesGraphRequest;
import dev.clew.traces.api.GetRetrievedTracesGraphResult;
import dev.clew.traces.api.ListRetrievedTracesRequest;
import dev.clew.traces.api.ListRetrievedTracesResult;
import dev.clew.traces.api.RetrievedService;
import dev.clew.traces.api.RetrievedTrace;
import dev.clew.traces.api.Segment;
import dev.clew.traces.api.Span;
import dev.clew.traces.api.StartTraceRetrievalRequest;
import dev.clew.traces.api.StartTraceRetrievalResult;
import dev.clew.traces.api.Trace;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import dev.clew.traces.graph.GraphQueries;
import dev.clew.traces.otlp.OtelView;
import dev.clew.traces.query.BatchGetTraces;
import dev.clew.traces.query.PageToken;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.Call;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * StartTraceRetrieval, ListRetrievedTraces, GetRetrievedTracesGraph, CancelTraceRetrieval. Safe for use by many threads.
 *
 * <p>Every stored trace can be read at once, so a job is complete when it is made; it remembers which traces were asked
 * for. Jobs live in memory: after a restart, or when there are too many, a token is unknown.
 */
public final class Retrievals {
    private static final int MAX_IDS = 100;
    private static final int MAX_JOBS = 1_000;
    private static final Duration LIFETIME = Duration.ofMinutes(60);
    private static final int TRACES_PER_PAGE = 5;
    private static final int SPANS_PER_TRACE = 100;
    private static final String COMPLETE = "COMPLETE";
    private static final String XRAY = "XRAY";
    private static final String OTEL = "OTEL";
    private static final int SPAN_LENGTH = 204_800;

    private final TraceStore traces;
    private final BatchGetTraces batches;
    private final GraphQueries graphs;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    private record Job(Scope scope, List<TraceId> ids, Instant made) {}

    /** @param random safe for use by many threads */
    public Retrievals(
            TraceStore traces,
            BatchGetTraces batches,
            GraphQueries graphs,
            InstantSource time,
            RandomGenerator random) {
        this.traces = traces;
        this.batches = batches;
        this.graphs = graphs;
        this.time = time;
        this.random = random;
    }

    public StartTraceRetrievalResult start(StartTraceRetrievalRequest input, Call call) {
        if (input.traceIds().isEmpty()) {
            throw XrayErrors.invalidRequestException("TraceIds: none (expected: 1 to " + MAX_IDS + ")");
        }
        if (input.startTime().isAfter(input.endTime())) {
            throw XrayErrors.invalidRequestException(
                    "StartTime: " + input.startTime() + " (expected: not after EndTime " + input.endTime() + ")");
        }
        long from = Micros.of(input.startTime());
        long to = Micros.of(input.endTime());
        var ids = new LinkedHashSet<TraceId>();
        for (var text : input.traceIds()) {
            var id = TraceId.parse(text)
                    .orElseThrow(() -> XrayErrors.invalidRequestException(
                            "TraceIds: '" + text + "' (expected: 1-{8 hex}-{24 hex})"));
            traces.digest(call.scope(), id)
                    .map(TraceDigest::indexTime)
                    .filter(at -> at >= from && at <= to)
                    .ifPresent(at -> ids.add(id));
        }
        return new StartTraceRetrievalResult(remember(new Job(call.scope(), List.copyOf(ids), time.instant())));
    }

    private String remember(Job job) {
        var token = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        synchronized (jobs) {
            jobs.put(token, job);
            if (jobs.size() > MAX_JOBS) {
                jobs.remove(jobs.keySet().iterator().next());
            }
        }
        return token;
    }

    private Job job(String token, Scope scope) {
        synchronized (jobs) {
            jobs.values().removeIf(job -> job.made.plus(LIFETIME).isBefore(time.instant()));
            var job = jobs.get(token);
            if (job == null || !job.scope.equals(scope)) {
                throw XrayErrors.resourceNotFoundException(
                        "RetrievalToken: unknown (expected: one that StartTraceRetrieval answered in the last hour)");
            }
            return job;
        }
    }

    /** Nothing is left to cancel; an unknown token is still an error. */
    public CancelTraceRetrievalResult cancel(CancelTraceRetrievalRequest input, Call call) {
        job(input.retrievalToken(), call.scope());
        return new CancelTraceRetrievalResult();
    }

    public ListRetrievedTracesResult list(ListRetrievedTracesRequest input, Call call) {
        var job = job(input.retrievalToken(), call.scope());
        var format = Objects.requireNonNullElse(input.traceFormat(), XRAY);
        int query = Objects.hash(input.retrievalToken(), format, "traces");
        int from = position(input.nextToken(), query);
        int to = Math.min(job.ids.size(), from + TRACES_PER_PAGE);
        var found = new ArrayList<RetrievedTrace>();
        int next = from;
        while (next < to && found.size() < TRACES_PER_PAGE) {
            var id = job.ids.get(next);
            var parts = batches.find(call.scope(), List.of(id)).stream()
                    .flatMap(trace -> parts(trace, spans(call.scope(), id, trace, format)).stream())
                    .toList();
            if (!found.isEmpty() && found.size() + parts.size() > TRACES_PER_PAGE) {
                break;
            }
            found.addAll(parts);
            next++;
        }
        return ListRetrievedTracesResult.builder()
                .retrievalStatus(COMPLETE)
                .traceFormat(format)
                .traces(found)
                .nextToken(next < job.ids.size() ? token(query, next) : null)
                .build();
    }

    private List<Span> spans(Scope scope, TraceId id, Trace trace, String format) {
        var segments = Objects.requireNonNullElse(trace.segments(), List.<Segment>of());
        if (!format.equals(OTEL)) {
            return segments.stream()
                    .map(segment -> new Span(segment.id(), segment.document()))
                    .toList();
        }
        var documents = segments.stream()
                .map(segment -> JsonMapper.shared().readTree(segment.document()))
                .toList();
        return OtelView.of(id, traces.spans(scope, id), documents).stream()
                .filter(view -> view.json().length() <= SPAN_LENGTH) // an answer may not hold longer ones
                .map(view -> new Span(view.id(), view.json()))
                .toList();
    }

    /** A trace of many documents comes in several parts. */
    private static List<RetrievedTrace> parts(Trace trace, List<Span> spans) {
        var parts = new ArrayList<RetrievedTrace>();
        for (int i = 0; i < spans.size(); i += SPANS_PER_TRACE) {
            var part = spans.subList(i, Math.min(spans.size(), i + SPANS_PER_TRACE));
            parts.add(new RetrievedTrace(trace.id(), trace.duration(), part));
        }
        return parts;
    }

    public GetRetrievedTracesGraphResult graph(GetRetrievedTracesGraphRequest input, Call call) {
        var job = job(input.retrievalToken(), call.scope());
        int query = Objects.hash(input.retrievalToken(), "graph");
        int from = position(input.nextToken(), query);
        var services = graphs.graph(call.scope(), job.ids);
        int to = Math.min(services.size(), from + SPANS_PER_TRACE);
        return GetRetrievedTracesGraphResult.builder()
                .retrievalStatus(COMPLETE)
                .services(services.subList(Math.min(from, to), to).stream()
                        .map(service -> new RetrievedService(service, List.of()))
                        .toList())
                .nextToken(to < services.size() ? token(query, to) : null)
                .build();
    }

    private static String token(int query, int position) {
        return new PageToken(
                        query,
                        ByteBuffer.allocate(Integer.BYTES).putInt(position).array())
                .text();
    }

    private static int position(@Nullable String token, int query) {
        if (token == null) {
            return 0;
        }
        var position = ByteBuffer.wrap(PageToken.parse(token, query).position());
        int from = position.remaining() == Integer.BYTES ? position.getInt() : -1;
        if (from < 0) {
            throw XrayErrors.invalidRequestException("NextToken: not a token of this query");
        }
        return from;
    }

    /** Forgets all jobs. */
    public void reset() {
        synchronized (jobs) {
            jobs.clear();
        }
    }
}
