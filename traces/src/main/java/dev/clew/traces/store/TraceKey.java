// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import java.nio.charset.StandardCharsets;

/** A trace of one account and region. */
public record TraceKey(Scope scope, TraceId id) {
    /** {@code account/region/trace-id}. */
    public String text() {
        return scope.key() + '/' + id;
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** The key that {@link #text} spells. */
    static TraceKey parse(String text) {
        var parts = text.split("/", 3);
        return new TraceKey(new Scope(parts[0], parts[1]), new TraceId(parts[2]));
    }
}
