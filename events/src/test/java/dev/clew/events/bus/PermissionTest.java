// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.Condition;
import dev.clew.events.api.DescribeEventBusRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.PutPermissionRequest;
import dev.clew.events.api.RemovePermissionRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PermissionTest extends ControlPlaneFixture {
    @BeforeEach
    void aBus() {
        createBus("b1");
    }

    @Test
    void appendsAStatement() {
        put("s1", "222222222222", null);
        assertThat(policy())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s1\",\"Effect\":\"Allow\","
                        + "\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:root\"},\"Action\":\"events:PutEvents\","
                        + "\"Resource\":\"arn:aws:events:us-east-1:111111111111:event-bus/b1\"}]}");
    }

    @Test
    void keepsEveryoneAndTheCondition() {
        put("s1", "*", new Condition("StringEquals", "aws:PrincipalOrgID", "o-1"));
        assertThat(policy())
                .contains("\"Principal\":\"*\"")
                .contains("\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}");
    }

    @Test
    void removesStatementsUntilNoPolicyIsLeft() {
        put("s1", "222222222222", null);
        put("s2", "333333333333", null);
        remove("s1", null);
        assertThat(policy()).doesNotContain("222222222222").contains("333333333333");
        refused(
                "ResourceNotFoundException",
                "Statement with the provided id does not exist.",
                () -> remove("s1", null));
        remove(null, true);
        assertThat(policy()).isNull();
    }

    @Test
    void aWholePolicyReplacesTheOld() {
        put("s1", "222222222222", null);
        var whole = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
        putPolicy(whole);
        assertThat(policy()).isEqualTo(whole);
    }

    @Test
    void refusesBadPolicies() {
        refused("ValidationException", "Parameter Policy is not valid. Reason: it is not JSON.", () -> putPolicy("{"));
        refused(
                "ValidationException",
                "Parameter Policy is not valid. Reason: it has no Statement.",
                () -> putPolicy("[]"));
        refused(
                "PolicyLengthExceededException",
                "The policy is longer than 10240 characters.",
                () -> putPolicy("{\"Statement\":[],\"Id\":\"" + "x".repeat(10_240) + "\"}"));
    }

    private void put(String id, String principal, @Nullable Condition condition) {
        calls.call(
                EventsModel.PUT_PERMISSION,
                new PutPermissionRequest("b1", "events:PutEvents", principal, id, condition, null));
    }

    private void putPolicy(String policy) {
        calls.call(
                EventsModel.PUT_PERMISSION,
                PutPermissionRequest.builder().eventBusName("b1").policy(policy).build());
    }

    private void remove(@Nullable String id, @Nullable Boolean all) {
        calls.call(EventsModel.REMOVE_PERMISSION, new RemovePermissionRequest(id, all, "b1"));
    }

    private @Nullable String policy() {
        return calls.call(EventsModel.DESCRIBE_EVENT_BUS, new DescribeEventBusRequest("b1"))
                .policy();
    }
}
