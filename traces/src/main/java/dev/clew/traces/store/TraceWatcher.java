// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest;
import org.jspecify.annotations.Nullable;

/** Hears of each trace that documents changed, once its digest is durable. Called one at a time; must not block. */
@FunctionalInterface
public interface TraceWatcher {
    void changed(Scope scope, TraceDigest trace);

    /** The same, with what it was before; null if it is new. */
    default void changed(Scope scope, TraceDigest trace, @Nullable TraceDigest previous) {
        changed(scope, trace);
    }
}
