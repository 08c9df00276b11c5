// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Arn;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.MetricDataQuery;
import dev.clew.monitor.api.cloudwatch.PutMetricAlarmInput;
import dev.clew.monitor.metrics.Periods;
import dev.clew.monitor.metrics.Statistic;
import dev.clew.monitor.query.MetricQueries;
import dev.clew.wire.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model cannot say of an alarm's definition. */
final class AlarmChecks {
    private static final long DAY = 86_400;
    private static final long WEEK = 7 * DAY;

    private final MetricQueries queries;

    AlarmChecks(MetricQueries queries) {
        this.queries = queries;
    }

    /** @throws ServiceException if the alarm makes no sense */
    void check(PutMetricAlarmInput alarm) {
        var metrics = requireNonNullElse(alarm.metrics(), List.<MetricDataQuery>of());
        if (Comparison.parse(alarm.comparisonOperator()).isEmpty() || alarm.thresholdMetricId() != null) {
            throw validation("Alarms on anomaly detection bands are not offered here");
        }
        if (alarm.threshold() == null) {
            throw CloudwatchErrors.missingRequiredParameterException("The parameter Threshold is required.");
        }
        if (metrics.isEmpty()) {
            checkMetric(alarm);
        } else {
            checkMetrics(alarm, metrics);
        }
        int evaluated = alarm.evaluationPeriods();
        if (requireNonNullElse(alarm.datapointsToAlarm(), evaluated) > evaluated) {
            throw validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
        }
        if (MissingData.parse(alarm.treatMissingData()).isEmpty()) {
            throw validation(
                    "The value " + alarm.treatMissingData() + " for parameter TreatMissingData is not supported"
                            + " (expected: missing, ignore, breaching or notBreaching)");
        }
        long period = MetricWatch.period(alarm);
        if (evaluated * period > (period >= 3_600 ? WEEK : DAY)) {
            throw validation(
                    period >= 3_600
                            ? "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <="
                                    + " 604800)."
                            : "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <="
                                    + " 86400).");
        }
        checkActions(alarm.okActions(), alarm.alarmActions(), alarm.insufficientDataActions());
    }

    private static void checkMetric(PutMetricAlarmInput alarm) {
        if (alarm.metricName() == null || alarm.namespace() == null || alarm.period() == null) {
            throw CloudwatchErrors.missingRequiredParameterException(
                    "The parameters MetricName, Namespace and Period are required, or Metrics in their place.");
        }
        var statistic = alarm.statistic();
        var extended = alarm.extendedStatistic();
        if (statistic != null && extended != null) {
            throw CloudwatchErrors.invalidParameterCombinationException(
                    "The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified"
                            + " both.");
        }
        if (statistic == null && extended == null) {
            throw CloudwatchErrors.missingRequiredParameterException(
                    "One of the parameters Statistic and ExtendedStatistic is required.");
        }
        if (extended != null && Statistic.parse(extended).isEmpty()) {
            throw validation("The value " + extended + " for parameter ExtendedStatistic is not supported.");
        }
        long period = alarm.period();
        if (!Periods.isValid(period) || period < 10) {
            throw validation("Period must be 10, 20, 30 or a multiple of 60");
        }
    }

    private void checkMetrics(PutMetricAlarmInput alarm, List<MetricDataQuery> metrics) {
        if (alarm.metricName() != null
                || alarm.namespace() != null
                || alarm.period() != null
                || alarm.statistic() != null
                || alarm.extendedStatistic() != null
                || alarm.dimensions() != null && !alarm.dimensions().isEmpty()) {
            throw CloudwatchErrors.invalidParameterCombinationException(
                    "The parameters MetricName, Namespace, Dimensions, Period, Statistic and ExtendedStatistic cannot"
                            + " be specified together with Metrics.");
        }
        queries.check(metrics, "Metrics");
        long returned = metrics.stream()
                .filter(query -> requireNonNullElse(query.returnData(), true))
                .count();
        if (returned != 1) {
            throw validation("Exactly one element of the metrics list should return data");
        }
    }

    /** @throws ServiceException unless all are ARNs */
    @SafeVarargs
    static void checkActions(@Nullable List<String>... actions) {
        for (var list : actions) {
            for (var action : requireNonNullElse(list, List.<String>of())) {
                if (Arn.parse(action).isEmpty()) {
                    throw validation("Invalid arn syntax: " + action);
                }
            }
        }
    }

    static ServiceException validation(String message) {
        return ServiceException.client("ValidationError", 400, message);
    }
}
