// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.Arn;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.DeleteResourcePolicyRequest;
import dev.clew.traces.api.EncryptionConfig;
import dev.clew.traces.api.GetEncryptionConfigRequest;
import dev.clew.traces.api.GetIndexingRulesRequest;
import dev.clew.traces.api.GetTraceSegmentDestinationRequest;
import dev.clew.traces.api.IndexingRule;
import dev.clew.traces.api.IndexingRuleValue;
import dev.clew.traces.api.IndexingRuleValueUpdate;
import dev.clew.traces.api.ListResourcePoliciesRequest;
import dev.clew.traces.api.ProbabilisticRuleValue;
import dev.clew.traces.api.ProbabilisticRuleValueUpdate;
import dev.clew.traces.api.PutEncryptionConfigRequest;
import dev.clew.traces.api.PutResourcePolicyRequest;
import dev.clew.traces.api.ResourcePolicy;
import dev.clew.traces.api.UpdateIndexingRuleRequest;
import dev.clew.traces.api.UpdateTraceSegmentDestinationRequest;
import dev.clew.traces.api.XrayModel;
import dev.clew.wire.Call;
import dev.clew.wire.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final String ALLOW = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},\
        "Action":["xray:PutTraceSegments"],"Resource":"*"}]}\
        """;
    private static final String DENY = """
        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"xray:*","Resource":"*"}}\
        """;

    private final XRay xray = new XRay();

    private ResourcePolicy put(String name, String document, @Nullable String revision, boolean bypass) {
        return Objects.requireNonNull(
                xray.call(XrayModel.PUT_RESOURCE_POLICY, new PutResourcePolicyRequest(name, document, revision, bypass))
                        .resourcePolicy());
    }

    private List<ResourcePolicy> policies() {
        return Objects.requireNonNull(xray.call(
                        XrayModel.LIST_RESOURCE_POLICIES,
                        ListResourcePoliciesRequest.builder().build())
                .resourcePolicies());
    }

    private void delete(String name, @Nullable String revision) {
        xray.call(
                XrayModel.DELETE_RESOURCE_POLICY,
                DeleteResourcePolicyRequest.builder()
                        .policyName(name)
                        .policyRevisionId(revision)
                        .build());
    }

    @Test
    void countsTheRevisionsOfAPolicy() {
        var first = put("p", ALLOW, "0", false);
        assertThat(first).isEqualTo(new ResourcePolicy("p", ALLOW, "1", ManualClock.START));
        assertThat(put("p", ALLOW, "1", false).policyRevisionId()).isEqualTo("2");
        assertThat(put("p", ALLOW, null, false).policyRevisionId()).isEqualTo("3");
        assertThatThrownBy(() -> put("p", ALLOW, "1", false))
                .hasMessage("PolicyRevisionId: '1' (expected: '3', the current one)");
        assertThatThrownBy(() -> put("p", ALLOW, "0", false)).hasMessageContaining("PolicyRevisionId");

        xray.crash();

        assertThat(policies()).extracting(ResourcePolicy::policyRevisionId).containsExactly("3");
        assertThatThrownBy(() -> delete("p", "2")).hasMessageContaining("PolicyRevisionId");
        delete("p", "3");
        delete("p", null);
        assertThat(policies()).isEmpty();
    }

    @Test
    void refusesPoliciesThatAreNoneOrTooMany() {
        assertThatThrownBy(() -> put("p", "{", null, false)).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> put("p", "[]", null, false)).hasMessageContaining("Version and Statement");
        assertThatThrownBy(() -> put("p", "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Maybe\"}]}", null, false))
                .hasMessageContaining("Effect 'Maybe'");
        assertThatThrownBy(() -> put("p", ALLOW + " ".repeat(5_120), null, false))
                .hasMessageContaining("5120");
        assertThatThrownBy(() -> put("p q", ALLOW, null, false)).hasMessageContaining("PolicyName");
        assertThatThrownBy(() -> put("p", DENY, null, false)).hasMessageContaining("xray:PutResourcePolicy");
        put("p", DENY, null, true);
        for (int i = 0; i < 4; i++) {
            put("p" + i, ALLOW, null, false);
        }
        assertThatThrownBy(() -> put("p5", ALLOW, null, false)).hasMessageContaining("Policies: 5");
        put("p0", ALLOW, null, false);
    }

    @Test
    void claimsNoEncryptionAndNoOtherDestination() {
        assertThat(xray.call(XrayModel.GET_ENCRYPTION_CONFIG, new GetEncryptionConfigRequest())
                        .encryptionConfig())
                .isEqualTo(new EncryptionConfig(null, "ACTIVE", "NONE"));
        xray.call(XrayModel.PUT_ENCRYPTION_CONFIG, new PutEncryptionConfigRequest(null, "NONE"));
        assertThatThrownBy(() ->
                        xray.call(XrayModel.PUT_ENCRYPTION_CONFIG, new PutEncryptionConfigRequest("alias/k", "KMS")))
                .hasMessageContaining("expected: NONE");
        assertThatThrownBy(() ->
                        xray.call(XrayModel.PUT_ENCRYPTION_CONFIG, new PutEncryptionConfigRequest("alias/k", "NONE")))
                .hasMessageContaining("KeyId");

        var destination = xray.call(XrayModel.GET_TRACE_SEGMENT_DESTINATION, new GetTraceSegmentDestinationRequest());
        assertThat(destination.destination()).isEqualTo("XRay");
        assertThat(destination.status()).isEqualTo("ACTIVE");
        xray.call(XrayModel.UPDATE_TRACE_SEGMENT_DESTINATION, new UpdateTraceSegmentDestinationRequest("XRay"));
        assertThatThrownBy(() -> xray.call(
                        XrayModel.UPDATE_TRACE_SEGMENT_DESTINATION,
                        new UpdateTraceSegmentDestinationRequest("CloudWatchLogs")))
                .hasMessageContaining("expected: XRay");
    }

    private List<IndexingRule> indexingRules() {
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_INDEXING_RULES,
                        GetIndexingRulesRequest.builder().build())
                .indexingRules());
    }

    private static IndexingRuleValueUpdate share(double percentage) {
        return new IndexingRuleValueUpdate(new ProbabilisticRuleValueUpdate(percentage));
    }

    @Test
    void remembersTheShareToIndexAndTellsThatAllAre() {
        assertThat(indexingRules())
                .containsExactly(new IndexingRule(
                        "Default", Instant.EPOCH, new IndexingRuleValue(new ProbabilisticRuleValue(1.0, 100.0))));

        var updated = xray.call(XrayModel.UPDATE_INDEXING_RULE, new UpdateIndexingRuleRequest("Default", share(12.5)));

        var expected = new IndexingRule(
                "Default", xray.clock.instant(), new IndexingRuleValue(new ProbabilisticRuleValue(12.5, 100.0)));
        assertThat(updated.indexingRule()).isEqualTo(expected);
        xray.crash();
        assertThat(indexingRules()).containsExactly(expected);
        for (double wrong : new double[] {-1, 100.1, Double.NaN}) {
            assertThatThrownBy(() -> xray.call(
                            XrayModel.UPDATE_INDEXING_RULE, new UpdateIndexingRuleRequest("Default", share(wrong))))
                    .hasMessageContaining("expected: 0 to 100");
        }
        assertThatThrownBy(() ->
                        xray.call(XrayModel.UPDATE_INDEXING_RULE, new UpdateIndexingRuleRequest("Other", share(1))))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ResourceNotFoundException"));
    }

    @Test
    void seesWhetherTheRootIsLockedOut() {
        var root = new Call.Caller(Arn.of("iam", "", "111111111111", "root"), "111111111111", "AKIAROOT");
        assertThat(PolicyDocument.parse(ALLOW).locksOut(root)).isFalse();
        assertThat(PolicyDocument.parse(DENY).locksOut(root)).isTrue();
    }
}
