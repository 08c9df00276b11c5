// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.ingest;

import dev.clew.core.Scope;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentSink;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.PutTelemetryRecordsRequest;
import dev.clew.traces.api.PutTelemetryRecordsResult;
import dev.clew.traces.api.PutTraceSegmentsRequest;
import dev.clew.traces.api.PutTraceSegmentsResult;
import dev.clew.traces.api.UnprocessedTraceSegment;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.RefusedDocument;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.Call;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** How documents come in: by PutTraceSegments, and from the platform's own hops. Safe for use by many threads. */
public final class Ingest implements SegmentSink {
    private static final System.Logger LOG = System.getLogger(Ingest.class.getName());

    private final TraceStore traces;
    private final DocumentParser parser;
    private final int maxDocuments;
    private final SecondRate rate;
    private final LongAdder telemetryRecords = new LongAdder();

    public Ingest(TraceStore traces, DocumentParser parser, InstantSource time, TracesConfig config) {
        this.traces = traces;
        this.parser = parser;
        this.maxDocuments = config.maxDocuments();
        this.rate = new SecondRate(time, config.limits().segmentsPerSecond());
    }

    /** PutTraceSegments: each document is accepted or refused on its own; answers when the accepted ones are durable. */
    public PutTraceSegmentsResult putTraceSegments(PutTraceSegmentsRequest input, Call call) {
        var documents = input.traceSegmentDocuments();
        if (documents.isEmpty()) {
            throw XrayErrors.invalidRequestException(
                    "TraceSegmentDocuments: none (expected: 1 to " + maxDocuments + ")");
        }
        if (documents.size() > maxDocuments) {
            throw XrayErrors.invalidRequestException("Exceeding maximum segment count: " + maxDocuments);
        }
        if (!rate.take(documents.size())) {
            throw XrayErrors.throttledException("Rate exceeded");
        }
        var accepted = new ArrayList<SegmentDocument>(documents.size());
        var refused = new ArrayList<UnprocessedTraceSegment>();
        Consumer<RefusedDocument> refuse = refusal -> refused.add(
                new UnprocessedTraceSegment(refusal.id(), refusal.code().name(), refusal.message()));
        for (var document : documents) {
            parser.parse(document.getBytes(StandardCharsets.UTF_8), accepted::add, refuse);
        }
        traces.write(call.scope(), traces.admit(call.scope(), accepted, refuse));
        return new PutTraceSegmentsResult(refused);
    }

    /** PutTelemetryRecords: counts the records; nobody asks for more. */
    public PutTelemetryRecordsResult putTelemetryRecords(PutTelemetryRecordsRequest input, Call call) {
        telemetryRecords.add(input.telemetryRecords().size());
        return new PutTelemetryRecordsResult();
    }

    /** How many telemetry records daemons have sent since the start. */
    public long telemetryRecords() {
        return telemetryRecords.sum();
    }

    @Override
    public Runnable stage(WriteBatch batch, Scope scope, List<String> documents) {
        return traces.stage(batch, scope, platform(documents));
    }

    @Override
    public void write(Scope scope, List<String> documents) {
        traces.write(scope, platform(documents));
    }

    /** A hop's own work must not fail on its trace: what cannot be read is left out and said. */
    private List<SegmentDocument> platform(List<String> documents) {
        var readable = new ArrayList<SegmentDocument>(documents.size());
        for (var document : documents) {
            try {
                readable.add(parser.parsePlatform(document.getBytes(StandardCharsets.UTF_8)));
            } catch (RefusedDocument e) {
                LOG.log(System.Logger.Level.ERROR, "a segment of the platform is malformed: " + e.message());
            }
        }
        return readable;
    }
}
