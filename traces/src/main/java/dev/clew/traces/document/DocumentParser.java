// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.document.RefusedDocument.Code;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads segment documents in one pass over their bytes: takes what queries look at, keeps the bytes, builds no tree.
 *
 * <p>Optional members of a wrong type are ignored, as the format wants; required ones refuse the document. Depth and
 * size are bounded. Safe for use by many threads.
 */
public final class DocumentParser {
    /** Deepest nesting of JSON objects and arrays; subsegments take two levels each. */
    private static final int MAX_DEPTH = 200;

    private final JsonFactory json;
    private final int maxBytes;

    /** @param maxBytes most bytes of one document; 0 for no limit */
    public DocumentParser(int maxBytes) {
        this.maxBytes = maxBytes;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
    }

    /**
     * Reads what a client sent: one document, or an array of subsegments, each of which is accepted or refused on its own.
     *
     * @param text UTF-8; must not change afterwards
     */
    public void parse(byte[] text, Consumer<SegmentDocument> accepted, Consumer<RefusedDocument> refused) {
        try {
            if (maxBytes > 0 && text.length > maxBytes) {
                throw new RefusedDocument(null, Code.SegmentTooLarge, false);
            }
            if (startsArray(text)) {
                parseElements(text, accepted, refused);
            } else {
                accepted.accept(parseOne(text, false, false));
            }
        } catch (RefusedDocument e) {
            refused.accept(e);
        }
    }

    /** Reads a document of one of the platform's own hops: names are not held to the format's characters. */
    public SegmentDocument parsePlatform(byte[] text) throws RefusedDocument {
        return parseOne(text, false, true);
    }

    /** Reads again what was accepted before. */
    public SegmentDocument parseStored(byte[] text, boolean subsegment, boolean platform) throws RefusedDocument {
        return parseOne(text, subsegment, platform);
    }

    private void parseElements(byte[] text, Consumer<SegmentDocument> accepted, Consumer<RefusedDocument> refused)
            throws RefusedDocument {
        int elements = 0;
        try (var in = json.createParser(text)) {
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                int from = (int) in.currentTokenLocation().getByteOffset();
                in.skipChildren();
                in.finishToken();
                int to = (int) in.currentLocation().getByteOffset();
                elements++;
                try {
                    accepted.accept(parseOne(Arrays.copyOfRange(text, from, to), true, false));
                } catch (RefusedDocument e) {
                    refused.accept(e);
                }
            }
        } catch (JacksonException e) {
            throw new RefusedDocument(null, Code.ParseError, false);
        }
        if (elements == 0) {
            throw new RefusedDocument(null, Code.MissingId, false);
        }
    }

    private SegmentDocument parseOne(byte[] text, boolean element, boolean platform) throws RefusedDocument {
        var draft = draft(text);
        boolean subsegment = element || draft.subsegmentType;
        if (draft.id == null) {
            throw new RefusedDocument(null, Code.MissingId, subsegment);
        }
        if (!EntityDraft.isId(draft.id)) {
            throw new RefusedDocument(shown(draft.id), Code.InvalidId, subsegment);
        }
        var traceId = traceId(draft, subsegment);
        draft.check(draft.id, subsegment, !platform);
        if (subsegment && draft.parentId == null) {
            throw new RefusedDocument(draft.id, Code.MissingParentId, true);
        }
        if (draft.parentId != null && !EntityDraft.isId(draft.parentId)) {
            throw new RefusedDocument(draft.id, Code.InvalidParentId, subsegment);
        }
        draft.checkInner(draft.id, !platform);
        return new SegmentDocument(traceId, draft.build(), subsegment, platform, text);
    }

    private EntityDraft draft(byte[] text) throws RefusedDocument {
        try (var in = json.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedDocument(null, Code.ParseError, false);
            }
            var draft = EntityReader.read(in);
            if (in.nextToken() != null) {
                throw new RefusedDocument(null, Code.ParseError, false);
            }
            return draft;
        } catch (JacksonException e) {
            throw new RefusedDocument(null, Code.ParseError, false);
        }
    }

    private static TraceId traceId(EntityDraft draft, boolean subsegment) throws RefusedDocument {
        if (draft.traceId == null) {
            throw new RefusedDocument(draft.id, Code.MissingTraceId, subsegment);
        }
        var parsed = TraceId.parse(draft.traceId);
        if (parsed.isEmpty() || isNoTrace(parsed.get())) {
            throw new RefusedDocument(draft.id, Code.InvalidTraceId, subsegment);
        }
        return parsed.get();
    }

    /** SDKs use an id of zeros for "there is no trace". */
    private static boolean isNoTrace(TraceId id) {
        return id.w3c().chars().allMatch(c -> c == '0');
    }

    private static @Nullable String shown(String id) {
        return id.equals(EntityDraft.WRONG_TYPE) ? null : id;
    }

    private static boolean startsArray(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '[';
            }
        }
        return false;
    }
}
