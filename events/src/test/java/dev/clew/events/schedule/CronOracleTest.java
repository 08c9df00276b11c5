// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;

/** The computed next time is the one that is found by asking every single minute, each field read by other code. */
final class CronOracleTest {
    private static final int DAYS = 45;
    private static final List<String> WEEK = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final List<String> YEAR =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    @ParameterizedTest
    @Seeds(200)
    void theNextTimeIsTheFirstMinuteThatAllFieldsAllow(long seed) {
        var random = new SplittableRandom(seed);
        var text = random(random);
        var after = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextLong(4L * 366 * 86_400));
        var next = Schedule.parse("cron(" + text + ")")
                .orElseThrow(() -> new AssertionError(text))
                .next(after, after);
        var horizon = after.plus(DAYS, ChronoUnit.DAYS);
        var slow = firstMinute(text, after, horizon);
        assertThat(next.filter(instant -> instant.isBefore(horizon)))
                .as("%s after %s", text, after)
                .isEqualTo(slow);
    }

    private static Optional<Instant> firstMinute(String text, Instant after, Instant horizon) {
        var fields = text.split(" ");
        var allowed = allowed(fields);
        var time = LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        for (; time.toInstant(ZoneOffset.UTC).isBefore(horizon); time = time.plusMinutes(1)) {
            if (allowed.test(time)) {
                return Optional.of(time.toInstant(ZoneOffset.UTC));
            }
        }
        return Optional.empty();
    }

    private static Predicate<LocalDateTime> allowed(String[] fields) {
        var minutes = listed(fields[0], 0, 59, List.of());
        var hours = listed(fields[1], 0, 23, List.of());
        var months = listed(fields[3], 1, 12, YEAR);
        var years = listed(fields[5], 1970, 2199, List.of());
        return time -> minutes.contains(time.getMinute())
                && hours.contains(time.getHour())
                && months.contains(time.getMonthValue())
                && years.contains(time.getYear())
                && (fields[2].equals("?") || dayOfMonth(fields[2], time.toLocalDate()))
                && (fields[4].equals("?") || dayOfWeek(fields[4], time.toLocalDate()));
    }

    /** Everything that a list names, written out one by one. */
    private static List<Integer> listed(String text, int min, int max, List<String> names) {
        var all = new ArrayList<Integer>();
        for (var part : text.split(",")) {
            var halves = part.split("/");
            int step = halves.length == 1 ? 1 : Integer.parseInt(halves[1]);
            var ends = halves[0].equals("*") ? new String[] {"" + min, "" + max} : halves[0].split("-");
            int from = number(ends[0], names, min);
            int to = ends.length == 2 ? number(ends[1], names, min) : halves.length == 2 ? max : from;
            int value = from;
            int left = 0;
            while (true) {
                if (left == 0) {
                    all.add(value);
                    left = step;
                }
                if (value == to) {
                    break;
                }
                value = value == max ? min : value + 1;
                left--;
            }
        }
        return all;
    }

    private static int number(String text, List<String> names, int min) {
        return names.contains(text) ? names.indexOf(text) + min : Integer.parseInt(text);
    }

    private static boolean dayOfMonth(String text, LocalDate day) {
        var month = IntStream.rangeClosed(1, day.lengthOfMonth())
                .mapToObj(day::withDayOfMonth)
                .toList();
        var working = month.stream().filter(CronOracleTest::works).toList();
        if (text.equals("L")) {
            return day.equals(month.getLast());
        }
        if (text.equals("LW")) {
            return day.equals(working.getLast());
        }
        if (text.endsWith("W")) {
            int number = Integer.parseInt(text.substring(0, text.length() - 1));
            if (number > month.size()) {
                return false;
            }
            var nearest = working.getFirst();
            for (var other : working) { // the nearest; none of a week's two ends is as near as the other
                if (Math.abs(other.getDayOfMonth() - number) < Math.abs(nearest.getDayOfMonth() - number)) {
                    nearest = other;
                }
            }
            return day.equals(nearest);
        }
        return listed(text, 1, 31, List.of()).contains(day.getDayOfMonth());
    }

    private static boolean works(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    private static boolean dayOfWeek(String text, LocalDate day) {
        var name = day.getDayOfWeek().name().substring(0, 3);
        int hash = text.indexOf('#');
        if (hash > 0 || (text.endsWith("L") && text.length() > 1)) {
            var wanted = WEEK.get(number(text.substring(0, hash > 0 ? hash : text.length() - 1), WEEK, 1) - 1);
            var same = IntStream.rangeClosed(1, day.lengthOfMonth())
                    .mapToObj(day::withDayOfMonth)
                    .filter(other -> other.getDayOfWeek().name().startsWith(wanted))
                    .toList();
            int nth = hash > 0 ? Integer.parseInt(text.substring(hash + 1)) : same.size();
            return name.equals(wanted) && nth <= same.size() && day.equals(same.get(nth - 1));
        }
        return text.equals("L") ? name.equals("SAT") : listed(text, 1, 7, WEEK).contains(WEEK.indexOf(name) + 1);
    }

    private static String random(SplittableRandom random) {
        boolean month = random.nextBoolean();
        return String.join(
                " ",
                list(random, 0, 59, List.of(), true, true),
                list(random, 0, 23, List.of(), true, true),
                month ? randomDayOfMonth(random) : "?",
                random.nextInt(3) == 0 ? list(random, 1, 12, YEAR, true, true) : "*",
                month ? "?" : randomDayOfWeek(random),
                random.nextInt(4) == 0 ? list(random, 2026, 2031, List.of(), false, false) : "*");
    }

    private static String randomDayOfMonth(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> "L";
            case 1 -> "LW";
            case 2, 3 -> random.nextInt(1, 32) + "W";
            default -> list(random, 1, 31, List.of(), true, false);
        };
    }

    private static String randomDayOfWeek(SplittableRandom random) {
        var day = value(random, 1, 7, WEEK);
        return switch (random.nextInt(6)) {
            case 0 -> "L";
            case 1 -> day + "L";
            case 2, 3 -> day + "#" + random.nextInt(1, 6);
            default -> list(random, 1, 7, WEEK, false, true);
        };
    }

    private static String list(
            SplittableRandom random, int min, int max, List<String> names, boolean steps, boolean wraps) {
        var parts = new ArrayList<String>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            parts.add(part(random, min, max, names, steps, wraps));
        }
        return String.join(",", parts);
    }

    private static String part(
            SplittableRandom random, int min, int max, List<String> names, boolean steps, boolean wraps) {
        int from = random.nextInt(min, max + 1);
        int to = random.nextInt(wraps ? min : from, max + 1);
        var range = text(random, from, min, names) + "-" + text(random, to, min, names);
        var step = "/" + random.nextInt(1, Math.max(2, max));
        return switch (random.nextInt(steps ? 6 : 3)) {
            case 0 -> "*";
            case 1 -> range;
            case 2 -> text(random, from, min, names);
            case 3 -> "*" + step;
            case 4 -> range + step;
            default -> text(random, from, min, names) + step;
        };
    }

    private static String value(SplittableRandom random, int min, int max, List<String> names) {
        return text(random, random.nextInt(min, max + 1), min, names);
    }

    private static String text(SplittableRandom random, int value, int min, List<String> names) {
        return names.isEmpty() || random.nextBoolean() ? "" + value : names.get(value - min);
    }
}
