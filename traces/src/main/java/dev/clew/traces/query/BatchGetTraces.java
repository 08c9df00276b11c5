// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.BatchGetTracesRequest;
import dev.clew.traces.api.BatchGetTracesResult;
import dev.clew.traces.api.Trace;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.digest.Digester;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** BatchGetTraces: whole traces by id. Ids that are not stored are missing from the answer. */
public final class BatchGetTraces implements Operation<BatchGetTracesRequest, BatchGetTracesResult> {
    private static final int MAX_IDS = 5;

    private final TraceStore traces;
    private final InstantSource time;
    private final TracesConfig config;

    public BatchGetTraces(TraceStore traces, InstantSource time, TracesConfig config) {
        this.traces = traces;
        this.time = time;
        this.config = config;
    }

    @Override
    public BatchGetTracesResult handle(BatchGetTracesRequest input, Call call) {
        if (input.nextToken() != null) {
            throw XrayErrors.invalidRequestException("NextToken is currently not supported");
        }
        return BatchGetTracesResult.builder()
                .traces(find(call.scope(), ids(input.traceIds())))
                .unprocessedTraceIds(List.of())
                .build();
    }

    /** The traces of {@code ids} that are stored. */
    public List<Trace> find(Scope scope, Collection<TraceId> ids) {
        return ids.stream()
                .flatMap(id -> traces.find(scope, id).map(trace -> trace(scope, id, trace)).stream())
                .toList();
    }

    /** The ids that a caller names, each once. */
    public static Set<TraceId> ids(List<String> texts) {
        if (texts.isEmpty()) {
            throw XrayErrors.invalidRequestException("TraceIds: none (expected: 1 to " + MAX_IDS + ")");
        }
        if (texts.size() > MAX_IDS) {
            throw XrayErrors.invalidRequestException("Exceeding maximum query size: " + MAX_IDS);
        }
        var ids = new LinkedHashSet<TraceId>();
        for (var text : texts) {
            ids.add(TraceId.parse(text)
                    .orElseThrow(() -> XrayErrors.invalidRequestException(
                            "TraceIds: '" + text + "' (expected: 1-{8 hex}-{24 hex})")));
        }
        return ids;
    }

    private Trace trace(Scope scope, TraceId id, Assembly assembly) {
        var digest = Digester.digest(id, assembly, config.tracedGrace());
        return Trace.builder()
                .id(id.text())
                .duration(digest.duration() == TraceDigest.NONE ? null : Micros.seconds(digest.duration()))
                .limitExceeded(traces.limited(scope, id))
                .segments(DocumentCompiler.compile(id, assembly, time.instant(), config))
                .build();
    }
}
