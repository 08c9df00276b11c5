// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a matched URI, decoded once.
 *
 * @param names as the model's URI spells them
 * @param values one per name
 */
public record PathLabels(List<String> names, List<String> values) {
    /** No labels. */
    public static final PathLabels NONE = new PathLabels(List.of(), List.of());

    @Nullable
    String value(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }
}
