// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.monitor.api.cloudwatch.PutCompositeAlarmInput;
import dev.clew.monitor.api.cloudwatch.PutMetricAlarmInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as it is stored.
 *
 * @param metric its definition, if it watches a metric
 * @param composite its definition, if it watches other alarms; exactly one of the two is there
 * @param configured when it was last defined
 * @param updated when its state was last set
 * @param transitioned when its state last became another
 */
record Alarm(
        String account,
        String region,
        @Nullable PutMetricAlarmInput metric,
        @Nullable PutCompositeAlarmInput composite,
        boolean actionsEnabled,
        Map<String, String> tags,
        AlarmState state,
        String reason,
        @Nullable String reasonData,
        Instant configured,
        Instant updated,
        Instant transitioned) {
    static final String UNCHECKED = "Unchecked: Initial alarm creation";

    Alarm {
        tags = Map.copyOf(tags);
    }

    /** An alarm that nobody has looked at yet. */
    static Alarm of(
            Scope scope,
            @Nullable PutMetricAlarmInput metric,
            @Nullable PutCompositeAlarmInput composite,
            boolean actionsEnabled,
            Map<String, String> tags,
            Instant now) {
        return new Alarm(
                scope.account(),
                scope.region(),
                metric,
                composite,
                actionsEnabled,
                tags,
                AlarmState.INSUFFICIENT_DATA,
                UNCHECKED,
                null,
                now,
                now,
                now);
    }

    Scope scope() {
        return new Scope(account, region);
    }

    String name() {
        return metric == null ? Objects.requireNonNull(composite).alarmName() : metric.alarmName();
    }

    String arn() {
        return arn(scope(), name());
    }

    static String arn(Scope scope, String name) {
        return Arn.of("cloudwatch", scope, "alarm:" + name).toString();
    }

    String type() {
        return metric == null ? "CompositeAlarm" : "MetricAlarm";
    }

    @Nullable
    String description() {
        return metric == null ? Objects.requireNonNull(composite).alarmDescription() : metric.alarmDescription();
    }

    /** ARNs of what happens when the alarm comes into {@code entered}. */
    List<String> actions(AlarmState entered) {
        var of = composite;
        var actions = switch (entered) {
            case OK -> of == null ? Objects.requireNonNull(metric).okActions() : of.okActions();
            case ALARM -> of == null ? Objects.requireNonNull(metric).alarmActions() : of.alarmActions();
            case INSUFFICIENT_DATA ->
                of == null ? Objects.requireNonNull(metric).insufficientDataActions() : of.insufficientDataActions();
        };
        return requireNonNullElse(actions, List.of());
    }

    /** The same alarm with a new definition; its state is kept, and its tags. */
    Alarm redefined(
            @Nullable PutMetricAlarmInput newMetric,
            @Nullable PutCompositeAlarmInput newComposite,
            boolean enabled,
            Instant now) {
        return new Alarm(
                account,
                region,
                newMetric,
                newComposite,
                enabled,
                tags,
                state,
                reason,
                reasonData,
                now,
                updated,
                transitioned);
    }

    Alarm withActions(boolean enabled) {
        return new Alarm(
                account,
                region,
                metric,
                composite,
                enabled,
                tags,
                state,
                reason,
                reasonData,
                configured,
                updated,
                transitioned);
    }

    Alarm withTags(Map<String, String> changed) {
        return new Alarm(
                account,
                region,
                metric,
                composite,
                actionsEnabled,
                changed,
                state,
                reason,
                reasonData,
                configured,
                updated,
                transitioned);
    }

    Alarm in(AlarmState entered, String why, @Nullable String data, Instant now) {
        return new Alarm(
                account,
                region,
                metric,
                composite,
                actionsEnabled,
                tags,
                entered,
                why,
                data,
                configured,
                now,
                entered == state ? transitioned : now);
    }
}
