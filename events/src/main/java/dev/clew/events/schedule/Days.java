// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/** Which days one of the two day fields of a cron expression allows. */
sealed interface Days {
    boolean allow(LocalDate day);

    /** Days of the month by number. */
    record OfMonth(BitSet numbers) implements Days {
        @Override
        public boolean allow(LocalDate day) {
            return numbers.get(day.getDayOfMonth());
        }
    }

    /** {@code L}: the last day of the month. */
    record LastOfMonth() implements Days {
        @Override
        public boolean allow(LocalDate day) {
            return day.getDayOfMonth() == day.lengthOfMonth();
        }
    }

    /** {@code 15W}: the day from Monday to Friday that is nearest to that day of the month, in the same month. */
    record WeekdayNearest(int number) implements Days {
        @Override
        public boolean allow(LocalDate day) {
            return number <= day.lengthOfMonth() && day.equals(nearest(day.withDayOfMonth(number)));
        }

        private static LocalDate nearest(LocalDate day) {
            return switch (day.getDayOfWeek()) {
                case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
                case SUNDAY -> day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
            };
        }
    }

    /** {@code LW}: the last day from Monday to Friday. */
    record LastWeekday() implements Days {
        @Override
        public boolean allow(LocalDate day) {
            var last = day.with(TemporalAdjusters.lastDayOfMonth());
            long weekend = Math.max(0, last.getDayOfWeek().getValue() - DayOfWeek.FRIDAY.getValue());
            return day.equals(last.minus(weekend, ChronoUnit.DAYS));
        }
    }

    /** Days of the week, 1 for Sunday. */
    record OfWeek(BitSet numbers) implements Days {
        @Override
        public boolean allow(LocalDate day) {
            return numbers.get(numberOf(day));
        }
    }

    /** {@code 6L}: the last such day of the month. */
    record LastOfWeek(int number) implements Days {
        @Override
        public boolean allow(LocalDate day) {
            return numberOf(day) == number && day.getDayOfMonth() > day.lengthOfMonth() - 7;
        }
    }

    /** {@code 6#3}: the third such day of the month. */
    record NthOfWeek(int number, int nth) implements Days {
        @Override
        public boolean allow(LocalDate day) {
            return numberOf(day) == number && (day.getDayOfMonth() - 1) / 7 + 1 == nth;
        }
    }

    private static int numberOf(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7 + 1;
    }

    /** The days that both fields allow together, of which exactly one must be {@code ?}; nothing if they are not valid. */
    static Optional<Days> parse(String ofMonth, String ofWeek) {
        if (ofMonth.equals("?") == ofWeek.equals("?")) {
            return Optional.empty();
        }
        return ofWeek.equals("?") ? ofMonth(ofMonth) : ofWeek(ofWeek);
    }

    private static Optional<Days> ofMonth(String text) {
        switch (text) {
            case "L" -> {
                return Optional.of(new LastOfMonth());
            }
            case "LW", "WL" -> {
                return Optional.of(new LastWeekday());
            }
            default -> {
                if (text.endsWith("W")) {
                    var number = Field.DAY_OF_MONTH.value(text.substring(0, text.length() - 1));
                    return number.isPresent() ? Optional.of(new WeekdayNearest(number.getAsInt())) : Optional.empty();
                }
                return Field.DAY_OF_MONTH.values(text).map(OfMonth::new);
            }
        }
    }

    private static Optional<Days> ofWeek(String text) {
        int hash = text.indexOf('#');
        if (hash >= 0) {
            var nth = Field.number(text.substring(hash + 1));
            var day = Field.DAY_OF_WEEK.value(text.substring(0, hash));
            return day.isPresent() && nth.isPresent() && nth.getAsInt() >= 1 && nth.getAsInt() <= 5
                    ? Optional.of(new NthOfWeek(day.getAsInt(), nth.getAsInt()))
                    : Optional.empty();
        }
        if (text.equals("L")) { // alone it is the last day of the week
            return Field.DAY_OF_WEEK.values("SAT").map(OfWeek::new);
        }
        if (text.endsWith("L")) {
            OptionalInt day = Field.DAY_OF_WEEK.value(text.substring(0, text.length() - 1));
            return day.isPresent() ? Optional.of(new LastOfWeek(day.getAsInt())) : Optional.empty();
        }
        return Field.DAY_OF_WEEK.values(text).map(OfWeek::new);
    }
}
