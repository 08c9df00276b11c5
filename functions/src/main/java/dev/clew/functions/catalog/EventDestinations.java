// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import org.jspecify.annotations.Nullable;

/** Who is told how an asynchronous invocation ended: ARNs of queues, functions and event buses, null for nobody. */
public record EventDestinations(
        @Nullable String onSuccess, @Nullable String onFailure) {
    /** For functions that say nothing. */
    public static final EventDestinations NONE = new EventDestinations(null, null);
}
