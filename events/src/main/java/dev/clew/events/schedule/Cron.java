// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code cron(minutes hours day-of-month month day-of-week year)}: at the begin of each minute that all fields allow, UTC. */
record Cron(BitSet minutes, BitSet hours, Days days, BitSet months, BitSet years) implements Schedule {
    private static final int FIELDS = 6;

    /** The schedule of these six fields, or nothing if they are not valid. */
    static Optional<Cron> parse(String text) {
        var fields = text.split(" +", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        var minutes = Field.MINUTE.values(fields[0]);
        var hours = Field.HOUR.values(fields[1]);
        var days = Days.parse(fields[2], fields[4]);
        var months = Field.MONTH.values(fields[3]);
        var years = Field.YEAR.values(fields[5]);
        return minutes.isPresent() && hours.isPresent() && days.isPresent() && months.isPresent() && years.isPresent()
                ? Optional.of(new Cron(minutes.get(), hours.get(), days.get(), months.get(), years.get()))
                : Optional.empty();
    }

    @Override
    public Optional<Instant> next(Instant begun, Instant after) {
        var first = LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        var time = timeFrom(first.toLocalTime());
        if (time != null && allows(first.toLocalDate())) {
            return Optional.of(first.toLocalDate().atTime(time).toInstant(ZoneOffset.UTC));
        }
        var earliest = LocalTime.of(hours.nextSetBit(0), minutes.nextSetBit(0));
        return dayFrom(first.toLocalDate().plusDays(1))
                .map(day -> day.atTime(earliest).toInstant(ZoneOffset.UTC));
    }

    /** The first allowed time of a day that is not before {@code from}; null if there is none. */
    private @Nullable LocalTime timeFrom(LocalTime from) {
        if (hours.get(from.getHour())) {
            int minute = minutes.nextSetBit(from.getMinute());
            if (minute >= 0) {
                return LocalTime.of(from.getHour(), minute);
            }
        }
        int hour = hours.nextSetBit(from.getHour() + 1);
        return hour < 0 ? null : LocalTime.of(hour, minutes.nextSetBit(0));
    }

    private boolean allows(LocalDate day) {
        return year(day.getYear()) && months.get(day.getMonthValue()) && days.allow(day);
    }

    private boolean year(int year) {
        return year >= 0 && years.get(year);
    }

    private Optional<LocalDate> dayFrom(LocalDate from) {
        var day = from;
        while (day.getYear() <= Field.YEAR.max()) {
            if (!year(day.getYear())) {
                int next = years.nextSetBit(Math.max(0, day.getYear()));
                if (next < 0) {
                    return Optional.empty();
                }
                day = LocalDate.of(next, 1, 1);
            } else if (!months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (days.allow(day)) {
                return Optional.of(day);
            } else {
                day = day.plusDays(1);
            }
        }
        return Optional.empty();
    }
}
