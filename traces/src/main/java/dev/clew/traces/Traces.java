// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.store.Store;
import dev.clew.core.trace.SegmentSink;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.graph.GraphQueries;
import dev.clew.traces.ingest.Ingest;
import dev.clew.traces.query.BatchGetTraces;
import dev.clew.traces.query.GetTraceSummaries;
import dev.clew.traces.store.DigestWriter;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * X-Ray: takes segment documents in, keeps them, and answers what happened.
 *
 * <p>Safe for use by many threads. Documents are durable when the call or commit that brought them returns, and queries
 * see them from then on.
 */
public final class Traces implements AutoCloseable {
    private final InstantSource time;
    private final TracesConfig config;
    private final TraceStore store;
    private final Ingest ingest;
    private final ServiceBinding binding;
    private @Nullable DigestWriter writer;

    /** Opens what {@code store} holds of traces; closing the store is the caller's. */
    public Traces(Store store, InstantSource time, TracesConfig config) {
        this.time = time;
        this.config = config;
        var parser = new DocumentParser(config.maxDocumentBytes());
        this.store = new TraceStore(store, time, parser, config);
        this.ingest = new Ingest(this.store, parser, config);
        var graphs = new GraphQueries(this.store, time, config);
        this.binding = ServiceBinding.builder(XrayModel.SERVICE)
                .bind(XrayModel.PUT_TRACE_SEGMENTS, ingest::putTraceSegments)
                .bind(XrayModel.PUT_TELEMETRY_RECORDS, ingest::putTelemetryRecords)
                .bind(XrayModel.BATCH_GET_TRACES, new BatchGetTraces(this.store, time, config))
                .bind(XrayModel.GET_TRACE_SUMMARIES, new GetTraceSummaries(this.store, config))
                .bind(XrayModel.GET_SERVICE_GRAPH, graphs::serviceGraph)
                .bind(XrayModel.GET_TRACE_GRAPH, graphs::traceGraph)
                .bind(XrayModel.GET_TIME_SERIES_SERVICE_STATISTICS, graphs::timeSeries)
                .build();
    }

    /** The operations of X-Ray. */
    public ServiceBinding binding() {
        return binding;
    }

    /** Where the platform's own hops write their segments. */
    public SegmentSink sink() {
        return ingest;
    }

    /** Begins to keep what is derived from documents up to date in the background. Queries are right without it. */
    public synchronized void start() {
        if (writer == null) {
            writer = DigestWriter.start(store, time, config.digestDelay());
        }
    }

    /** Forgets every trace. Nothing may be written meanwhile. */
    public void reset() {
        store.reset();
    }

    /** Ends the background work. */
    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
