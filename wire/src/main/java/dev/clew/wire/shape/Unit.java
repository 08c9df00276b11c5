// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.shape;

import java.util.List;

/** What an operation without input takes, and one without output answers. */
public record Unit() {
    public static final Unit VALUE = new Unit();
    public static final Structure<Unit> SHAPE =
            new Structure<>("Unit", List.of(), values -> VALUE, unit -> new Object[0]);
}
