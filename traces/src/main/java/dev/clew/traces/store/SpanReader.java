// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.traces.document.SegmentDocument;
import java.util.List;

/** Makes documents of what is stored in place of them. Safe for use by many threads. */
@FunctionalInterface
public interface SpanReader {
    /** The documents that this span makes, always the same. */
    List<SegmentDocument> documents(byte[] stored);

    /** For stores that hold no spans. */
    SpanReader NONE = stored -> {
        throw new IllegalStateException("a span is stored that nobody can read");
    };
}
