// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.api.DeleteRuleRequest;
import dev.clew.events.api.DescribeRuleRequest;
import dev.clew.events.api.DescribeRuleResponse;
import dev.clew.events.api.DisableRuleRequest;
import dev.clew.events.api.EnableRuleRequest;
import dev.clew.events.api.ListRuleNamesByTargetRequest;
import dev.clew.events.api.ListRuleNamesByTargetResponse;
import dev.clew.events.api.ListRulesRequest;
import dev.clew.events.api.ListRulesResponse;
import dev.clew.events.api.PutRuleRequest;
import dev.clew.events.api.PutRuleResponse;
import dev.clew.events.pattern.EventPattern;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.events.schedule.Schedule;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on rules. */
final class RuleControl {
    private final Buses buses;
    private final Quotas quotas;
    private final PatternLimits limits;
    private final InstantSource time;

    RuleControl(Buses buses, Quotas quotas, PatternLimits limits, InstantSource time) {
        this.buses = buses;
        this.quotas = quotas;
        this.limits = limits;
        this.time = time;
    }

    /** Replaces all of an existing rule but its targets and tags. */
    PutRuleResponse put(PutRuleRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        var schedule = checkedSchedule(input.scheduleExpression(), bus);
        var pattern = checkedPattern(input, schedule);
        var state = input.state() == null ? Rule.ENABLED : input.state();
        return buses.changing(() -> {
            buses.get(bus);
            var old = buses.findRule(bus, input.name());
            if (old.isEmpty() && buses.rules(bus).size() >= quotas.rulesPerBus()) {
                throw Invalid.limit();
            }
            var targets = old.map(Rule::targets).orElse(List.of());
            var tags = old.map(Rule::tags).orElseGet(() -> Tags.of(input.tags()));
            var rule = new Rule(
                    input.name(),
                    bus.name(),
                    pattern,
                    schedule,
                    schedule == null ? null : time.instant(),
                    state,
                    input.description(),
                    input.roleArn(),
                    targets,
                    tags);
            buses.putRule(bus, rule);
            return new PutRuleResponse(bus.ruleArn(rule.name()).toString());
        });
    }

    private static @Nullable String checkedSchedule(@Nullable String expression, BusName bus) {
        if (expression == null || expression.isEmpty()) {
            return null;
        }
        if (!bus.isDefault()) {
            throw Invalid.request("ScheduleExpression is supported only on the default event bus.");
        }
        if (Schedule.parse(expression).isEmpty()) {
            throw Invalid.request("Parameter ScheduleExpression is not valid.");
        }
        return expression;
    }

    private @Nullable String checkedPattern(PutRuleRequest input, @Nullable String schedule) {
        var pattern = input.eventPattern();
        if (pattern == null || (pattern.isEmpty() && schedule != null)) {
            if (schedule == null) {
                throw Invalid.request("Parameter(s) EventPattern or ScheduleExpression must be specified.");
            }
            return null;
        }
        return EventPattern.compile(pattern, limits).text();
    }

    DescribeRuleResponse describe(DescribeRuleRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        var rule = buses.getRule(bus, input.name());
        return DescribeRuleResponse.builder()
                .name(rule.name())
                .arn(bus.ruleArn(rule.name()).toString())
                .eventPattern(rule.eventPattern())
                .scheduleExpression(rule.scheduleExpression())
                .state(rule.state())
                .description(rule.description())
                .roleArn(rule.roleArn())
                .eventBusName(bus.name())
                .createdBy(bus.scope().account())
                .build();
    }

    Unit enable(EnableRuleRequest input, Call call) {
        return setState(input.eventBusName(), input.name(), Rule.ENABLED, call);
    }

    Unit disable(DisableRuleRequest input, Call call) {
        return setState(input.eventBusName(), input.name(), Rule.DISABLED, call);
    }

    private Unit setState(@Nullable String busName, String rule, String state, Call call) {
        var bus = BusName.of(busName, call.scope());
        return buses.changing(() -> {
            buses.putRule(bus, buses.getRule(bus, rule).withState(state, time.instant()));
            return Unit.VALUE;
        });
    }

    Unit delete(DeleteRuleRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        return buses.changing(() -> {
            buses.get(bus);
            buses.findRule(bus, input.name()).ifPresent(rule -> {
                if (!rule.targets().isEmpty()) {
                    throw Invalid.request("Rule can't be deleted since it has targets.");
                }
                buses.removeRule(bus, rule.name());
            });
            return Unit.VALUE;
        });
    }

    ListRulesResponse list(ListRulesRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        buses.get(bus);
        var prefix = input.namePrefix() == null ? "" : input.namePrefix();
        var matching =
                buses.rules(bus).values().stream().filter(rule -> rule.name().startsWith(prefix));
        var page = Page.of(matching, Rule::name, input.nextToken(), input.limit());
        return new ListRulesResponse(
                page.items().stream().map(rule -> listed(rule, bus)).toList(), page.nextToken());
    }

    private static dev.clew.events.api.Rule listed(Rule rule, BusName bus) {
        return dev.clew.events.api.Rule.builder()
                .name(rule.name())
                .arn(bus.ruleArn(rule.name()).toString())
                .eventPattern(rule.eventPattern())
                .scheduleExpression(rule.scheduleExpression())
                .state(rule.state())
                .description(rule.description())
                .roleArn(rule.roleArn())
                .eventBusName(bus.name())
                .build();
    }

    ListRuleNamesByTargetResponse listByTarget(ListRuleNamesByTargetRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        buses.get(bus);
        var names = buses.rules(bus).values().stream()
                .filter(rule ->
                        rule.targets().stream().anyMatch(target -> target.arn().equals(input.targetArn())))
                .map(Rule::name);
        var page = Page.of(names, name -> name, input.nextToken(), input.limit());
        return new ListRuleNamesByTargetResponse(page.items(), page.nextToken());
    }
}
