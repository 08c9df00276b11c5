// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch.Change;
import java.util.List;

/** What the {@link Committer} writes to. Called by its thread only. */
interface Journal {
    /** Applies all of {@code changes}, in order and atomically, as durably as configured. */
    void append(List<Change> changes) throws StoreException;

    /** Removes a table, if it exists. */
    void drop(String table) throws StoreException;

    /** Releases everything; nothing is called afterwards. */
    void close();
}
