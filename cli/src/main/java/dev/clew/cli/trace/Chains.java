// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Saves depth where names would not fit: a local step that does nothing but contain another gives way to it
 * ({@code … process_payment}), nearest to the name that is too long first, and only as often as needed.
 */
final class Chains {
    private static final String SKIPPED = "… ";
    private static final int MAX_ROUNDS = 200;

    private Chains() {}

    static List<Row> shortened(List<Row> rows, int cells) {
        var fitted = rows;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            var shorter = shorten(fitted, 0, cells);
            if (shorter.isEmpty()) {
                break;
            }
            fitted = shorter.get();
        }
        return fitted;
    }

    /** {@code rows} with one chain fewer; nothing if everything fits or no chain would help. */
    private static Optional<List<Row>> shorten(List<Row> rows, int depth, int cells) {
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (!overflows(row, depth, cells)) {
                continue;
            }
            var inside = shorten(row.children(), depth + 1, cells);
            var shorter = inside.isPresent() ? row.withChildren(inside.get()) : passesThrough(row) ? skip(row) : null;
            if (shorter != null) {
                var changed = new ArrayList<>(rows);
                changed.set(i, shorter);
                return Optional.of(changed);
            }
        }
        return Optional.empty();
    }

    private static boolean overflows(Row row, int depth, int cells) {
        return Columns.indent(depth) + Cells.width(Columns.label(row)) > cells
                || row.children().stream().anyMatch(child -> overflows(child, depth + 1, cells));
    }

    private static boolean passesThrough(Row row) {
        return local(row)
                && row.facts().isEmpty()
                && row.remark().isEmpty()
                && row.children().size() == 1
                && local(row.children().getFirst())
                && row.children().getFirst().outcome() == row.outcome()
                && row.children().getFirst().count() == row.count();
    }

    private static boolean local(Row row) {
        return row.role() == Row.Role.STEP && row.kind().isEmpty();
    }

    private static Row skip(Row row) {
        var inner = row.children().getFirst();
        return inner.label().startsWith(SKIPPED) ? inner : inner.withLabel(SKIPPED + inner.label());
    }
}
