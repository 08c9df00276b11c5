// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.List;

/**
 * One trace: its documents as the X-Ray API returns them.
 *
 * @param id the trace id
 * @param documents segments and independent subsegments, by start
 * @param sources the documents' JSON, unchanged
 */
public record Trace(String id, List<Entity> documents, List<String> sources) {
    public Trace {
        documents = List.copyOf(documents);
        sources = List.copyOf(sources);
    }

    /** Whether nothing in it is in progress. */
    public boolean ended() {
        return documents.stream().allMatch(document -> document.end() != null);
    }

    /**
     * Reads the documents of a trace.
     *
     * @throws IllegalArgumentException if one of them is not a segment document
     */
    public static Trace parse(String id, List<String> documents) {
        return new Trace(id, DocumentParser.parse(documents), documents);
    }
}
