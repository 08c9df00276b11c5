// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static java.util.Objects.requireNonNullElse;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.DeleteAlarmsInput;
import dev.clew.monitor.api.cloudwatch.DisableAlarmActionsInput;
import dev.clew.monitor.api.cloudwatch.EnableAlarmActionsInput;
import dev.clew.monitor.api.cloudwatch.ListTagsForResourceInput;
import dev.clew.monitor.api.cloudwatch.ListTagsForResourceOutput;
import dev.clew.monitor.api.cloudwatch.PutCompositeAlarmInput;
import dev.clew.monitor.api.cloudwatch.PutMetricAlarmInput;
import dev.clew.monitor.api.cloudwatch.SetAlarmStateInput;
import dev.clew.monitor.api.cloudwatch.Tag;
import dev.clew.monitor.api.cloudwatch.TagResourceInput;
import dev.clew.monitor.api.cloudwatch.TagResourceOutput;
import dev.clew.monitor.api.cloudwatch.UntagResourceInput;
import dev.clew.monitor.api.cloudwatch.UntagResourceOutput;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Operations that change alarms. Each is durable before the answer. */
final class AlarmOperations {
    private static final int MOST_TAGS = 50;

    private final Alarms alarms;
    private final AlarmChecks checks;

    AlarmOperations(Alarms alarms, AlarmChecks checks) {
        this.alarms = alarms;
        this.checks = checks;
    }

    Unit put(PutMetricAlarmInput input, Call call) {
        checks.check(input);
        boolean enabled = requireNonNullElse(input.actionsEnabled(), true);
        var tags = tags(input.tags());
        alarms.define(call.scope(), input.alarmName(), (known, now) -> {
            if (known == null) {
                return Alarm.of(call.scope(), input, null, enabled, tags, now);
            }
            refuseOtherKind(known.composite() != null, input.alarmName());
            return known.redefined(input, null, enabled, now);
        });
        return Unit.VALUE;
    }

    Unit putComposite(PutCompositeAlarmInput input, Call call) {
        if (input.actionsSuppressor() != null) {
            throw AlarmChecks.validation("Suppression of actions is not offered here");
        }
        checkRule(input, call.scope());
        AlarmChecks.checkActions(input.okActions(), input.alarmActions(), input.insufficientDataActions());
        boolean enabled = requireNonNullElse(input.actionsEnabled(), true);
        var tags = tags(input.tags());
        alarms.define(call.scope(), input.alarmName(), (known, now) -> {
            if (known == null) {
                return Alarm.of(call.scope(), null, input, enabled, tags, now);
            }
            refuseOtherKind(known.metric() != null, input.alarmName());
            return known.redefined(null, input, enabled, now);
        });
        return Unit.VALUE;
    }

    private static void refuseOtherKind(boolean other, String name) {
        if (other) {
            throw AlarmChecks.validation("The alarm " + name + " exists and is of another type");
        }
    }

    private void checkRule(PutCompositeAlarmInput input, Scope scope) {
        AlarmRule rule;
        try {
            rule = AlarmRule.parse(input.alarmRule());
        } catch (IllegalArgumentException e) {
            throw AlarmChecks.validation("AlarmRule: " + e.getMessage());
        }
        for (var name : rule.alarms()) {
            if (alarms.find(scope, name).isEmpty()) {
                throw AlarmChecks.validation("AlarmRule: there is no alarm " + name);
            }
            if (reaches(scope, name, input.alarmName(), 0)) {
                throw AlarmChecks.validation("AlarmRule: " + input.alarmName() + " would depend on itself");
            }
        }
    }

    private boolean reaches(Scope scope, String from, String wanted, int depth) {
        if (from.equals(wanted) || depth > 10) {
            return true;
        }
        return alarms.find(scope, from).map(Alarm::composite).stream()
                .flatMap(composite -> AlarmRule.parse(composite.alarmRule()).alarms().stream())
                .anyMatch(name -> reaches(scope, name, wanted, depth + 1));
    }

    Unit delete(DeleteAlarmsInput input, Call call) {
        alarms.remove(call.scope(), input.alarmNames());
        return Unit.VALUE;
    }

    Unit setState(SetAlarmStateInput input, Call call) {
        var alarm = alarms.require(call.scope(), input.alarmName());
        var data = input.stateReasonData();
        if (data != null) {
            try {
                JsonMapper.shared().readTree(data);
            } catch (JacksonException e) {
                throw CloudwatchErrors.invalidFormatFault("StateReasonData is not JSON");
            }
        }
        alarms.enter(alarm, AlarmState.valueOf(input.stateValue()), input.stateReason(), data);
        return Unit.VALUE;
    }

    Unit enable(EnableAlarmActionsInput input, Call call) {
        return actions(input.alarmNames(), call.scope(), true);
    }

    Unit disable(DisableAlarmActionsInput input, Call call) {
        return actions(input.alarmNames(), call.scope(), false);
    }

    private Unit actions(List<String> names, Scope scope, boolean enabled) {
        for (var name : names) {
            if (alarms.find(scope, name).isPresent()) {
                alarms.change(scope, name, alarm -> alarm.withActions(enabled));
            }
        }
        return Unit.VALUE;
    }

    private static Map<String, String> tags(@Nullable List<Tag> tags) {
        var map = new HashMap<String, String>();
        requireNonNullElse(tags, List.<Tag>of()).forEach(tag -> map.put(tag.key(), tag.value()));
        if (map.size() > MOST_TAGS) {
            throw AlarmChecks.validation("Tags: " + map.size() + " (expected: at most " + MOST_TAGS + ")");
        }
        return map;
    }

    TagResourceOutput tag(TagResourceInput input, Call call) {
        alarms.change(call.scope(), tagged(input.resourceARN(), call.scope()), alarm -> {
            var tags = new HashMap<>(alarm.tags());
            tags.putAll(tags(input.tags()));
            if (tags.size() > MOST_TAGS) {
                throw AlarmChecks.validation("Tags: " + tags.size() + " (expected: at most " + MOST_TAGS + ")");
            }
            return alarm.withTags(tags);
        });
        return new TagResourceOutput();
    }

    UntagResourceOutput untag(UntagResourceInput input, Call call) {
        alarms.change(call.scope(), tagged(input.resourceARN(), call.scope()), alarm -> {
            var tags = new HashMap<>(alarm.tags());
            tags.keySet().removeAll(input.tagKeys());
            return alarm.withTags(tags);
        });
        return new UntagResourceOutput();
    }

    ListTagsForResourceOutput listTags(ListTagsForResourceInput input, Call call) {
        var alarm = alarms.require(call.scope(), tagged(input.resourceARN(), call.scope()));
        return new ListTagsForResourceOutput(new TreeMap<>(alarm.tags())
                .entrySet().stream()
                        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                        .toList());
    }

    /** The name of the alarm with this ARN. */
    private static String tagged(String text, Scope scope) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("cloudwatch")
                        && arn.scope().equals(scope)
                        && arn.resource().startsWith("alarm:"))
                .map(arn -> arn.resource().substring("alarm:".length()))
                .orElseThrow(() -> CloudwatchErrors.resourceNotFoundException("Resource " + text + " does not exist"));
    }
}
