// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.monitor.api.cloudwatch.MetricDataQuery;
import dev.clew.monitor.api.cloudwatch.PutMetricAlarmInput;
import dev.clew.monitor.metrics.MetricName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON texts that tell of alarms: in their history, in events, to functions. */
final class HistoryData {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.shared();

    private HistoryData() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    /** Of an item {@code ConfigurationUpdate}. */
    static String configuration(Alarm alarm, String kind) {
        var json = JSON.createObjectNode();
        json.put("version", "1.0").put("type", kind);
        var definition =
                json.putObject(kind.equals("Update") ? "updatedAlarm" : kind.toLowerCase(Locale.ROOT) + "dAlarm");
        definition
                .put("alarmName", alarm.name())
                .put("alarmArn", alarm.arn())
                .put("stateValue", alarm.state().name());
        definition.set("configuration", configuration(alarm));
        return json.toString();
    }

    /** Of an item {@code StateUpdate}. */
    static String change(Change change) {
        var json = JSON.createObjectNode();
        json.put("version", "1.0");
        var old = json.putObject("oldState");
        old.put("stateValue", change.previous().state().name())
                .put("stateReason", change.previous().reason());
        putJson(old, "stateReasonData", change.previous().reasonData());
        var entered = json.putObject("newState");
        entered.put("stateValue", change.alarm().state().name())
                .put("stateReason", change.alarm().reason());
        putJson(entered, "stateReasonData", change.alarm().reasonData());
        return json.toString();
    }

    private static void putJson(ObjectNode json, String member, @Nullable String text) {
        if (text != null) {
            try {
                json.set(member, JSON.readTree(text));
            } catch (tools.jackson.core.JacksonException e) {
                json.put(member, text); // SetAlarmState takes any text
            }
        }
    }

    /** Of an item {@code Action}. */
    static String action(Alarm alarm, String target, @Nullable String problem) {
        var json = JSON.createObjectNode();
        json.put("actionState", problem == null ? "Succeeded" : "Failed");
        json.put("stateUpdateTimestamp", alarm.updated().toEpochMilli());
        json.put("notificationResource", target);
        json.put("error", problem);
        return json.toString();
    }

    /** The detail of the event {@code CloudWatch Alarm State Change}. */
    static String detail(Change change) {
        return alarmData(change).toString();
    }

    /** What a function gets. */
    static String payload(Change change) {
        var alarm = change.alarm();
        var json = JSON.createObjectNode();
        json.put("source", "aws.cloudwatch");
        json.put("alarmArn", alarm.arn());
        json.put("accountId", alarm.account());
        json.put("time", time(alarm.updated()));
        json.put("region", alarm.region());
        json.set("alarmData", alarmData(change));
        return json.toString();
    }

    private static ObjectNode alarmData(Change change) {
        var alarm = change.alarm();
        var previous = change.previous();
        var json = JSON.createObjectNode();
        json.put("alarmName", alarm.name());
        state(json.putObject("state"), alarm.state(), alarm.reason(), alarm.reasonData(), alarm.updated());
        state(
                json.putObject("previousState"),
                previous.state(),
                previous.reason(),
                previous.reasonData(),
                previous.updated());
        json.set("configuration", configuration(alarm));
        return json;
    }

    private static void state(
            ObjectNode json, AlarmState state, String reason, @Nullable String data, Instant updated) {
        json.put("value", state.name()).put("reason", reason);
        if (data != null) {
            json.put("reasonData", data);
        }
        json.put("timestamp", time(updated));
    }

    private static ObjectNode configuration(Alarm alarm) {
        var json = JSON.createObjectNode();
        if (alarm.description() != null) {
            json.put("description", alarm.description());
        }
        var metric = alarm.metric();
        if (metric == null) {
            json.put("alarmRule", Objects.requireNonNull(alarm.composite()).alarmRule());
            return json;
        }
        var metrics = json.putArray("metrics");
        queries(alarm, metric).forEach(query -> metrics.add(query(alarm, query)));
        return json;
    }

    private static List<MetricDataQuery> queries(Alarm alarm, PutMetricAlarmInput metric) {
        var id = UUID.nameUUIDFromBytes(alarm.arn().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return MetricWatch.queries(metric, id.toString());
    }

    private static ObjectNode query(Alarm alarm, MetricDataQuery query) {
        var json = JSON.createObjectNode();
        json.put("id", query.id());
        var stat = query.metricStat();
        if (stat != null) {
            var inner = json.putObject("metricStat");
            var metric = inner.putObject("metric");
            metric.put("namespace", stat.metric().namespace());
            metric.put("name", stat.metric().metricName());
            var dimensions = metric.putObject("dimensions");
            MetricName.of(alarm.scope(), "", "", stat.metric().dimensions())
                    .dimensionMap()
                    .forEach(dimensions::put);
            inner.put("period", stat.period());
            inner.put("stat", stat.stat());
        } else {
            json.put("expression", query.expression());
        }
        json.put("returnData", !Boolean.FALSE.equals(query.returnData()));
        return json;
    }
}
