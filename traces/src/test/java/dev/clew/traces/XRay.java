// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.traces.api.BatchGetTracesRequest;
import dev.clew.traces.api.GetTraceSummariesRequest;
import dev.clew.traces.api.PutTraceSegmentsRequest;
import dev.clew.traces.api.PutTraceSegmentsResult;
import dev.clew.traces.api.Segment;
import dev.clew.traces.api.Trace;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.XrayModel;
import dev.clew.wire.Call;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.shape.Member;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trace store in a test, called as the front door calls it. */
public final class XRay {
    public static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    public static final TraceId TRACE = TraceId.of(ManualClock.START.getEpochSecond(), 1, 1);

    private static final Call CALL = new Call(
            "4a6b0c1e-0000-4000-8000-000000000001",
            SCOPE,
            new Call.Caller(Arn.of("iam", "", "111111111111", "user/test"), "AIDATEST", "AKIATEST"),
            null,
            HttpHeaders.EMPTY,
            URI.create("http://localhost:4566"),
            "127.0.0.1");

    public final ManualClock clock = new ManualClock();
    private final Store store;
    private final TracesConfig config;
    private @Nullable Path index;
    private MortalStore process;
    private Traces traces;

    public XRay() {
        this(TracesConfig.DEFAULTS);
    }

    public XRay(TracesConfig config) {
        this(config, null);
    }

    /** @param index folder for an index; null for none */
    public XRay(TracesConfig config, @Nullable Path index) {
        this.config = config;
        this.index = index;
        this.store = new MemoryStore();
        this.process = new MortalStore(store);
        this.traces = open();
    }

    private Traces open() {
        process = new MortalStore(store);
        var opened = new Traces(process, clock, new Random(1), index, config);
        opened.openIndex();
        return opened;
    }

    /** A regular end and a new start, perhaps with another folder for the index. */
    public void restart(@Nullable Path next) {
        traces.close();
        index = next;
        traces = open();
    }

    /** A crash: what memory held is gone, and a new server opens the store. */
    public void crash() {
        traces = open();
    }

    /**
     * A crash with an index in use.
     *
     * @param left saves what the dead process left of its index, and tells where
     */
    public void crash(Supplier<Path> left) {
        process.die();
        index = left.get();
        var dead = traces;
        traces = open();
        dead.close();
    }

    public Traces traces() {
        return traces;
    }

    public Store store() {
        return store;
    }

    @SuppressWarnings("unchecked") // the binding holds the handler under its own model
    public <I, O> O call(OperationModel<I, O> operation, I input) {
        var bound = (ServiceBinding.Bound<I, O>)
                Objects.requireNonNull(traces.binding().bound().get(operation.name()));
        return bound.handler().handle(input, CALL);
    }

    public PutTraceSegmentsResult put(String... documents) {
        return put(List.of(documents));
    }

    public PutTraceSegmentsResult put(List<String> documents) {
        return call(XrayModel.PUT_TRACE_SEGMENTS, new PutTraceSegmentsRequest(documents));
    }

    public @Nullable Trace get(TraceId id) {
        var found = call(
                XrayModel.BATCH_GET_TRACES,
                BatchGetTracesRequest.builder().traceIds(List.of(id.text())).build());
        var list = Objects.requireNonNull(found.traces());
        return list.isEmpty() ? null : list.getFirst();
    }

    /** The compiled documents of a trace. */
    public List<JsonNode> documents(TraceId id) {
        return Objects.requireNonNull(Objects.requireNonNull(get(id)).segments()).stream()
                .map(Segment::document)
                .map(text -> JsonMapper.shared().readTree(text))
                .toList();
    }

    public List<TraceSummary> summaries(Instant from, Instant to) {
        return summaries(from, to, null);
    }

    /** All pages. */
    public List<TraceSummary> summaries(Instant from, Instant to, @Nullable String filter) {
        var all = new ArrayList<TraceSummary>();
        String token = null;
        do {
            var page = call(
                    XrayModel.GET_TRACE_SUMMARIES,
                    GetTraceSummariesRequest.builder()
                            .startTime(from)
                            .endTime(to)
                            .filterExpression(filter)
                            .nextToken(token)
                            .build());
            all.addAll(Objects.requireNonNull(page.traceSummaries()));
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    /** The only summary of the hour that tests happen in. */
    public TraceSummary summary() {
        var found = summaries(ManualClock.START.minusSeconds(1_800), ManualClock.START.plusSeconds(1_800));
        if (found.size() != 1) {
            throw new AssertionError("summaries: " + found.size() + " (expected: 1)");
        }
        return found.getFirst();
    }

    /** A summary to compare with one that came about in other steps. */
    public static TraceSummary withoutRevision(TraceSummary summary) {
        var values = TraceSummary.SHAPE.values(summary);
        values[TraceSummary.SHAPE.members().stream().map(Member::name).toList().indexOf("Revision")] = 0;
        return TraceSummary.SHAPE.construct(values);
    }
}
