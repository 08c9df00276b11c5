// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.trace.Sampler;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.CreateSamplingRuleRequest;
import dev.clew.traces.api.CreateSamplingRuleResult;
import dev.clew.traces.api.DeleteSamplingRuleRequest;
import dev.clew.traces.api.DeleteSamplingRuleResult;
import dev.clew.traces.api.GetSamplingRulesRequest;
import dev.clew.traces.api.GetSamplingRulesResult;
import dev.clew.traces.api.GetSamplingStatisticSummariesRequest;
import dev.clew.traces.api.GetSamplingStatisticSummariesResult;
import dev.clew.traces.api.GetSamplingTargetsRequest;
import dev.clew.traces.api.GetSamplingTargetsResult;
import dev.clew.traces.api.SamplingRuleUpdate;
import dev.clew.traces.api.SamplingStatisticsDocument;
import dev.clew.traces.api.SamplingTargetDocument;
import dev.clew.traces.api.UnprocessedStatistics;
import dev.clew.traces.api.UpdateSamplingRuleRequest;
import dev.clew.traces.api.UpdateSamplingRuleResult;
import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations on sampling rules and targets. Safe for use by many threads. */
public final class Sampling {
    private static final String RULE_ARN = ":sampling-rule/";
    private static final Duration QUOTA_LIFETIME = Duration.ofSeconds(300);
    private static final Duration OLDEST_REPORT = Duration.ofMinutes(5);
    private static final Duration NEWEST_REPORT = Duration.ofMinutes(1);

    private final SamplingRules rules;
    private final SamplingStatistics statistics = new SamplingStatistics();
    private final RuleSampler sampler;
    private final InstantSource time;
    private final int maxCustomRules;

    /** @param random safe for use by many threads */
    public Sampling(Store store, InstantSource time, RandomGenerator random, TracesConfig config) {
        this.rules = new SamplingRules(store);
        this.sampler = new RuleSampler(rules, statistics, time, random);
        this.time = time;
        this.maxCustomRules = config.customRules();
    }

    /** Decides for the platform's own entries. */
    public Sampler sampler() {
        return sampler;
    }

    /** Forgets all rules and statistics. */
    public void reset() {
        rules.reset();
        statistics.reset();
        sampler.reset();
    }

    /** Whether {@code arn} is the one of a rule. */
    public boolean exists(Scope scope, String arn) {
        return Stream.concat(rules.custom(scope).stream(), Stream.of(rules.fallback(scope)))
                .anyMatch(rule -> rule.arn(scope).equals(arn));
    }

    public GetSamplingRulesResult rules(GetSamplingRulesRequest input, Call call) {
        var scope = call.scope();
        return GetSamplingRulesResult.builder()
                .samplingRuleRecords(Stream.concat(rules.custom(scope).stream(), Stream.of(rules.fallback(scope)))
                        .map(rule -> rule.answer(scope))
                        .toList())
                .build();
    }

    public CreateSamplingRuleResult create(CreateSamplingRuleRequest input, Call call) {
        var wanted = input.samplingRule();
        var name = name(wanted.ruleName(), wanted.ruleARN());
        if (wanted.version() != 1) {
            throw XrayErrors.invalidRequestException("Version: " + wanted.version() + " (expected: 1)");
        }
        if (input.tags() != null && !input.tags().isEmpty()) {
            throw XrayErrors.invalidRequestException("Tags on sampling rules are not served yet");
        }
        var now = time.instant();
        var created = rules.change(call.scope(), name, now, existing -> {
            if (existing != null) {
                throw XrayErrors.invalidRequestException("RuleName: '" + name + "' exists already");
            }
            if (rules.custom(call.scope()).size() >= maxCustomRules) {
                throw XrayErrors.ruleLimitExceededException(
                        "Exceeding maximum number of sampling rules: " + maxCustomRules);
            }
            return StoredRule.of(name, wanted, now);
        });
        return new CreateSamplingRuleResult(Objects.requireNonNull(created).answer(call.scope()));
    }

    public UpdateSamplingRuleResult update(UpdateSamplingRuleRequest input, Call call) {
        var update = input.samplingRuleUpdate();
        var name = name(update.ruleName(), update.ruleARN());
        checkRanges(update);
        if (name.equals(StoredRule.DEFAULT_NAME) && changesMoreThanRates(update)) {
            throw XrayErrors.invalidRequestException("Invalid update request for default sampling rule");
        }
        var now = time.instant();
        var updated = rules.change(
                call.scope(), name, now, existing -> known(existing, name).with(update, now));
        return new UpdateSamplingRuleResult(Objects.requireNonNull(updated).answer(call.scope()));
    }

    public DeleteSamplingRuleResult delete(DeleteSamplingRuleRequest input, Call call) {
        var name = name(input.ruleName(), input.ruleARN());
        if (name.equals(StoredRule.DEFAULT_NAME)) {
            throw XrayErrors.invalidRequestException("The default sampling rule cannot be deleted");
        }
        var removed = new ArrayList<StoredRule>();
        rules.change(call.scope(), name, time.instant(), existing -> {
            removed.add(known(existing, name));
            return null;
        });
        statistics.forget(call.scope(), name);
        sampler.forget(call.scope(), name);
        return new DeleteSamplingRuleResult(removed.getFirst().answer(call.scope()));
    }

    private static StoredRule known(@Nullable StoredRule rule, String name) {
        if (rule == null) {
            throw XrayErrors.invalidRequestException("RuleName: '" + name + "' does not exist");
        }
        return rule;
    }

    private static String name(@Nullable String name, @Nullable String arn) {
        if (name == null == (arn == null)) {
            throw XrayErrors.invalidRequestException("Specify a sampling rule by either RuleName or RuleARN");
        }
        if (name != null) {
            return name;
        }
        int at = arn.indexOf(RULE_ARN);
        if (at < 0) {
            throw XrayErrors.invalidRequestException("RuleARN: '" + arn + "' (expected: the ARN of a sampling rule)");
        }
        return arn.substring(at + RULE_ARN.length());
    }

    /** The model bounds these when a rule is made, but not when it is changed. */
    private static void checkRanges(SamplingRuleUpdate update) {
        if (update.priority() != null && (update.priority() < 1 || update.priority() > 9_999)) {
            throw XrayErrors.invalidRequestException("Priority: " + update.priority() + " (expected: 1 to 9999)");
        }
        if (update.fixedRate() != null && !(update.fixedRate() >= 0 && update.fixedRate() <= 1)) {
            throw XrayErrors.invalidRequestException("FixedRate: " + update.fixedRate() + " (expected: 0 to 1)");
        }
        if (update.reservoirSize() != null && update.reservoirSize() < 0) {
            throw XrayErrors.invalidRequestException(
                    "ReservoirSize: " + update.reservoirSize() + " (expected: at least 0)");
        }
    }

    private static boolean changesMoreThanRates(SamplingRuleUpdate update) {
        return Stream.of(
                        update.priority(),
                        update.serviceName(),
                        update.serviceType(),
                        update.host(),
                        update.httpMethod(),
                        update.urlPath(),
                        update.resourceARN(),
                        update.attributes())
                .anyMatch(Objects::nonNull);
    }

    public GetSamplingTargetsResult targets(GetSamplingTargetsRequest input, Call call) {
        var targets = new ArrayList<SamplingTargetDocument>();
        var unprocessed = new ArrayList<UnprocessedStatistics>();
        var now = time.instant();
        for (var document : input.samplingStatisticsDocuments()) {
            var rule = rules.find(call.scope(), document.ruleName()).orElse(null);
            var problem = rule == null ? Optional.of("RuleNotFound") : timestampProblem(document, now);
            if (rule == null || problem.isPresent()) {
                unprocessed.add(new UnprocessedStatistics(
                        document.ruleName(), problem.orElseThrow(), "The statistics could not be processed"));
            } else {
                targets.add(target(rule, document, call, now));
            }
        }
        return GetSamplingTargetsResult.builder()
                .samplingTargetDocuments(targets)
                .lastRuleModification(rules.lastChange(call.scope()))
                .unprocessedStatistics(unprocessed)
                .build();
    }

    private static Optional<String> timestampProblem(SamplingStatisticsDocument document, Instant now) {
        boolean plausible = document.timestamp().isAfter(now.minus(OLDEST_REPORT))
                && document.timestamp().isBefore(now.plus(NEWEST_REPORT));
        return plausible ? Optional.empty() : Optional.of("InvalidTimestamp");
    }

    private SamplingTargetDocument target(
            StoredRule rule, SamplingStatisticsDocument document, Call call, Instant now) {
        var report = new SamplingStatistics.Report(
                document.clientID(),
                document.timestamp(),
                document.requestCount(),
                document.sampledCount(),
                document.borrowCount() == null ? 0 : document.borrowCount());
        return SamplingTargetDocument.builder()
                .ruleName(rule.name())
                .fixedRate(rule.fixedRate())
                .reservoirQuota(statistics.report(call.scope(), rule.name(), report, rule.reservoirSize(), now))
                .reservoirQuotaTTL(now.plus(QUOTA_LIFETIME))
                .interval((int) SamplingStatistics.INTERVAL.toSeconds())
                .build();
    }

    public GetSamplingStatisticSummariesResult statistics(GetSamplingStatisticSummariesRequest input, Call call) {
        sampler.report();
        return GetSamplingStatisticSummariesResult.builder()
                .samplingStatisticSummaries(statistics.summaries(call.scope(), time.instant()))
                .build();
    }
}
