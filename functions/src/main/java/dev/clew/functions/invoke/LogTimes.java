// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times inside log lines. */
final class LogTimes {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LogTimes() {}

    /** Like {@code 2026-08-07T10:00:00.000Z}, always with milliseconds. */
    static String iso(Instant time) {
        return ISO.format(time);
    }
}
