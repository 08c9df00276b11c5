// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.emission;

import dev.clew.core.store.WriteBatch;
import java.util.List;
import java.util.function.Consumer;

/** Takes events onto their bus with all they owe. Safe for use by many threads. */
public interface Emitter {
    /**
     * Takes {@code events}; they are durable when it returns.
     *
     * @param with adds to the batch what becomes durable with them, or, after a crash, not at all
     */
    void emit(List<Emission> events, Consumer<WriteBatch> with);

    /** Deliveries owed at the moment: whoever can wait, waits while these are many. */
    long owed();
}
