// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Numbers and dates as condition values spell them. What is neither compares with nothing. */
final class Scalars {
    private static final int LONGEST = 64; // characters; far more than any number or date needs

    /** {@code 2026-08-07}, {@code 2026-08-07T10:00Z}, {@code 2026-08-07T10:00:00.5+02:00}. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    private Scalars() {}

    static Optional<Integer> compareNumbers(String left, String right) {
        return number(left).flatMap(l -> number(right).map(l::compareTo));
    }

    static Optional<Integer> compareDates(String left, String right) {
        return date(left).flatMap(l -> date(right).map(l::compareTo));
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.length() > LONGEST ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An ISO 8601 date, or seconds since 1970. */
    private static Optional<Instant> date(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    isNumber(text) ? Instant.ofEpochSecond(Long.parseLong(text)) : DATE.parse(text, Instant::from));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
