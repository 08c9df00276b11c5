// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

import java.util.Locale;

/** Durations and shares as people read them: three significant digits and a unit. */
public final class Numbers {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;

    private Numbers() {}

    /** {@code 412 µs}, {@code 1.24 ms}, {@code 532 ms}, {@code 2.1 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    public static String duration(long micros) {
        if (micros < 0) {
            return '−' + duration(-micros);
        }
        if (micros < 999.5) {
            return micros + " µs";
        }
        double millis = micros / MICROS_PER_MILLI;
        if (millis < 999.5) {
            return three(millis) + " ms";
        }
        double seconds = micros / MICROS_PER_SECOND;
        if (seconds < 99.95) {
            var digits = three(seconds);
            return (digits.matches("\\d\\.\\d0") ? digits.substring(0, digits.length() - 1) : digits) + " s";
        }
        long whole = Math.round(seconds);
        if (whole < SECONDS_PER_MINUTE * MINUTES_PER_HOUR) {
            return whole / SECONDS_PER_MINUTE + " min " + whole % SECONDS_PER_MINUTE + " s";
        }
        long minutes = whole / SECONDS_PER_MINUTE;
        return minutes / MINUTES_PER_HOUR + " h " + minutes % MINUTES_PER_HOUR + " min";
    }

    /** The share of {@code part} in {@code whole}: {@code 2.1 %}, {@code 100 %}, {@code 0 %}. */
    public static String share(long part, long whole) {
        if (whole == 0 || part == 0) {
            return "0 %";
        }
        double percent = 100.0 * part / whole;
        return (percent >= 99.95 ? "100" : percent >= 10 ? fixed(0, percent) : fixed(1, percent)) + " %";
    }

    private static String three(double value) {
        return value < 9.995 ? fixed(2, value) : value < 99.95 ? fixed(1, value) : fixed(0, value);
    }

    private static String fixed(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
