// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import java.util.List;
import java.util.function.Predicate;

/** The pattern language in which mappings say which messages their functions want. Safe for use by many threads. */
public interface RecordFilters {
    /**
     * Says of the JSON of a message whether it matches any of {@code patterns}.
     *
     * @throws IllegalArgumentException that says why one of them is not valid
     */
    Predicate<String> compile(List<String> patterns);
}
