// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.trace;

import dev.clew.core.Scope;
import dev.clew.core.store.WriteBatch;
import java.util.List;

/**
 * Where the platform's own hops (gateway, functions, bus) write their segment documents. Implemented by the trace store;
 * safe for use by many threads.
 */
public interface SegmentSink {
    /**
     * Writes {@code documents} into {@code batch}, so that they become durable with whatever else it holds. Run the
     * result once the batch is committed: only then do queries see them.
     *
     * @param documents JSON texts, each with {@code trace_id} and {@code id}
     */
    Runnable stage(WriteBatch batch, Scope scope, List<String> documents);

    /** Writes {@code documents} in a batch of their own; returns when they are durable and visible. */
    void write(Scope scope, List<String> documents);
}
