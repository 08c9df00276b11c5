// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.HttpParameters;
import dev.clew.events.api.InputTransformer;
import dev.clew.events.api.ListTargetsByRuleRequest;
import dev.clew.events.api.ListTargetsByRuleResponse;
import dev.clew.events.api.PutTargetsRequest;
import dev.clew.events.api.PutTargetsResponse;
import dev.clew.events.api.RemoveTargetsRequest;
import dev.clew.events.api.RemoveTargetsResponse;
import dev.clew.events.api.RemoveTargetsResultEntry;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.api.SqsParameters;
import dev.clew.wire.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Operations on the targets of a rule. */
final class TargetControl {
    private final Buses buses;
    private final Quotas quotas;
    private final TargetCheck check;

    TargetControl(Buses buses, Quotas quotas, TargetCheck check) {
        this.buses = buses;
        this.quotas = quotas;
        this.check = check;
    }

    PutTargetsResponse put(PutTargetsRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        var targets = new LinkedHashMap<String, Target>();
        input.targets().forEach(target -> targets.put(target.id(), check.checked(target)));
        return buses.changing(() -> {
            var rule = buses.getRule(bus, input.rule()).withTargets(targets);
            if (rule.targets().size() > quotas.targetsPerRule()) {
                throw Invalid.limit();
            }
            buses.putRule(bus, rule);
            return new PutTargetsResponse(0, List.of());
        });
    }

    RemoveTargetsResponse remove(RemoveTargetsRequest input, Call call) {
        var bus = BusName.of(input.eventBusName(), call.scope());
        return buses.changing(() -> {
            var rule = buses.getRule(bus, input.rule());
            var known = rule.targets().stream().map(Target::id).collect(Collectors.toSet());
            buses.putRule(bus, rule.withoutTargets(Set.copyOf(input.ids())));
            var unknown = input.ids().stream()
                    .filter(id -> !known.contains(id))
                    .map(id -> new RemoveTargetsResultEntry(
                            id,
                            "ResourceNotFoundException",
                            "Rule " + rule.name() + " does not have a target with id " + id + "."))
                    .toList();
            return new RemoveTargetsResponse(unknown.size(), unknown);
        });
    }

    ListTargetsByRuleResponse list(ListTargetsByRuleRequest input, Call call) {
        var rule = buses.getRule(BusName.of(input.eventBusName(), call.scope()), input.rule());
        var page = Page.of(rule.targets().stream(), Target::id, input.nextToken(), input.limit());
        return new ListTargetsByRuleResponse(
                page.items().stream().map(TargetControl::listed).toList(), page.nextToken());
    }

    private static dev.clew.events.api.Target listed(Target target) {
        return dev.clew.events.api.Target.builder()
                .id(target.id())
                .arn(target.arn())
                .roleArn(target.roleArn())
                .input(target.input())
                .inputPath(target.inputPath())
                .inputTransformer(transformer(target))
                .retryPolicy(retryPolicy(target))
                .deadLetterConfig(target.deadLetterArn() == null ? null : new DeadLetterConfig(target.deadLetterArn()))
                .sqsParameters(target.messageGroupId() == null ? null : new SqsParameters(target.messageGroupId()))
                .httpParameters(httpParameters(target.http()))
                .build();
    }

    private static @Nullable InputTransformer transformer(Target target) {
        var template = target.inputTemplate();
        return template == null ? null : new InputTransformer(target.inputPathsMap(), template);
    }

    private static @Nullable HttpParameters httpParameters(@Nullable HttpOptions http) {
        return http == null
                ? null
                : new HttpParameters(http.pathParameterValues(), http.headerParameters(), http.queryStringParameters());
    }

    private static @Nullable RetryPolicy retryPolicy(Target target) {
        return target.maximumRetryAttempts() == null && target.maximumEventAgeInSeconds() == null
                ? null
                : new RetryPolicy(target.maximumRetryAttempts(), target.maximumEventAgeInSeconds());
    }
}
