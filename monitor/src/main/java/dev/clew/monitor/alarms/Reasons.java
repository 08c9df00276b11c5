// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.monitor.api.cloudwatch.PutMetricAlarmInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The words in which an alarm says why it came into a state. */
final class Reasons {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Reasons() {}

    /**
     * The reason for people.
     *
     * @param points the newest real points that were evaluated
     * @param breaching how many of them breach
     */
    static String text(
            PutMetricAlarmInput alarm,
            Comparison comparison,
            AlarmState before,
            AlarmState after,
            NavigableMap<Long, Double> points,
            long breaching,
            MissingData missing) {
        if (after == AlarmState.INSUFFICIENT_DATA) {
            int unknown = alarm.evaluationPeriods() - points.size();
            return "Insufficient Data: " + counted(unknown, "datapoint") + (unknown == 1 ? " was" : " were")
                    + " unknown.";
        }
        int gaps = alarm.evaluationPeriods() - points.size();
        var filling = gaps > 0 && (missing == MissingData.BREACHING || missing == MissingData.NOT_BREACHING)
                ? counted(gaps, "missing datapoint") + (gaps == 1 ? " was" : " were") + " treated as ["
                        + (missing == MissingData.BREACHING ? "Breaching" : "NonBreaching") + "]"
                : "";
        if (points.isEmpty()) {
            return "Threshold Crossed: no datapoints were received for " + counted(gaps, "period")
                    + (filling.isEmpty() ? "" : " and " + filling) + ".";
        }
        boolean alarmed = after == AlarmState.ALARM;
        long fitting = alarmed ? breaching : points.size() - breaching;
        var listed = points.descendingMap().entrySet().stream()
                .filter(point -> comparison.breaches(point.getValue(), threshold(alarm)) == alarmed)
                .map(point ->
                        point.getValue() + " (" + DAY_AND_TIME.format(Instant.ofEpochSecond(point.getKey())) + ")")
                .collect(Collectors.joining(", "));
        int needed = Objects.requireNonNullElse(alarm.datapointsToAlarm(), alarm.evaluationPeriods());
        int minimum = alarmed ? needed : alarm.evaluationPeriods() - needed + 1;
        return "Threshold Crossed: " + fitting + " out of the last " + points.size() + " datapoints ["
                + listed
                + "] " + (fitting == 1 ? "was " : "were ") + (alarmed ? "" : "not ") + comparison.words()
                + " the threshold (" + threshold(alarm) + ") (minimum " + counted(minimum, "datapoint") + " for "
                + (before == AlarmState.INSUFFICIENT_DATA ? (alarmed ? AlarmState.OK : AlarmState.ALARM) : before)
                + " -> "
                + after + " transition)" + (filling.isEmpty() ? "." : " and " + filling + ".");
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static double threshold(PutMetricAlarmInput alarm) {
        return Objects.requireNonNull(alarm.threshold());
    }

    /** The same for programs. */
    static String data(PutMetricAlarmInput alarm, long period, NavigableMap<Long, Double> points, Instant now) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("version", "1.0");
        json.put("queryDate", HistoryData.time(now));
        if (!points.isEmpty()) {
            json.put("startDate", HistoryData.time(Instant.ofEpochSecond(points.firstKey())));
        }
        if (alarm.unit() != null) {
            json.put("unit", alarm.unit());
        }
        if (alarm.statistic() != null) {
            json.put("statistic", alarm.statistic());
        } else if (alarm.extendedStatistic() != null) {
            json.put("extendedStatistic", alarm.extendedStatistic());
        }
        json.put("period", period);
        var recent = json.putArray("recentDatapoints");
        points.values().forEach(recent::add);
        json.put("threshold", threshold(alarm));
        var evaluated = json.putArray("evaluatedDatapoints");
        for (Map.Entry<Long, Double> point :
                new TreeMap<>(points).descendingMap().entrySet()) {
            evaluated
                    .addObject()
                    .put("timestamp", HistoryData.time(Instant.ofEpochSecond(point.getKey())))
                    .put("value", point.getValue());
        }
        return json.toString();
    }
}
