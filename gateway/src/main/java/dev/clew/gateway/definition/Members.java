// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.wire.shape.Structure;
import org.jspecify.annotations.Nullable;

/** Copies of the service model's records with members changed, named as the model names them. */
public final class Members {
    private Members() {}

    /** Where {@code member} stands in {@code structure}, or -1. */
    public static int indexOf(Structure<?> structure, String member) {
        var members = structure.members();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(member)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * {@code record} with {@code member} set to {@code value}.
     *
     * @throws IllegalArgumentException if the structure has no such member
     * @throws ClassCastException if {@code value} is not of the member's type
     */
    public static <T> T with(Structure<T> structure, T record, String member, @Nullable Object value) {
        int index = indexOf(structure, member);
        if (index < 0) {
            throw new IllegalArgumentException(structure.name() + " has no member " + member);
        }
        var values = structure.values(record);
        values[index] = value;
        return structure.construct(values);
    }
}
