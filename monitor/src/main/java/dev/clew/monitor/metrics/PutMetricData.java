// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Scope;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.Dimension;
import dev.clew.monitor.api.cloudwatch.EntityMetricData;
import dev.clew.monitor.api.cloudwatch.MetricDatum;
import dev.clew.monitor.api.cloudwatch.PutMetricDataInput;
import dev.clew.monitor.api.cloudwatch.StatisticSet;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceException;
import dev.clew.wire.shape.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PutMetricData: all data of a call or none of it; durable before the answer. Entities are taken and not kept. */
final class PutMetricData implements Operation<PutMetricDataInput, Unit> {
    private static final int MOST_DATA = 1_000;
    private static final int MOST_VALUES = 150;
    private static final double GREATEST = Math.pow(2, 360);
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final MetricWriter writer;
    private final InstantSource time;

    PutMetricData(MetricWriter writer, InstantSource time) {
        this.writer = writer;
        this.time = time;
    }

    @Override
    public Unit handle(PutMetricDataInput input, Call call) {
        if (input.namespace().startsWith("AWS/")) {
            throw invalid("The value AWS/ for parameter Namespace is invalid.");
        }
        var points = new ArrayList<Point>();
        var now = time.instant();
        var data = requireNonNullElse(input.metricData(), List.<MetricDatum>of());
        var entities = requireNonNullElse(input.entityMetricData(), List.<EntityMetricData>of());
        if (data.isEmpty() && entities.isEmpty()) {
            throw missing("The parameter MetricData is required.");
        }
        add(points, call.scope(), input.namespace(), data, "MetricData.member.", now);
        for (int i = 0; i < entities.size(); i++) {
            var under = "EntityMetricData.member." + (i + 1) + ".MetricData.member.";
            var more = requireNonNullElse(entities.get(i).metricData(), List.<MetricDatum>of());
            add(points, call.scope(), input.namespace(), more, under, now);
        }
        if (points.size() > MOST_DATA) {
            throw invalid("The collection MetricData must not have a size greater than " + MOST_DATA + ".");
        }
        writer.put(points);
        return Unit.VALUE;
    }

    private static void add(
            List<Point> points, Scope scope, String namespace, List<MetricDatum> data, String under, Instant now) {
        if (data.size() > MOST_DATA) {
            throw invalid("The collection MetricData must not have a size greater than " + MOST_DATA + ".");
        }
        for (int i = 0; i < data.size(); i++) {
            var datum = data.get(i);
            points.add(point(scope, namespace, datum, under + (i + 1), now));
        }
    }

    private static Point point(Scope scope, String namespace, MetricDatum datum, String path, Instant now) {
        var dimensions = requireNonNullElse(datum.dimensions(), List.<Dimension>of());
        checkDimensions(dimensions, path);
        var at = requireNonNullElse(datum.timestamp(), now);
        if (at.isBefore(now.minus(OLDEST))) {
            throw invalid(
                    "The parameter " + path + ".Timestamp must specify a time no more than two weeks in the past.");
        }
        if (at.isAfter(now.plus(NEWEST))) {
            throw invalid(
                    "The parameter " + path + ".Timestamp must specify a time no more than two hours in the future.");
        }
        int resolution = requireNonNullElse(datum.storageResolution(), 60);
        if (resolution != 1 && resolution != 60) {
            throw invalid("The parameter " + path + ".StorageResolution must be 1 or 60.");
        }
        return new Point(
                new MetricName(scope, namespace, datum.metricName(), dimensions),
                Units.code(requireNonNullElse(datum.unit(), Units.NONE)),
                at.getEpochSecond(),
                resolution == 1,
                values(datum, path));
    }

    private static void checkDimensions(List<Dimension> dimensions, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < dimensions.size(); i++) {
            var dimension = dimensions.get(i);
            var where = path + ".Dimensions.member." + (i + 1);
            checkText(dimension.name(), where + ".Name");
            checkText(dimension.value(), where + ".Value");
            if (!names.add(dimension.name())) {
                throw invalid("The parameter " + where + ".Name repeats the name " + dimension.name() + ".");
            }
        }
    }

    private static void checkText(String text, String path) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The value for parameter " + path
                    + " is invalid: it must have a character other than white space, and no control characters.");
        }
    }

    private static Aggregate values(MetricDatum datum, String path) {
        var value = datum.value();
        var set = datum.statisticValues();
        var values = datum.values();
        exclusive(value, values, path, "Value", "Values");
        exclusive(value, set, path, "Value", "StatisticValues");
        exclusive(values, set, path, "Values", "StatisticValues");
        if (value != null) {
            return Aggregate.of(checked(value, path + ".Value"), 1);
        }
        if (set != null) {
            return statistics(set, path + ".StatisticValues");
        }
        if (values != null) {
            return counted(values, datum.counts(), path);
        }
        throw missing("At least one of the parameters " + path + ".Value, " + path + ".Values and " + path
                + ".StatisticValues must be specified.");
    }

    private static Aggregate statistics(StatisticSet set, String path) {
        double count = checked(set.sampleCount(), path + ".SampleCount");
        double least = checked(set.minimum(), path + ".Minimum");
        double most = checked(set.maximum(), path + ".Maximum");
        if (count <= 0) {
            throw invalid("The parameter " + path + ".SampleCount must be greater than 0.");
        }
        if (least > most) {
            throw invalid("The parameter " + path + ".Maximum must be at least as great as " + path + ".Minimum.");
        }
        return Aggregate.ofStatistics(count, checked(set.sum(), path + ".Sum"), least, most);
    }

    private static Aggregate counted(List<Double> values, @Nullable List<Double> counts, String path) {
        if (values.isEmpty()) {
            throw missing("The parameter " + path + ".Values is required.");
        }
        if (values.size() > MOST_VALUES) {
            throw invalid("The collection " + path + ".Values must not have a size greater than " + MOST_VALUES + ".");
        }
        if (counts != null && counts.size() != values.size()) {
            throw invalid("The parameters " + path + ".Values and " + path + ".Counts must be of the same size.");
        }
        var aggregate = new Aggregate();
        for (int i = 0; i < values.size(); i++) {
            double count = counts == null ? 1 : checked(counts.get(i), path + ".Counts.member." + (i + 1));
            if (count <= 0) {
                throw invalid("The parameter " + path + ".Counts.member." + (i + 1) + " must be greater than 0.");
            }
            aggregate.add(checked(values.get(i), path + ".Values.member." + (i + 1)), count);
        }
        return aggregate;
    }

    private static double checked(double value, String path) {
        if (Double.isNaN(value) || Math.abs(value) > GREATEST) {
            throw invalid("The value " + value + " for parameter " + path + " is invalid.");
        }
        return value;
    }

    private static void exclusive(
            @Nullable Object one, @Nullable Object other, String path, String nameOfOne, String nameOfOther) {
        if (one != null && other != null) {
            throw CloudwatchErrors.invalidParameterCombinationException("The parameters " + path + '.' + nameOfOne
                    + " and " + path + '.' + nameOfOther
                    + " are mutually exclusive and you have specified both.");
        }
    }

    private static ServiceException invalid(String message) {
        return CloudwatchErrors.invalidParameterValueException(message);
    }

    private static ServiceException missing(String message) {
        return CloudwatchErrors.missingRequiredParameterException(message);
    }
}
