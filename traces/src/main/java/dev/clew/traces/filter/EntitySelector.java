// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import org.jspecify.annotations.Nullable;

/** What GetTimeSeriesServiceStatistics counts: requests that nodes served, or calls along edges. */
public sealed interface EntitySelector {
    /** What has to hold of a request or call; null for nothing. */
    @Nullable
    Expression block();

    /** Whether the selector names nodes by {@code id()}. */
    boolean byId();

    record OfService(NodeSelector node, @Nullable Expression block, boolean byId) implements EntitySelector {}

    record OfEdge(
            NodeSelector from, NodeSelector to, @Nullable Expression block, boolean byId) implements EntitySelector {}
}
