// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import dev.clew.cli.server.Clients;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.SamplingRule;
import software.amazon.awssdk.services.xray.model.SamplingStatisticSummary;

/** Reads sampling rules and their statistics through the X-Ray API. */
final class RuleReader {
    private static final String EVERYTHING = "*";

    private final XRayClient xray;

    RuleReader(XRayClient xray) {
        this.xray = xray;
    }

    /** All rules, in the order in which they are asked. */
    List<Rule> rules() {
        var totals = new HashMap<String, long[]>();
        for (var summary : statistics()) {
            var total = totals.computeIfAbsent(summary.ruleName(), added -> new long[3]);
            total[0] += summary.requestCount();
            total[1] += summary.sampledCount();
            total[2] += summary.borrowCount();
        }
        return Clients.ask(() -> xray.getSamplingRules(request -> {})).samplingRuleRecords().stream()
                .map(found -> rule(found.samplingRule(), totals))
                .toList();
    }

    private List<SamplingStatisticSummary> statistics() {
        return Clients.ask(() -> xray.getSamplingStatisticSummaries(request -> {}))
                .samplingStatisticSummaries();
    }

    private static Rule rule(SamplingRule rule, Map<String, long[]> totals) {
        var total = totals.getOrDefault(rule.ruleName(), new long[3]);
        return new Rule(
                rule.ruleName(),
                rule.priority(),
                rule.fixedRate(),
                rule.reservoirSize(),
                matches(rule),
                total[0],
                total[1],
                total[2]);
    }

    private static Map<String, String> matches(SamplingRule rule) {
        var matches = new LinkedHashMap<String, String>();
        matches.put("service", rule.serviceName());
        matches.put("type", rule.serviceType());
        matches.put("host", rule.host());
        matches.put("method", rule.httpMethod());
        matches.put("path", rule.urlPath());
        matches.put("arn", rule.resourceARN());
        if (rule.hasAttributes()) {
            matches.putAll(rule.attributes());
        }
        matches.values().removeIf(EVERYTHING::equals);
        return matches;
    }
}
