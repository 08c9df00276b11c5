// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.SegmentDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of one trace in memory, and what was derived from them. Safe for use by many threads. */
final class LiveTrace {
    /** What a document takes beside its bytes: entities, their texts, map entry; an estimate. */
    private static final int OVERHEAD = 1_500;

    private final Map<String, SegmentDocument> documents = new HashMap<>();
    private boolean whole;
    private long bytes;
    private long version;
    private boolean storedKnown;
    private @Nullable TraceDigest stored;
    private @Nullable TraceDigest current;

    /** @param fresh whether nothing of the trace is stored yet */
    LiveTrace(boolean fresh) {
        this.whole = fresh;
        this.storedKnown = fresh;
    }

    /** Adds a document by the rules of replacement; returns by how many bytes the trace grew. */
    synchronized long add(SegmentDocument document) {
        var old = documents.get(document.id());
        boolean late = old != null && document.inProgress() && !old.inProgress();
        if (late || old != null && old.sameAs(document)) {
            return 0;
        }
        return put(document, old);
    }

    private long put(SegmentDocument document, @Nullable SegmentDocument old) {
        documents.put(document.id(), document);
        version++;
        current = null;
        long grown = document.json().length - (old == null ? -OVERHEAD : old.json().length);
        bytes += grown;
        return grown;
    }

    /** Adds what was read from storage: whatever is here already is as new. Returns by how many bytes the trace grew. */
    synchronized long complete(List<SegmentDocument> fromStorage) {
        long before = bytes;
        var newest = new HashMap<String, SegmentDocument>();
        for (var document : fromStorage) { // from the oldest slice to the newest
            newest.merge(
                    document.id(), document, (old, later) -> later.inProgress() && !old.inProgress() ? old : later);
        }
        for (var document : newest.values()) {
            var old = documents.get(document.id());
            if (old == null || old.inProgress() && !document.inProgress()) {
                put(document, old);
            }
        }
        whole = true;
        return bytes - before;
    }

    synchronized boolean whole() {
        return whole;
    }

    synchronized boolean empty() {
        return documents.isEmpty();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** The documents at one moment. */
    record Snapshot(long version, Collection<SegmentDocument> documents) {}

    synchronized Snapshot snapshot() {
        return new Snapshot(version, List.copyOf(documents.values()));
    }

    /** The digest derived from the documents as they are, or null if some came since. */
    synchronized @Nullable TraceDigest current() {
        return current;
    }

    /** Keeps a digest as what is stored; it is current if no document came since {@code from}. */
    synchronized void keep(TraceDigest digest, Snapshot from) {
        stored = digest;
        storedKnown = true;
        current = from.version == version ? digest : null;
    }

    synchronized boolean storedKnown() {
        return storedKnown;
    }

    /** The digest in the store, if {@link #storedKnown}. */
    synchronized @Nullable TraceDigest stored() {
        return stored;
    }
}
