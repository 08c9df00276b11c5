// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationsTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:q";
    private static final String SEND = "{\"Version\":\"2012-10-17\",\"Statement\":\n  {\"Effect\":\"Allow\","
            + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + QUEUE + "\","
            + "\"Condition\":{\"StringEquals\":{\"aws:RequestTag/team\":\"red\"}}}}";

    private final Server server = Server.start();

    @Test
    void tellsWhatTextsWouldAllow() {
        var result = server.iam(
                        "SimulateCustomPolicy",
                        "PolicyInputList.member.1",
                        SEND,
                        "ActionNames.member.1",
                        "sqs:SendMessage",
                        "ResourceArns.member.1",
                        QUEUE,
                        "ContextEntries.member.1.ContextKeyName",
                        "aws:RequestTag/team",
                        "ContextEntries.member.1.ContextKeyType",
                        "string",
                        "ContextEntries.member.1.ContextKeyValues.member.1",
                        "red")
                .succeeds();
        assertThat(result.text("EvalDecision")).isEqualTo("allowed");
        assertThat(result.text("SourcePolicyId")).isEqualTo("PolicyInputList.1");
        assertThat(result.all("Line")).containsExactly("2", "2");
        assertThat(result.all("Column").getFirst()).isEqualTo("3");
    }

    @Test
    void tellsWhatTheContextLacks() {
        var result = server.iam(
                "SimulateCustomPolicy",
                "PolicyInputList.member.1",
                SEND,
                "ActionNames.member.1",
                "sqs:SendMessage",
                "ResourceArns.member.1",
                QUEUE);
        assertThat(result.text("EvalDecision")).isEqualTo("implicitDeny");
        assertThat(result.text("member")).isEqualTo("aws:RequestTag/team");
    }

    @Test
    void tellsWhatARoleMayDo() {
        server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", Server.TRUST)
                .succeeds();
        server.iam("AttachRolePolicy", "RoleName", "r", "PolicyArn", "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess")
                .succeeds();
        var result = server.iam(
                        "SimulatePrincipalPolicy",
                        "PolicySourceArn",
                        "arn:aws:iam::111111111111:role/r",
                        "ActionNames.member.1",
                        "xray:PutTraceSegments",
                        "ActionNames.member.2",
                        "xray:DeleteGroup",
                        "ActionNames.member.3",
                        "events:PutEvents",
                        "PolicyInputList.member.1",
                        Server.ALLOW_ALL
                                .replace("Allow", "Deny")
                                .replace("\"Action\":\"*\"", "\"Action\":\"events:*\""))
                .succeeds();
        assertThat(result.all("EvalDecision")).containsExactly("allowed", "implicitDeny", "explicitDeny");
        assertThat(result.all("SourcePolicyType")).containsExactly("aws-managed", "none");
        assertThat(result.all("EvalResourceName")).containsOnly("*");
    }

    @Test
    void theBoundaryIsReported() {
        var result = server.iam(
                "SimulateCustomPolicy",
                "PolicyInputList.member.1",
                Server.ALLOW_ALL,
                "PermissionsBoundaryPolicyInputList.member.1",
                SEND,
                "ActionNames.member.1",
                "sqs:PurgeQueue");
        assertThat(result.text("EvalDecision")).isEqualTo("implicitDeny");
        assertThat(result.text("AllowedByPermissionsBoundary")).isEqualTo("false");
    }

    @Test
    void listsTheKeysThatPoliciesAskFor() {
        assertThat(server.iam("GetContextKeysForCustomPolicy", "PolicyInputList.member.1", SEND)
                        .text("member"))
                .isEqualTo("aws:RequestTag/team");
    }

    @Test
    void badQuestionsAreRefused() {
        server.iam(
                        "SimulatePrincipalPolicy",
                        "PolicySourceArn",
                        "arn:aws:iam::111111111111:role/none",
                        "ActionNames.member.1",
                        "sqs:SendMessage")
                .fails(404, "NoSuchEntity", "The role arn:aws:iam::111111111111:role/none cannot be found.");
        server.iam("SimulateCustomPolicy", "PolicyInputList.member.1", "{}", "ActionNames.member.1", "sqs:SendMessage")
                .fails(400, "MalformedPolicyDocument", "Syntax errors in policy.");
        server.iam("SimulateCustomPolicy", "PolicyInputList.member.1", SEND, "ActionNames.member.1", "sqs:*")
                .fails(400, "InvalidInput", "Invalid Action: sqs:*");
    }
}
