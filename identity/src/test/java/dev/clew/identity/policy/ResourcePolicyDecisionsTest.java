// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Arn;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.access.ResourcePolicy.Access;
import dev.clew.core.access.ResourcePolicy.Decision.Allowed;
import dev.clew.core.access.ResourcePolicy.Decision.Refused;
import dev.clew.testkit.ManualClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code AddPermission} writes, and what the bus and the gateway ask. */
class ResourcePolicyDecisionsTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:payment";
    private static final String RULE = "arn:aws:events:us-east-1:111111111111:rule/bus/payment-rule";
    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":["
        + "{\"Sid\":\"allow-eventbridge\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
        + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"" + FUNCTION + "\","
            + "\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"" + RULE + "\"}}}]}";

    private final ResourcePolicy policies = new ResourcePolicyDecisions(new PolicyCache(), new ManualClock());

    @Test
    void theRuleThatWasGivenPermissionMayInvoke() {
        assertThat(decide(POLICY, "events.amazonaws.com", RULE)).isEqualTo(new Allowed("allow-eventbridge"));
    }

    @Test
    void anotherRuleMayNotAndIsToldWhichConditionFails() {
        assertThat(decide(POLICY, "events.amazonaws.com", RULE + '2'))
                .isEqualTo(new Refused("no statement in the function's policy allows events.amazonaws.com from " + RULE
                        + "2; nearest: statement allow-eventbridge allows it but condition ArnLike AWS:SourceArn "
                        + RULE
                        + " does not match " + RULE + '2'));
    }

    @Test
    void anotherServiceMayNot() {
        assertThat(decide(POLICY, "sns.amazonaws.com", RULE))
                .isEqualTo(new Refused("no statement in the function's policy allows sns.amazonaws.com from " + RULE));
    }

    @Test
    void withoutAPolicyNothingMay() {
        assertThat(decide(null, "events.amazonaws.com", RULE))
                .isEqualTo(
                        new Refused("the function has no policy, so nothing allows events.amazonaws.com from " + RULE));
    }

    @Test
    void anotherAccountMayWhatThePolicyLetsItOrOneOfItsRoles() {
        var callers = new ResourcePolicyDecisions(new PolicyCache(), new ManualClock());
        var bus = "arn:aws:events:us-east-1:111111111111:event-bus/b";
        var account = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s1\",\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:root\"},\"Action\":\"events:PutEvents\","
                + "\"Resource\":\"" + bus + "\"}]}";
        var root = Arn.parse("arn:aws:iam::222222222222:root").orElseThrow();
        var user = Arn.parse("arn:aws:iam::222222222222:user/ada").orElseThrow();
        var session = Arn.parse("arn:aws:sts::222222222222:assumed-role/shop/f").orElseThrow();
        var other = Arn.parse("arn:aws:iam::333333333333:root").orElseThrow();
        for (var caller : List.of(root, user, session)) {
            assertThat(callers.decide(account, caller, "events:PutEvents", bus)).isEqualTo(new Allowed("s1"));
        }
        assertThat(callers.decide(account, other, "events:PutEvents", bus))
                .isEqualTo(new Refused("no statement in the event bus's policy allows " + other));
        assertThat(callers.decide(account, root, "events:PutRule", bus)).isInstanceOf(Refused.class);
        assertThat(callers.decide(null, root, "events:PutEvents", bus)).isInstanceOf(Refused.class);
        var role = account.replace("222222222222:root", "222222222222:role/shop");
        assertThat(callers.decide(role, session, "events:PutEvents", bus)).isEqualTo(new Allowed("s1"));
        assertThat(callers.decide(role, user, "events:PutEvents", bus)).isInstanceOf(Refused.class);
    }

    @Test
    void aDenyIsNamed() {
        var denying = POLICY.replace(
                "\"Statement\":[",
                "\"Statement\":[{\"Sid\":\"never\",\"Effect\":\"Deny\",\"Principal\":\"*\","
                        + "\"Action\":\"lambda:*\",\"Resource\":\"*\"},");
        assertThat(decide(denying, "events.amazonaws.com", RULE))
                .isEqualTo(new Refused(
                        "statement never in the function's policy denies events.amazonaws.com from " + RULE));
    }

    @Test
    void anUnreadablePolicyRefuses() {
        assertThat(decide("{", "events.amazonaws.com", RULE))
                .isEqualTo(new Refused("the function's policy cannot be read: This policy contains invalid Json"));
    }

    @Test
    void theGatewaysWildcardsMatchEveryStageAndMethod() {
        var api = "arn:aws:execute-api:us-east-1:111111111111:a1b2c3";
        var policy = POLICY.replace(RULE, api + "/*/*/*").replace("events.amazonaws", "apigateway.amazonaws");
        assertThat(decide(policy, "apigateway.amazonaws.com", api + "/prod/POST/orders/{customerId}"))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void theSourceAccountCanBeDemanded() {
        var policy =
                POLICY.replace("\"ArnLike\"", "\"StringEquals\":{\"AWS:SourceAccount\":\"222222222222\"},\"ArnLike\"");
        assertThat(decide(policy, "events.amazonaws.com", RULE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("StringEquals AWS:SourceAccount 222222222222 does not match 111111111111"));
    }

    @Test
    void queuesAreCalledQueues() {
        var access = new Access(
                "events.amazonaws.com",
                "sqs:SendMessage",
                "arn:aws:sqs:us-east-1:111111111111:dlq",
                RULE,
                "111111111111");
        assertThat(policies.decide(null, access))
                .isEqualTo(new Refused("the queue has no policy, so nothing allows events.amazonaws.com from " + RULE));
    }

    private ResourcePolicy.Decision decide(@Nullable String policy, String service, String source) {
        return policies.decide(policy, new Access(service, "lambda:InvokeFunction", FUNCTION, source, "111111111111"));
    }
}
