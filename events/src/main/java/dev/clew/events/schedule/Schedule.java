// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a rule fires. Reads no clock. */
public sealed interface Schedule permits Schedule.Rate, Cron {
    /**
     * The first time after {@code after}, or nothing if there is none any more.
     *
     * @param begun when the schedule was put or enabled
     */
    Optional<Instant> next(Instant begun, Instant after);

    /**
     * The schedule that {@code text} spells, or nothing if it spells none: {@code rate(value unit)} or {@code cron(fields)},
     * to the letter.
     */
    static Optional<Schedule> parse(String text) {
        if (text.startsWith("rate(") && text.endsWith(")")) {
            return Rate.parse(text.substring(5, text.length() - 1)).map(rate -> rate);
        }
        if (text.startsWith("cron(") && text.endsWith(")")) {
            return Cron.parse(text.substring(5, text.length() - 1)).map(cron -> cron);
        }
        return Optional.empty();
    }

    /** Every so often, counted from when it was begun. */
    record Rate(Duration every) implements Schedule {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8}) (minute|hour|day)(s?)");

        private static Optional<Rate> parse(String text) {
            var form = FORM.matcher(text);
            if (!form.matches()) {
                return Optional.empty();
            }
            int value = Integer.parseInt(form.group(1));
            if ((value == 1) != form.group(3).isEmpty()) {
                return Optional.empty();
            }
            var unit = switch (form.group(2)) {
                case "minute" -> Duration.ofMinutes(1);
                case "hour" -> Duration.ofHours(1);
                default -> Duration.ofDays(1);
            };
            return Optional.of(new Rate(unit.multipliedBy(value)));
        }

        @Override
        public Optional<Instant> next(Instant begun, Instant after) {
            long periods =
                    after.isBefore(begun) ? 0 : Duration.between(begun, after).dividedBy(every);
            return Optional.of(begun.plus(every.multipliedBy(periods + 1)));
        }
    }
}
