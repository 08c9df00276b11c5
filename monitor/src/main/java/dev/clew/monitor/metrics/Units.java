// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.util.List;

/** The units that a value may have. Their places in this list are stored: add at the end only. */
final class Units {
    static final String NONE = "None";

    private static final List<String> ALL = List.of(
            NONE,
            "Seconds",
            "Microseconds",
            "Milliseconds",
            "Bytes",
            "Kilobytes",
            "Megabytes",
            "Gigabytes",
            "Terabytes",
            "Bits",
            "Kilobits",
            "Megabits",
            "Gigabits",
            "Terabits",
            "Percent",
            "Count",
            "Bytes/Second",
            "Kilobytes/Second",
            "Megabytes/Second",
            "Gigabytes/Second",
            "Terabytes/Second",
            "Bits/Second",
            "Kilobits/Second",
            "Megabits/Second",
            "Gigabits/Second",
            "Terabits/Second",
            "Count/Second");

    private Units() {}

    static boolean isKnown(String unit) {
        return ALL.contains(unit);
    }

    /** The place of a unit; that of {@link #NONE} for one that is not known. */
    static int code(String unit) {
        return Math.max(0, ALL.indexOf(unit));
    }

    static String of(int code) {
        return ALL.get(code);
    }

    static int count() {
        return ALL.size();
    }
}
