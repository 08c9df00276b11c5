// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.Sampler;
import dev.clew.traces.api.SamplingRule;
import dev.clew.traces.api.SamplingRuleRecord;
import dev.clew.traces.api.SamplingRuleUpdate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** A sampling rule. Patterns are globs: {@code *} for any characters, {@code ?} for one, without regard to case. */
record StoredRule(
        String name,
        int priority,
        double fixedRate,
        int reservoirSize,
        String serviceName,
        String serviceType,
        String host,
        String httpMethod,
        String urlPath,
        String resourceArn,
        Map<String, String> attributes,
        Instant createdAt,
        Instant modifiedAt) {
    static final String DEFAULT_NAME = "Default";

    /** The order in which rules are asked. */
    static final Comparator<StoredRule> BY_PRIORITY =
            Comparator.comparingInt(StoredRule::priority).thenComparing(StoredRule::name);

    /** What applies where no other rule does: one request per second, and five percent of the others. */
    static final StoredRule DEFAULT = new StoredRule(
            DEFAULT_NAME, 10_000, 0.05, 1, "*", "*", "*", "*", "*", "*", Map.of(), Instant.EPOCH, Instant.EPOCH);

    StoredRule {
        attributes = Map.copyOf(attributes);
    }

    static StoredRule of(String name, SamplingRule rule, Instant now) {
        return new StoredRule(
                name,
                rule.priority(),
                rule.fixedRate(),
                rule.reservoirSize(),
                rule.serviceName(),
                rule.serviceType(),
                rule.host(),
                rule.httpMethod(),
                rule.urlPath(),
                rule.resourceARN(),
                rule.attributes() == null ? Map.of() : rule.attributes(),
                now,
                now);
    }

    /** This rule with what {@code update} names. */
    StoredRule with(SamplingRuleUpdate update, Instant now) {
        return new StoredRule(
                name,
                update.priority() == null ? priority : update.priority(),
                update.fixedRate() == null ? fixedRate : update.fixedRate(),
                update.reservoirSize() == null ? reservoirSize : update.reservoirSize(),
                update.serviceName() == null ? serviceName : update.serviceName(),
                update.serviceType() == null ? serviceType : update.serviceType(),
                update.host() == null ? host : update.host(),
                update.httpMethod() == null ? httpMethod : update.httpMethod(),
                update.urlPath() == null ? urlPath : update.urlPath(),
                update.resourceARN() == null ? resourceArn : update.resourceARN(),
                update.attributes() == null ? attributes : update.attributes(),
                createdAt,
                now);
    }

    boolean matches(Sampler.Request request) {
        return Glob.matches(serviceName, request.serviceName())
                && Glob.matches(serviceType, request.serviceType())
                && Glob.matches(host, request.host())
                && Glob.matches(httpMethod, request.method())
                && Glob.matches(urlPath, request.urlPath())
                && Glob.matches(resourceArn, request.resourceArn())
                && (attributes.isEmpty() || matchesAttributes(request.attributes()));
    }

    private boolean matchesAttributes(Map<String, String> present) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER); // they are header names
        byName.putAll(present);
        return attributes.entrySet().stream().allMatch(wanted -> {
            var value = byName.get(wanted.getKey());
            return value != null && Glob.matches(wanted.getValue(), value);
        });
    }

    String arn(Scope scope) {
        return Arn.of("xray", scope, "sampling-rule/" + name).toString();
    }

    SamplingRuleRecord answer(Scope scope) {
        var rule = SamplingRule.builder()
                .ruleName(name)
                .ruleARN(arn(scope))
                .resourceARN(resourceArn)
                .priority(priority)
                .fixedRate(fixedRate)
                .reservoirSize(reservoirSize)
                .serviceName(serviceName)
                .serviceType(serviceType)
                .host(host)
                .httpMethod(httpMethod)
                .urlPath(urlPath)
                .version(1)
                .attributes(attributes)
                .build();
        return new SamplingRuleRecord(rule, createdAt, modifiedAt);
    }
}
