// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Scope;

/** Sees each line once it is stored. Called by whoever stores it; must be quick. Safe for use by many threads. */
@FunctionalInterface
public interface LineWatcher {
    /** @param line not to be changed */
    void stored(Scope scope, byte[] line);
}
