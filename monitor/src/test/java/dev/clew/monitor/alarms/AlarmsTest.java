// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.monitor.MetricServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Challenge 2 of the recipe, as far as alarms are concerned. */
final class AlarmsTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:responder";
    private static final String ARN = "arn:aws:cloudwatch:us-east-1:111111111111:alarm:";

    private MetricServer server = MetricServer.start();
    private final Effects effects = new Effects();

    /** Writes down what it is asked for. */
    private static final class Effects implements AlarmEffects {
        final List<Announcement> announced = new ArrayList<>();
        final List<Action> actions = new ArrayList<>();
        Outcome outcome = new Outcome.Done();
        boolean broken;

        @Override
        public void announce(Announcement announcement) {
            if (broken) {
                throw new IllegalStateException("the bus is away");
            }
            announced.add(announcement);
        }

        @Override
        public Outcome act(Action action) {
            actions.add(action);
            return outcome;
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void alarm(String name, Map<String, ?> more) {
        var input = new HashMap<String, Object>(Map.of(
                "AlarmName", name,
                "Namespace", "Shop",
                "MetricName", "Faults",
                "Statistic", "Sum",
                "Period", 60,
                "EvaluationPeriods", 1,
                "Threshold", 0,
                "ComparisonOperator", "GreaterThanThreshold",
                "TreatMissingData", "notBreaching"));
        input.putAll(more);
        server.call("PutMetricAlarm", input);
    }

    /** A minute goes by, in which {@code faults} happen. */
    private void minute(double faults) {
        if (faults >= 0) {
            server.put("Shop", server.datum("Faults", faults, 0));
        }
        server.clock.advance(Duration.ofMinutes(1));
        server.metrics.tick(effects);
    }

    private JsonNode described(String name) {
        var answer = server.call(
                "DescribeAlarms",
                Map.of("AlarmNames", List.of(name), "AlarmTypes", List.of("MetricAlarm", "CompositeAlarm")));
        return answer.path("MetricAlarms").isEmpty()
                ? answer.path("CompositeAlarms").path(0)
                : answer.path("MetricAlarms").path(0);
    }

    private String state(String name) {
        return described(name).path("StateValue").asString();
    }

    @Test
    void beginsWithoutDataAndGoesOffAndBack() {
        alarm("PaymentFaults", Map.of("AlarmDescription", "payments fail", "AlarmActions", List.of(FUNCTION)));
        assertThat(state("PaymentFaults")).isEqualTo("INSUFFICIENT_DATA");
        assertThat(described("PaymentFaults").path("StateReason").asString())
                .isEqualTo("Unchecked: Initial alarm creation");
        minute(-1);
        assertThat(state("PaymentFaults")).isEqualTo("OK");
        minute(5);
        assertThat(state("PaymentFaults")).isEqualTo("ALARM");
        assertThat(described("PaymentFaults").path("StateReason").asString())
                .isEqualTo(
                        "Threshold Crossed: 1 out of the last 1 datapoints [5.0 (07/08/26 10:01:00)] was greater than"
                                + " the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).");
        minute(0);
        assertThat(state("PaymentFaults")).isEqualTo("OK");
        assertThat(described("PaymentFaults").path("StateReason").asString())
                .isEqualTo("Threshold Crossed: 1 out of the last 1 datapoints [0.0 (07/08/26 10:02:00)] was not greater"
                        + " than the threshold (0.0) (minimum 1 datapoint for ALARM -> OK transition).");
    }

    @Test
    void putsAnEventOnTheBusAndActsOnEachChange() {
        alarm("PaymentFaults", Map.of("AlarmDescription", "payments fail", "AlarmActions", List.of(FUNCTION)));
        minute(0);
        assertThat(effects.announced).hasSize(1);
        assertThat(effects.actions).as("nothing is to be done for OK").isEmpty();
        minute(5);
        minute(7);
        assertThat(effects.announced).as("no change, no event").hasSize(2);
        var announcement = effects.announced.getLast();
        assertThat(announcement.alarm()).isEqualTo(ARN + "PaymentFaults");
        var detail = JsonMapper.shared().readTree(announcement.detail());
        assertThat(detail.path("alarmName").asString()).isEqualTo("PaymentFaults");
        assertThat(detail.at("/state/value").asString()).isEqualTo("ALARM");
        assertThat(detail.at("/state/timestamp").asString()).isEqualTo("2026-08-07T10:02:00.000+0000");
        assertThat(detail.at("/previousState/value").asString()).isEqualTo("OK");
        assertThat(detail.at("/configuration/description").asString()).isEqualTo("payments fail");
        assertThat(detail.at("/configuration/metrics/0/metricStat/metric/namespace")
                        .asString())
                .isEqualTo("Shop");
        var data = JsonMapper.shared().readTree(detail.at("/state/reasonData").asString());
        assertThat(data.path("recentDatapoints").toString()).isEqualTo("[5.0]");
        assertThat(data.path("threshold").asDouble()).isZero();
        assertThat(data.path("queryDate").asString()).isEqualTo("2026-08-07T10:02:00.000+0000");
        assertThat(effects.actions).hasSize(1);
        assertThat(effects.actions.getFirst().target().toString()).isEqualTo(FUNCTION);
        var payload = JsonMapper.shared().readTree(effects.actions.getFirst().payload());
        assertThat(payload.path("source").asString()).isEqualTo("aws.cloudwatch");
        assertThat(payload.at("/alarmData/state/value").asString()).isEqualTo("ALARM");
    }

    @Test
    void tellsWhatItOwesAfterATroubleOrARestartWithTheSameId() {
        alarm("a", Map.of());
        effects.broken = true;
        minute(0);
        assertThat(state("a")).isEqualTo("OK");
        server = server.restarted();
        effects.broken = false;
        server.metrics.tick(effects);
        server.metrics.tick(effects);
        assertThat(effects.announced).hasSize(1);
        assertThat(state("a")).isEqualTo("OK");
    }

    @ParameterizedTest
    @CsvSource({"missing, INSUFFICIENT_DATA", "ignore, ALARM", "breaching, ALARM", "notBreaching, OK"})
    void treatsMissingDataAsItIsTold(String treatment, String expected) {
        alarm("a", Map.of("TreatMissingData", treatment));
        minute(1);
        assertThat(state("a")).isEqualTo("ALARM");
        for (int i = 0; i < 5; i++) {
            minute(-1);
        }
        assertThat(state("a")).isEqualTo(expected);
    }

    @Test
    void needsSomeOfTheLastPeriods() {
        alarm("a", Map.of("EvaluationPeriods", 3, "DatapointsToAlarm", 2));
        minute(1);
        minute(0);
        assertThat(state("a")).isEqualTo("OK");
        minute(1);
        assertThat(state("a")).isEqualTo("ALARM");
        minute(0);
        assertThat(state("a")).isEqualTo("OK");
    }

    @Test
    void watchesAnExpression() {
        server.call(
                "PutMetricAlarm",
                Map.of(
                        "AlarmName",
                        "rate",
                        "EvaluationPeriods",
                        1,
                        "Threshold",
                        10,
                        "ComparisonOperator",
                        "GreaterThanThreshold",
                        "Metrics",
                        List.of(
                                stat("f", "Faults"),
                                stat("r", "Requests"),
                                Map.of("Id", "rate", "Expression", "100 * f / r", "ReturnData", true))));
        server.put("Shop", server.datum("Requests", 50, 0));
        minute(2);
        assertThat(state("rate")).isEqualTo("OK");
        server.put("Shop", server.datum("Requests", 50, 0));
        minute(6);
        assertThat(state("rate")).isEqualTo("ALARM");
        assertThat(described("rate").path("StateReason").asString()).contains("[12.0 (07/08/26 10:01:00)]");
    }

    private static Map<String, Object> stat(String id, String metric) {
        return Map.of(
                "Id",
                id,
                "ReturnData",
                false,
                "MetricStat",
                Map.of("Metric", Map.of("Namespace", "Shop", "MetricName", metric), "Period", 60, "Stat", "Sum"));
    }

    @Test
    void setsAStateUntilTheNextEvaluation() {
        alarm("a", Map.of("AlarmActions", List.of(FUNCTION)));
        minute(0);
        server.call("SetAlarmState", Map.of("AlarmName", "a", "StateValue", "ALARM", "StateReason", "a test"));
        server.metrics.tick(effects);
        assertThat(described("a").path("StateReason").asString()).isEqualTo("a test");
        assertThat(effects.actions).hasSize(1);
        minute(0);
        assertThat(state("a")).isEqualTo("OK");
        server.refused(
                "ResourceNotFound",
                "Alarm none does not exist",
                "SetAlarmState",
                Map.of("AlarmName", "none", "StateValue", "OK", "StateReason", "x"));
    }

    @Test
    void actsOnlyWhileActionsAreEnabled() {
        alarm("a", Map.of("AlarmActions", List.of(FUNCTION)));
        server.call("DisableAlarmActions", Map.of("AlarmNames", List.of("a")));
        minute(1);
        assertThat(effects.actions).isEmpty();
        assertThat(effects.announced).hasSize(1);
        assertThat(described("a").path("ActionsEnabled").asBoolean()).isFalse();
        server.call("EnableAlarmActions", Map.of("AlarmNames", List.of("a")));
        minute(0);
        minute(1);
        assertThat(effects.actions).hasSize(1);
    }

    @Test
    void keepsHistory() {
        alarm("a", Map.of("AlarmActions", List.of(FUNCTION)));
        effects.outcome = new AlarmEffects.Outcome.Failed("no statement allows it");
        minute(1);
        var items =
                server.call("DescribeAlarmHistory", Map.of("AlarmName", "a")).path("AlarmHistoryItems");
        assertThat(items.valueStream().map(item -> item.path("HistorySummary").asString()))
                .containsExactly(
                        "Failed to execute action " + FUNCTION + ". Received error: \"no statement allows it\"",
                        "Alarm updated from INSUFFICIENT_DATA to ALARM",
                        "Alarm \"a\" created");
        assertThat(server.call(
                                "DescribeAlarmHistory",
                                Map.of("AlarmName", "a", "HistoryItemType", "StateUpdate", "MaxRecords", 1))
                        .path("AlarmHistoryItems"))
                .hasSize(1);
        server.clock.advance(Duration.ofDays(31));
        server.metrics.tick(effects);
        assertThat(server.call("DescribeAlarmHistory", Map.of("HistoryItemType", "ConfigurationUpdate"))
                        .path("AlarmHistoryItems"))
                .isEmpty();
    }

    @Test
    void keepsItsStateWhenItIsDefinedAnewAndAcrossRestarts() {
        alarm("a", Map.of());
        minute(1);
        alarm("a", Map.of("Threshold", 100));
        assertThat(state("a")).isEqualTo("ALARM");
        server = server.restarted();
        assertThat(state("a")).isEqualTo("ALARM");
        assertThat(described("a").path("Threshold").asDouble()).isEqualTo(100);
        server.metrics.tick(effects);
        assertThat(state("a")).isEqualTo("OK");
        server.call("DeleteAlarms", Map.of("AlarmNames", List.of("a", "none")));
        assertThat(server.call("DescribeAlarms", Map.of()).path("MetricAlarms")).isEmpty();
    }

    @Test
    void watchesOtherAlarms() {
        alarm("a", Map.of());
        alarm("b", Map.of("Threshold", 10));
        server.call(
                "PutCompositeAlarm",
                Map.of("AlarmName", "both", "AlarmRule", "ALARM(\"a\") AND NOT (ALARM('" + ARN + "b') OR FALSE)"));
        minute(1);
        assertThat(state("both")).isEqualTo("ALARM");
        minute(11);
        assertThat(state("both")).isEqualTo("OK");
        server.refused(
                "ValidationError",
                "AlarmRule: there is no alarm c",
                "PutCompositeAlarm",
                Map.of("AlarmName", "x", "AlarmRule", "ALARM(c)"));
        server.refused(
                "ValidationError",
                "AlarmRule: both would depend on itself",
                "PutCompositeAlarm",
                Map.of("AlarmName", "both", "AlarmRule", "OK(both)"));
        server.refused(
                "ValidationError",
                "AlarmRule: a condition is missing at position 13",
                "PutCompositeAlarm",
                Map.of("AlarmName", "x", "AlarmRule", "ALARM(a) AND "));
        assertThat(server.call(
                                "DescribeAlarms",
                                Map.of("ParentsOfAlarmName", "a", "AlarmTypes", List.of("CompositeAlarm")))
                        .path("CompositeAlarms"))
                .hasSize(1);
    }

    @Test
    void describesByPrefixStateMetricAndPage() {
        alarm("a1", Map.of());
        alarm("a2", Map.of("Threshold", 10));
        alarm("b", Map.of("MetricName", "Other"));
        minute(1);
        assertThat(names(Map.of("AlarmNamePrefix", "a"))).containsExactly("a1", "a2");
        assertThat(names(Map.of("StateValue", "ALARM"))).containsExactly("a1");
        var page = server.call("DescribeAlarms", Map.of("MaxRecords", 2));
        assertThat(page.path("MetricAlarms")).hasSize(2);
        assertThat(names(Map.of("NextToken", page.path("NextToken").asString())))
                .containsExactly("b");
        assertThat(server.call("DescribeAlarmsForMetric", Map.of("Namespace", "Shop", "MetricName", "Other"))
                        .path("MetricAlarms"))
                .hasSize(1);
    }

    private List<String> names(Map<String, ?> input) {
        return server.call("DescribeAlarms", input)
                .path("MetricAlarms")
                .valueStream()
                .map(alarm -> alarm.path("AlarmName").asString())
                .toList();
    }

    @Test
    void carriesTags() {
        alarm("a", Map.of("Tags", List.of(Map.of("Key", "team", "Value", "pay"))));
        server.call(
                "TagResource",
                Map.of("ResourceARN", ARN + "a", "Tags", List.of(Map.of("Key", "stage", "Value", "prod"))));
        server.call("UntagResource", Map.of("ResourceARN", ARN + "a", "TagKeys", List.of("team")));
        assertThat(server.call("ListTagsForResource", Map.of("ResourceARN", ARN + "a"))
                        .path("Tags")
                        .toString())
                .isEqualTo("[{\"Key\":\"stage\",\"Value\":\"prod\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DatapointsToAlarm; 2; ValidationError; DatapointsToAlarm must be less than or equal to"
                        + " EvaluationPeriods",
                "EvaluationPeriods; 1441; ValidationError; Metrics cannot be checked across more than a day"
                        + " (EvaluationPeriods * Period must be <= 86400).",
                "Period; 45; ValidationError; Period must be 10, 20, 30 or a multiple of 60",
                "ExtendedStatistic; p99; InvalidParameterCombinationException; The parameters Statistic and"
                        + " ExtendedStatistic are mutually exclusive and you have specified both.",
            })
    void refusesWhatMakesNoSense(String member, String value, String code, String message) {
        var input = new HashMap<String, Object>(Map.of(
                "AlarmName", "a",
                "Namespace", "Shop",
                "MetricName", "Faults",
                "Statistic", "Sum",
                "Period", 60,
                "EvaluationPeriods", 1,
                "Threshold", 0,
                "ComparisonOperator", "GreaterThanThreshold"));
        input.put(member, member.equals("ExtendedStatistic") ? value : Integer.valueOf(value));
        server.refused(code, message, "PutMetricAlarm", input);
    }
}
