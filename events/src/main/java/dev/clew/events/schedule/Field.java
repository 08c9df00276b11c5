// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The values that one field of a cron expression can have.
 *
 * @param names of the values from {@code min} on; empty if it has none
 * @param steps whether {@code /} is allowed
 * @param wraps whether a range may go over the end: {@code FRI-MON}
 */
record Field(int min, int max, List<String> names, boolean steps, boolean wraps) {
    static final Field MINUTE = new Field(0, 59, List.of(), true, true);
    static final Field HOUR = new Field(0, 23, List.of(), true, true);
    static final Field DAY_OF_MONTH = new Field(1, 31, List.of(), true, false);
    static final Field MONTH = new Field(
            1,
            12,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
            true,
            true);
    static final Field DAY_OF_WEEK =
            new Field(1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), false, true);
    static final Field YEAR = new Field(1970, 2199, List.of(), true, false);

    /** The values that a list of values, ranges and steps allows; nothing if it is not one. */
    Optional<BitSet> values(String text) {
        var all = new BitSet(max + 1);
        for (var part : text.split(",", -1)) {
            if (!add(part, all)) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    private boolean add(String part, BitSet all) {
        int slash = part.indexOf('/');
        if (slash < 0) {
            return addRange(part, 1, false, all);
        }
        var step = steps ? number(part.substring(slash + 1)) : OptionalInt.empty();
        return step.isPresent()
                && step.getAsInt() >= 1
                && step.getAsInt() <= max
                && addRange(part.substring(0, slash), step.getAsInt(), true, all);
    }

    /** @param open whether a single value stands for all from there on */
    private boolean addRange(String range, int step, boolean open, BitSet all) {
        if (range.equals("*")) {
            return addAll(min, max, step, all);
        }
        int dash = range.indexOf('-');
        var from = value(dash < 0 ? range : range.substring(0, dash));
        if (from.isEmpty()) {
            return false;
        }
        if (dash < 0) {
            return addAll(from.getAsInt(), open ? max : from.getAsInt(), step, all);
        }
        var to = value(range.substring(dash + 1));
        return to.isPresent() && addAll(from.getAsInt(), to.getAsInt(), step, all);
    }

    private boolean addAll(int from, int to, int step, BitSet all) {
        if (from > to && !wraps) {
            return false;
        }
        int last = from <= to ? to : to + max - min + 1;
        for (int i = from; i <= last; i += step) {
            all.set(i <= max ? i : i - (max - min + 1));
        }
        return true;
    }

    /** A number within the field, or one of its names. */
    OptionalInt value(String text) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return OptionalInt.of(min + named);
        }
        var number = number(text);
        return number.isPresent() && number.getAsInt() >= min && number.getAsInt() <= max
                ? number
                : OptionalInt.empty();
    }

    static OptionalInt number(String text) {
        return text.matches("[0-9]{1,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
