// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.shape.Shape;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Spellings of moments. Answers carry milliseconds; requests may carry microseconds. Years 1 to 9999. */
final class Timestamps {
    private static final long MIN_SECONDS =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long MAX_SECONDS =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /** Up to the year 2255 a double tells microseconds apart; beyond it, milliseconds. */
    private static final double EXACT_MICROS = 9e9;

    private static final int LONGEST_TEXT = 64;

    private Timestamps() {}

    /** The moment so many seconds after the epoch, or null if out of range. */
    static @Nullable Instant ofSeconds(long seconds) {
        return seconds < MIN_SECONDS || seconds > MAX_SECONDS ? null : Instant.ofEpochSecond(seconds);
    }

    /** The moment so many seconds after the epoch, or null if out of range. */
    static @Nullable Instant ofSeconds(double seconds) {
        if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) { // false for NaN too
            return null;
        }
        return Math.abs(seconds) < EXACT_MICROS
                ? Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS)
                : Instant.ofEpochMilli(Math.round(seconds * 1e3));
    }

    /** The moment that {@code text} spells in any of the usual ways, or null. */
    static @Nullable Instant parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return null;
        }
        try {
            char last = text.charAt(text.length() - 1);
            if (last == 'T' && text.endsWith("GMT")) {
                return inRange(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            }
            if (text.indexOf('T') > 0) {
                return inRange(OffsetDateTime.parse(text).toInstant());
            }
            if (text.indexOf('-') > 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
                return inRange(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return ofSeconds(Double.parseDouble(text));
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant inRange(Instant instant) {
        return ofSeconds(instant.getEpochSecond()) == null ? null : instant;
    }

    static String text(Instant instant, Shape.Time.Format format) {
        return switch (format) {
            case EPOCH_SECONDS -> seconds(instant).toPlainString();
            case ISO_8601 -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
            case HTTP_DATE -> HTTP_DATE.format(instant);
        };
    }

    /** Epoch seconds without trailing zeros. */
    static BigDecimal seconds(Instant instant) {
        var seconds = BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
