// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.store.SpanReader;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans as they are stored: each on its own, with its resource and scope, as protobuf. The documents are made of it when
 * it arrives and again whenever it is read, so nothing that a span says is lost and nothing is stored twice. Safe for use
 * by many threads.
 */
public final class StoredSpans implements SpanReader {
    private final SpanMapping mapping;
    private final DocumentParser parser;

    /** @param maxDocumentBytes most bytes of one document; 0 for no limit */
    public StoredSpans(DocumentParser parser, OtlpConfig config, int maxDocumentBytes) {
        this.mapping = new SpanMapping(config, maxDocumentBytes);
        this.parser = parser;
    }

    /** The documents of a span that arrived, each with what to store; empty if it makes none. */
    List<SegmentDocument> documents(ResourceSpans resourceSpans, ScopeSpans scopeSpans, Span span) {
        var stored = ResourceSpans.newBuilder()
                .setResource(resourceSpans.getResource())
                .setSchemaUrl(resourceSpans.getSchemaUrl())
                .addScopeSpans(ScopeSpans.newBuilder()
                        .setScope(scopeSpans.getScope())
                        .setSchemaUrl(scopeSpans.getSchemaUrl())
                        .addSpans(span))
                .build()
                .toByteArray();
        return documents(resourceSpans.getResource(), scopeSpans.getScope(), span, stored);
    }

    @Override
    public List<SegmentDocument> documents(byte[] stored) {
        try {
            var spans = ResourceSpans.parseFrom(stored);
            var scopeSpans = spans.getScopeSpans(0);
            return documents(spans.getResource(), scopeSpans.getScope(), scopeSpans.getSpans(0), stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored span cannot be read", e);
        }
    }

    private List<SegmentDocument> documents(Resource resource, InstrumentationScope scope, Span span, byte[] stored) {
        var ids = SpanIds.of(span).orElse(null);
        if (ids == null) {
            return List.of();
        }
        var documents = new ArrayList<SegmentDocument>();
        var refusals = new ArrayList<String>();
        for (var json : mapping.documents(resource, scope, span, ids)) {
            parser.parse(
                    json,
                    document -> documents.add(document.ofSpan(stored)),
                    refusal -> refusals.add(refusal.message()));
        }
        return refusals.isEmpty() ? List.copyOf(documents) : List.of();
    }
}
