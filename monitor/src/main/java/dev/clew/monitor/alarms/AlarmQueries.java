// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Scope;
import dev.clew.monitor.api.cloudwatch.AlarmHistoryItem;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.CompositeAlarm;
import dev.clew.monitor.api.cloudwatch.DescribeAlarmHistoryInput;
import dev.clew.monitor.api.cloudwatch.DescribeAlarmHistoryOutput;
import dev.clew.monitor.api.cloudwatch.DescribeAlarmsForMetricInput;
import dev.clew.monitor.api.cloudwatch.DescribeAlarmsForMetricOutput;
import dev.clew.monitor.api.cloudwatch.DescribeAlarmsInput;
import dev.clew.monitor.api.cloudwatch.DescribeAlarmsOutput;
import dev.clew.monitor.api.cloudwatch.Dimension;
import dev.clew.monitor.api.cloudwatch.MetricAlarm;
import dev.clew.monitor.metrics.MetricName;
import dev.clew.wire.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations that tell of alarms. */
final class AlarmQueries {
    private static final int PAGE = 50;
    private static final int HISTORY_PAGE = 100;
    private static final String METRIC = "MetricAlarm";

    private final Alarms alarms;
    private final History history;

    AlarmQueries(Alarms alarms, History history) {
        this.alarms = alarms;
        this.history = history;
    }

    DescribeAlarmsOutput describe(DescribeAlarmsInput input, Call call) {
        if (input.alarmNames() != null && input.alarmNamePrefix() != null) {
            throw AlarmChecks.validation("AlarmNames and AlarmNamePrefix are mutually exclusive");
        }
        var after = start(input.nextToken());
        int most = requireNonNullElse(input.maxRecords(), PAGE);
        var types = requireNonNullElse(input.alarmTypes(), List.of(METRIC));
        var found = candidates(input, call.scope())
                .filter(alarm -> types.contains(alarm.type()))
                .filter(alarm ->
                        input.stateValue() == null || alarm.state().name().equals(input.stateValue()))
                .filter(alarm -> hasAction(alarm, input.actionPrefix()))
                .filter(alarm -> after == null || alarm.name().compareTo(after) > 0)
                .limit(most + 1L)
                .toList();
        var shown = found.stream().limit(most).toList();
        return new DescribeAlarmsOutput(
                shown.stream()
                        .filter(alarm -> alarm.composite() != null)
                        .map(AlarmQueries::composite)
                        .toList(),
                shown.stream()
                        .filter(alarm -> alarm.metric() != null)
                        .map(AlarmQueries::metric)
                        .toList(),
                found.size() > most ? token(shown.getLast().name()) : null);
    }

    private Stream<Alarm> candidates(DescribeAlarmsInput input, Scope scope) {
        var all = alarms.list(scope, requireNonNullElse(input.alarmNamePrefix(), "")).stream();
        if (input.alarmNames() != null) {
            var names = Set.copyOf(input.alarmNames());
            all = all.filter(alarm -> names.contains(alarm.name()));
        }
        if (input.childrenOfAlarmName() != null) {
            var children = children(alarms.require(scope, input.childrenOfAlarmName()));
            all = all.filter(alarm -> children.contains(alarm.name()));
        }
        if (input.parentsOfAlarmName() != null) {
            var child = input.parentsOfAlarmName();
            all = all.filter(alarm -> children(alarm).contains(child));
        }
        return all;
    }

    private static Set<String> children(Alarm alarm) {
        var composite = alarm.composite();
        return composite == null
                ? Set.of()
                : AlarmRule.parse(composite.alarmRule()).alarms();
    }

    private static boolean hasAction(Alarm alarm, @Nullable String prefix) {
        return prefix == null
                || Stream.of(AlarmState.values())
                        .flatMap(state -> alarm.actions(state).stream())
                        .anyMatch(action -> action.startsWith(prefix));
    }

    DescribeAlarmsForMetricOutput describeForMetric(DescribeAlarmsForMetricInput input, Call call) {
        var wanted = MetricName.of(call.scope(), input.namespace(), input.metricName(), input.dimensions());
        return new DescribeAlarmsForMetricOutput(alarms.list(call.scope(), "").stream()
                .filter(alarm -> watches(alarm, wanted, input))
                .map(AlarmQueries::metric)
                .toList());
    }

    private static boolean watches(Alarm alarm, MetricName wanted, DescribeAlarmsForMetricInput input) {
        var metric = alarm.metric();
        return metric != null
                && metric.namespace() != null
                && metric.metricName() != null
                && wanted.equals(
                        MetricName.of(wanted.scope(), metric.namespace(), metric.metricName(), metric.dimensions()))
                && (input.statistic() == null || input.statistic().equals(metric.statistic()))
                && (input.extendedStatistic() == null
                        || input.extendedStatistic().equals(metric.extendedStatistic()))
                && (input.period() == null || input.period().equals(metric.period()))
                && (input.unit() == null || input.unit().equals(metric.unit()));
    }

    DescribeAlarmHistoryOutput describeHistory(DescribeAlarmHistoryInput input, Call call) {
        int most = requireNonNullElse(input.maxRecords(), HISTORY_PAGE);
        var types = requireNonNullElse(input.alarmTypes(), List.of(METRIC));
        if ("TimestampAscending".equals(input.scanBy())) {
            throw AlarmChecks.validation("ScanBy: TimestampAscending is not offered here");
        }
        var found = history.newestFirst(
                call.scope(),
                requireNonNullElse(input.startDate(), Instant.EPOCH),
                requireNonNullElse(input.endDate(), Instant.parse("9999-01-01T00:00:00Z")),
                start(input.nextToken()),
                item -> types.contains(item.type())
                        && (input.alarmName() == null || item.alarm().equals(input.alarmName()))
                        && (input.historyItemType() == null || item.kind().equals(input.historyItemType())),
                most + 1);
        var shown = found.stream().limit(most).toList();
        return new DescribeAlarmHistoryOutput(
                shown.stream().map(item -> item(item.item())).toList(),
                found.size() > most ? token(shown.getLast().place()) : null);
    }

    private static AlarmHistoryItem item(History.Item item) {
        return AlarmHistoryItem.builder()
                .alarmName(item.alarm())
                .alarmType(item.type())
                .timestamp(item.time())
                .historyItemType(item.kind())
                .historySummary(item.summary())
                .historyData(item.data())
                .build();
    }

    private static MetricAlarm metric(Alarm alarm) {
        var metric = Objects.requireNonNull(alarm.metric());
        return MetricAlarm.builder()
                .alarmName(alarm.name())
                .alarmArn(alarm.arn())
                .alarmDescription(metric.alarmDescription())
                .alarmConfigurationUpdatedTimestamp(alarm.configured())
                .actionsEnabled(alarm.actionsEnabled())
                .okActions(alarm.actions(AlarmState.OK))
                .alarmActions(alarm.actions(AlarmState.ALARM))
                .insufficientDataActions(alarm.actions(AlarmState.INSUFFICIENT_DATA))
                .stateValue(alarm.state().name())
                .stateReason(alarm.reason())
                .stateReasonData(alarm.reasonData())
                .stateUpdatedTimestamp(alarm.updated())
                .stateTransitionedTimestamp(alarm.transitioned())
                .metricName(metric.metricName())
                .namespace(metric.namespace())
                .statistic(metric.statistic())
                .extendedStatistic(metric.extendedStatistic())
                .dimensions(requireNonNullElse(metric.dimensions(), List.<Dimension>of()))
                .period(metric.period())
                .unit(metric.unit())
                .evaluationPeriods(metric.evaluationPeriods())
                .datapointsToAlarm(metric.datapointsToAlarm())
                .threshold(metric.threshold())
                .comparisonOperator(metric.comparisonOperator())
                .treatMissingData(metric.treatMissingData())
                .evaluateLowSampleCountPercentile(metric.evaluateLowSampleCountPercentile())
                .metrics(metric.metrics())
                .build();
    }

    private static CompositeAlarm composite(Alarm alarm) {
        var composite = Objects.requireNonNull(alarm.composite());
        return CompositeAlarm.builder()
                .alarmName(alarm.name())
                .alarmArn(alarm.arn())
                .alarmDescription(composite.alarmDescription())
                .alarmConfigurationUpdatedTimestamp(alarm.configured())
                .alarmRule(composite.alarmRule())
                .actionsEnabled(alarm.actionsEnabled())
                .okActions(alarm.actions(AlarmState.OK))
                .alarmActions(alarm.actions(AlarmState.ALARM))
                .insufficientDataActions(alarm.actions(AlarmState.INSUFFICIENT_DATA))
                .stateValue(alarm.state().name())
                .stateReason(alarm.reason())
                .stateReasonData(alarm.reasonData())
                .stateUpdatedTimestamp(alarm.updated())
                .stateTransitionedTimestamp(alarm.transitioned())
                .build();
    }

    private static String token(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String start(@Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CloudwatchErrors.invalidNextToken("The value for parameter NextToken is invalid.");
        }
    }
}
