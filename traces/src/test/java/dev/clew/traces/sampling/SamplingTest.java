// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.trace.Sampler;
import dev.clew.traces.XRay;
import dev.clew.traces.api.CreateSamplingRuleRequest;
import dev.clew.traces.api.DeleteSamplingRuleRequest;
import dev.clew.traces.api.GetSamplingRulesRequest;
import dev.clew.traces.api.GetSamplingStatisticSummariesRequest;
import dev.clew.traces.api.GetSamplingTargetsRequest;
import dev.clew.traces.api.GetSamplingTargetsResult;
import dev.clew.traces.api.SamplingRule;
import dev.clew.traces.api.SamplingRuleRecord;
import dev.clew.traces.api.SamplingRuleUpdate;
import dev.clew.traces.api.SamplingStatisticsDocument;
import dev.clew.traces.api.UpdateSamplingRuleRequest;
import dev.clew.traces.api.XrayModel;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private final XRay xray = new XRay();

    private static SamplingRule.Builder rule(String name) {
        return SamplingRule.builder()
                .ruleName(name)
                .priority(10)
                .fixedRate(0.0)
                .reservoirSize(0)
                .serviceName("*")
                .serviceType("*")
                .host("*")
                .httpMethod("*")
                .urlPath("*")
                .resourceARN("*")
                .version(1);
    }

    private SamplingRuleRecord create(SamplingRule.Builder rule) {
        return Objects.requireNonNull(xray.call(
                        XrayModel.CREATE_SAMPLING_RULE,
                        CreateSamplingRuleRequest.builder()
                                .samplingRule(rule.build())
                                .build())
                .samplingRuleRecord());
    }

    private void update(SamplingRuleUpdate.Builder update) {
        xray.call(XrayModel.UPDATE_SAMPLING_RULE, new UpdateSamplingRuleRequest(update.build()));
    }

    private List<SamplingRule> rules() {
        return Objects.requireNonNull(xray.call(
                                XrayModel.GET_SAMPLING_RULES,
                                GetSamplingRulesRequest.builder().build())
                        .samplingRuleRecords())
                .stream()
                .map(record -> Objects.requireNonNull(record.samplingRule()))
                .toList();
    }

    private Sampler.Decision decide(String path, Map<String, String> headers) {
        return xray.traces()
                .sampler()
                .decide(new Sampler.Request(
                        XRay.SCOPE,
                        XRay.TRACE,
                        "api/prod",
                        "AWS::ApiGateway::Stage",
                        "localhost",
                        "POST",
                        path,
                        "",
                        headers));
    }

    private GetSamplingTargetsResult report(String rule, String client, int requests) {
        return xray.call(
                XrayModel.GET_SAMPLING_TARGETS,
                new GetSamplingTargetsRequest(List.of(SamplingStatisticsDocument.builder()
                        .ruleName(rule)
                        .clientID(client)
                        .timestamp(xray.clock.instant())
                        .requestCount(requests)
                        .sampledCount(2)
                        .borrowCount(1)
                        .build())));
    }

    @Test
    void tellsSdksTheDefaultRule() {
        assertThat(rules()).singleElement().satisfies(rule -> {
            assertThat(rule.ruleName()).isEqualTo("Default");
            assertThat(rule.priority()).isEqualTo(10_000);
            assertThat(rule.fixedRate()).isEqualTo(0.05);
            assertThat(rule.reservoirSize()).isEqualTo(1);
            assertThat(rule.attributes()).isEmpty();
        });
    }

    @Test
    void keepsEveryTraceOfThePlatformUntilSomebodySaysOtherwise() {
        for (int i = 0; i < 100; i++) {
            assertThat(decide("/orders/1", Map.of())).isEqualTo(new Sampler.Decision(true, null));
        }
    }

    @Test
    void obeysAnEditedDefault() {
        update(SamplingRuleUpdate.builder().ruleName("Default").fixedRate(0.0).reservoirSize(2));

        int sampled = 0;
        for (int i = 0; i < 50; i++) {
            var decision = decide("/orders/1", Map.of());
            assertThat(decision.rule()).isEqualTo("Default");
            sampled += decision.sampled() ? 1 : 0;
        }
        assertThat(sampled).isEqualTo(2);
        xray.clock.advance(Duration.ofSeconds(1));
        assertThat(decide("/orders/1", Map.of()).sampled()).isTrue();
    }

    @Test
    void asksRulesByPriorityAndMatchesHeaders() {
        create(rule("tier")
                .priority(10)
                .fixedRate(1.0)
                .urlPath("*/orders/*")
                .attributes(Map.of("x-order-tier", "high")));
        create(rule("rest").priority(100));

        assertThat(decide("/prod/orders/1", Map.of("X-Order-Tier", "HIGH")))
                .isEqualTo(new Sampler.Decision(true, "tier"));
        assertThat(decide("/prod/orders/1", Map.of())).isEqualTo(new Sampler.Decision(false, "rest"));
        assertThat(rules()).extracting(SamplingRule::ruleName).containsExactly("tier", "rest", "Default");
    }

    @Test
    void samplesAboutTheFixedRate() {
        create(rule("tenth").fixedRate(0.1));

        long sampled = 0;
        for (int i = 0; i < 5_000; i++) {
            sampled += decide("/", Map.of()).sampled() ? 1 : 0;
        }
        assertThat(sampled).isBetween(400L, 600L);
    }

    @Test
    void remembersRulesAfterACrash() {
        create(rule("kept").attributes(Map.of("a", "b")));
        create(rule("gone"));
        xray.call(
                XrayModel.DELETE_SAMPLING_RULE,
                DeleteSamplingRuleRequest.builder().ruleName("gone").build());
        update(SamplingRuleUpdate.builder().ruleName("kept").fixedRate(0.25));
        var before = rules();

        xray.crash();

        assertThat(rules()).isEqualTo(before);
        assertThat(before.getFirst().fixedRate()).isEqualTo(0.25);
    }

    @Test
    void identifiesRulesByNameOrArn() {
        var arn = Objects.requireNonNull(create(rule("r")).samplingRule()).ruleARN();
        assertThat(arn).isEqualTo("arn:aws:xray:us-east-1:111111111111:sampling-rule/r");
        update(SamplingRuleUpdate.builder().ruleARN(arn).priority(7));
        assertThat(rules().getFirst().priority()).isEqualTo(7);
        assertThatThrownBy(
                        () -> update(SamplingRuleUpdate.builder().ruleARN(arn).ruleName("r")))
                .isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> update(SamplingRuleUpdate.builder().ruleARN("nonsense")))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void refusesWhatTheServiceRefuses() {
        create(rule("r"));
        assertThatThrownBy(() -> create(rule("r"))).hasMessageContaining("exists already");
        assertThatThrownBy(() -> create(rule("Default"))).hasMessageContaining("exists already");
        assertThatThrownBy(() -> create(rule("v").version(2))).hasMessageContaining("Version");
        assertThatThrownBy(() ->
                        update(SamplingRuleUpdate.builder().ruleName("Default").priority(5)))
                .hasMessage("Invalid update request for default sampling rule");
        assertThatThrownBy(
                        () -> update(SamplingRuleUpdate.builder().ruleName("r").fixedRate(1.5)))
                .hasMessageContaining("FixedRate");
        assertThatThrownBy(() -> xray.call(
                        XrayModel.DELETE_SAMPLING_RULE,
                        DeleteSamplingRuleRequest.builder().ruleName("Default").build()))
                .isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> xray.call(
                        XrayModel.DELETE_SAMPLING_RULE,
                        DeleteSamplingRuleRequest.builder().ruleName("unknown").build()))
                .isInstanceOf(ServiceException.class);
        for (int i = 1; i < 25; i++) {
            create(rule("r" + i));
        }
        assertThatThrownBy(() -> create(rule("one-too-many")))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("RuleLimitExceededException"));
    }

    @Test
    void dividesTheReservoirAmongClients() {
        create(rule("shared").reservoirSize(5).fixedRate(0.1));

        var alone = report("shared", "A".repeat(24), 110);
        assertThat(Objects.requireNonNull(alone.samplingTargetDocuments()))
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.reservoirQuota()).isEqualTo(5);
                    assertThat(target.fixedRate()).isEqualTo(0.1);
                    assertThat(target.interval()).isEqualTo(10);
                    assertThat(target.reservoirQuotaTTL())
                            .isEqualTo(xray.clock.instant().plusSeconds(300));
                });
        var second = report("shared", "B".repeat(24), 110);
        assertThat(Objects.requireNonNull(second.samplingTargetDocuments())
                        .getFirst()
                        .reservoirQuota())
                .isEqualTo(3);
        xray.clock.advance(Duration.ofSeconds(10));
        var first = report("shared", "A".repeat(24), 110);
        assertThat(Objects.requireNonNull(first.samplingTargetDocuments())
                        .getFirst()
                        .reservoirQuota())
                .isEqualTo(2);
    }

    @Test
    void saysWhichStatisticsItCouldNotUse() {
        assertThat(Objects.requireNonNull(report("unknown", "A".repeat(24), 1).unprocessedStatistics()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.errorCode()).isEqualTo("RuleNotFound"));
        var late = xray.call(
                XrayModel.GET_SAMPLING_TARGETS,
                new GetSamplingTargetsRequest(List.of(SamplingStatisticsDocument.builder()
                        .ruleName("Default")
                        .clientID("A".repeat(24))
                        .timestamp(xray.clock.instant().minusSeconds(301))
                        .requestCount(1)
                        .sampledCount(1)
                        .build())));
        assertThat(Objects.requireNonNull(late.unprocessedStatistics())
                        .getFirst()
                        .errorCode())
                .isEqualTo("InvalidTimestamp");
    }

    @Test
    void tellsSdksWhenRulesChanged() {
        assertThat(report("Default", "A".repeat(24), 1).lastRuleModification()).isEqualTo(Instant.EPOCH);
        create(rule("r"));
        xray.clock.advance(Duration.ofSeconds(5));
        xray.call(
                XrayModel.DELETE_SAMPLING_RULE,
                DeleteSamplingRuleRequest.builder().ruleName("r").build());
        assertThat(report("Default", "A".repeat(24), 1).lastRuleModification()).isEqualTo(xray.clock.instant());
    }

    @Test
    void addsUpStatisticsOfClientsAndOfThePlatform() {
        create(rule("counted").reservoirSize(1));
        report("counted", "A".repeat(24), 110);
        report("counted", "B".repeat(24), 40);
        decide("/", Map.of());

        var summaries = Objects.requireNonNull(xray.call(
                        XrayModel.GET_SAMPLING_STATISTIC_SUMMARIES,
                        GetSamplingStatisticSummariesRequest.builder().build())
                .samplingStatisticSummaries());

        assertThat(summaries).singleElement().satisfies(summary -> {
            assertThat(summary.requestCount()).isEqualTo(151);
            assertThat(summary.borrowCount()).isEqualTo(2);
            assertThat(summary.timestamp()).isEqualTo(xray.clock.instant());
        });
    }
}
