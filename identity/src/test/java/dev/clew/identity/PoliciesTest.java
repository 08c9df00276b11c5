// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.PercentEncoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inline policies, managed policies, and their versions. */
class PoliciesTest {
    private static final String OWN = "arn:aws:iam::111111111111:policy/own";
    private static final String BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

    private final Server server = Server.start();

    @BeforeEach
    void createRole() {
        server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", Server.TRUST)
                .succeeds();
    }

    @Test
    void attachesThePoliciesOfTheRecipe() {
        for (var name : new String[] {
            "service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess", "AmazonEventBridgeFullAccess"
        }) {
            attach("arn:aws:iam::aws:policy/" + name).succeeds();
        }
        attach(BASIC).succeeds(); // again: no error, no second entry
        assertThat(server.iam("ListAttachedRolePolicies", "RoleName", "r").all("PolicyName"))
                .containsExactly(
                        "AmazonEventBridgeFullAccess", "AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess");
        assertThat(server.iam("ListAttachedRolePolicies", "RoleName", "r", "PathPrefix", "/service-role/")
                        .all("PolicyArn"))
                .containsExactly(BASIC);
    }

    @Test
    void onlyExistingPoliciesAreAttached() {
        var unknown = "arn:aws:iam::aws:policy/Unknown";
        attach(unknown).fails(404, "NoSuchEntity", "Policy " + unknown + " does not exist or is not attachable.");
        attach("arn:aws:iam::aws:role/not-a-policy")
                .fails(400, "InvalidInput", "ARN arn:aws:iam::aws:role/not-a-policy is not valid.");
        server.as("222222222222", "iam", "CreatePolicy", "PolicyName", "own", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        attach("arn:aws:iam::222222222222:policy/own")
                .fails(
                        404,
                        "NoSuchEntity",
                        "Policy arn:aws:iam::222222222222:policy/own does not exist or is not attachable.");
    }

    @Test
    void detachesOnlyWhatIsAttached() {
        server.iam("DetachRolePolicy", "RoleName", "r", "PolicyArn", BASIC)
                .fails(404, "NoSuchEntity", "Policy " + BASIC + " was not found.");
    }

    @Test
    void attachesTenAtMost() {
        for (int i = 0; i < 11; i++) {
            server.iam("CreatePolicy", "PolicyName", "p" + i, "PolicyDocument", Server.ALLOW_ALL)
                    .succeeds();
        }
        for (int i = 0; i < 10; i++) {
            attach("arn:aws:iam::111111111111:policy/p" + i).succeeds();
        }
        attach("arn:aws:iam::111111111111:policy/p10")
                .fails(409, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10");
    }

    @Test
    void keepsInlinePoliciesWordForWord() {
        var document = Server.ALLOW_ALL.replace(",", ",\n  ");
        putInline("p", document).succeeds();
        putInline("a", Server.ALLOW_ALL).succeeds();
        var stored = server.iam("GetRolePolicy", "RoleName", "r", "PolicyName", "p");
        assertThat(PercentEncoding.decode(stored.text("PolicyDocument"))).isEqualTo(document);
        assertThat(server.iam("ListRolePolicies", "RoleName", "r").all("member"))
                .containsExactly("a", "p");
        server.iam("GetRolePolicy", "RoleName", "r", "PolicyName", "q")
                .fails(404, "NoSuchEntity", "The role policy with name q cannot be found.");
        server.iam("DeleteRolePolicy", "RoleName", "r", "PolicyName", "q")
                .fails(404, "NoSuchEntity", "The role policy with name q cannot be found.");
    }

    @Test
    void inlinePoliciesAreBoundedTogether() {
        var large = large(6_000);
        putInline("a", large).succeeds();
        putInline("b", large).fails(409, "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role r");
        putInline("a", large).succeeds(); // in place of itself
    }

    @Test
    void inlinePoliciesAreValidated() {
        putInline("p", Server.TRUST)
                .fails(400, "MalformedPolicyDocument", "Policy document should not specify a principal.");
        putInline("p", "{").fails(400, "MalformedPolicyDocument", "This policy contains invalid Json");
    }

    @Test
    void createsManagedPolicies() {
        var created = createOwn().succeeds();
        assertThat(created.text("Arn")).isEqualTo(OWN);
        assertThat(created.text("PolicyId")).matches("ANPA[A-Z2-7]{17}");
        assertThat(created.text("DefaultVersionId")).isEqualTo("v1");
        assertThat(created.text("AttachmentCount")).isEqualTo("0");
        createOwn()
                .fails(
                        409,
                        "EntityAlreadyExists",
                        "A policy called own already exists. Duplicate names are not allowed.");
        attach(OWN).succeeds();
        var found = server.iam("GetPolicy", "PolicyArn", OWN).succeeds();
        assertThat(found.text("AttachmentCount")).isEqualTo("1");
        assertThat(found.text("Description")).isEqualTo("mine");
        assertThat(server.iam("ListEntitiesForPolicy", "PolicyArn", OWN).text("RoleName"))
                .isEqualTo("r");
    }

    @Test
    void aPolicyInUseStays() {
        createOwn().succeeds();
        attach(OWN).succeeds();
        server.iam("DeletePolicy", "PolicyArn", OWN)
                .fails(409, "DeleteConflict", "Cannot delete a policy attached to entities.");
        server.iam("DetachRolePolicy", "RoleName", "r", "PolicyArn", OWN).succeeds();
        createVersion(true).succeeds();
        server.iam("DeletePolicy", "PolicyArn", OWN)
                .fails(
                        409,
                        "DeleteConflict",
                        "This policy has more than one version. Before you delete a policy, you must delete the "
                                + "policy's versions. The default version is deleted with the policy.");
        server.iam("DeletePolicyVersion", "PolicyArn", OWN, "VersionId", "v1").succeeds();
        server.iam("DeletePolicy", "PolicyArn", OWN).succeeds();
        server.iam("GetPolicy", "PolicyArn", OWN).fails(404, "NoSuchEntity", "Policy " + OWN + " was not found.");
    }

    @Test
    void versionsCountUpAndAreFiveAtMost() {
        createOwn().succeeds();
        for (int i = 2; i <= 5; i++) {
            assertThat(createVersion(false).text("VersionId")).isEqualTo("v" + i);
        }
        createVersion(false)
                .fails(
                        409,
                        "LimitExceeded",
                        "A managed policy can have up to 5 versions. Before you create a new version, you must delete "
                                + "an existing version.");
        server.iam("SetDefaultPolicyVersion", "PolicyArn", OWN, "VersionId", "v3")
                .succeeds();
        server.iam("DeletePolicyVersion", "PolicyArn", OWN, "VersionId", "v3")
                .fails(409, "DeleteConflict", "Cannot delete the default version of a policy.");
        server.iam("DeletePolicyVersion", "PolicyArn", OWN, "VersionId", "v5").succeeds();
        assertThat(createVersion(true).text("VersionId")).isEqualTo("v6");
        assertThat(server.iam("ListPolicyVersions", "PolicyArn", OWN).all("VersionId"))
                .containsExactly("v6", "v4", "v3", "v2", "v1");
        assertThat(server.iam("GetPolicy", "PolicyArn", OWN).text("DefaultVersionId"))
                .isEqualTo("v6");
        server.iam("GetPolicyVersion", "PolicyArn", OWN, "VersionId", "v5")
                .fails(404, "NoSuchEntity", "Policy " + OWN + " version v5 does not exist or is not attachable.");
    }

    @Test
    void managedPoliciesAreBounded() {
        server.iam("CreatePolicy", "PolicyName", "big", "PolicyDocument", large(7_000))
                .fails(409, "LimitExceeded", "Cannot exceed quota for PolicySize: 6144");
    }

    @Test
    void policiesAreTagged() {
        createOwn().succeeds();
        server.iam("TagPolicy", "PolicyArn", OWN, "Tags.member.1.Key", "k", "Tags.member.1.Value", "v")
                .succeeds();
        assertThat(server.iam("ListPolicyTags", "PolicyArn", OWN).text("Value")).isEqualTo("v");
        server.iam("UntagPolicy", "PolicyArn", OWN, "TagKeys.member.1", "k").succeeds();
        assertThat(server.iam("ListPolicyTags", "PolicyArn", OWN).all("Value")).isEmpty();
    }

    @Test
    void whatAwsManagesIsNotForCallersToChange() {
        assertThat(server.iam("DeletePolicy", "PolicyArn", BASIC).text("Code")).isEqualTo("AccessDenied");
    }

    @Test
    void listsByScopeAndUse() {
        createOwn().succeeds();
        attach(BASIC).succeeds();
        assertThat(server.iam("ListPolicies", "Scope", "Local").all("PolicyName"))
                .containsExactly("own");
        assertThat(server.iam("ListPolicies", "OnlyAttached", "true").all("Arn"))
                .containsExactly(BASIC);
        assertThat(server.iam("ListPolicies", "Scope", "AWS").all("PolicyName")).hasSize(18);
        var first = server.iam("ListPolicies", "MaxItems", "7");
        assertThat(first.text("IsTruncated")).isEqualTo("true");
        assertThat(server.iam("ListPolicies", "Marker", first.text("Marker")).all("PolicyName"))
                .hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWSLambda_FullAccess",
                "AWSLambda_ReadOnlyAccess",
                "AWSXRayDaemonWriteAccess",
                "AWSXrayFullAccess",
                "AWSXrayReadOnlyAccess",
                "AWSXrayWriteOnlyAccess",
                "AdministratorAccess",
                "AmazonAPIGatewayAdministrator",
                "AmazonAPIGatewayInvokeFullAccess",
                "AmazonEventBridgeFullAccess",
                "AmazonEventBridgeReadOnlyAccess",
                "AmazonSQSFullAccess",
                "CloudWatchFullAccess",
                "CloudWatchLogsFullAccess",
                "ReadOnlyAccess",
                "service-role/AWSLambdaBasicExecutionRole",
                "service-role/AWSLambdaSQSQueueExecutionRole",
                "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
            })
    void awsPoliciesHaveDocumentsThatParse(String name) {
        var arn = "arn:aws:iam::aws:policy/" + name;
        var policy = server.iam("GetPolicy", "PolicyArn", arn).succeeds();
        var version = server.iam("GetPolicyVersion", "PolicyArn", arn, "VersionId", policy.text("DefaultVersionId"))
                .succeeds();
        var document = PercentEncoding.decode(version.text("Document"));
        putInline("copy", document).succeeds();
    }

    @Test
    void theDocumentsOfTheRecipesPoliciesAreTheDocumentedOnes() {
        var version = server.iam(
                "GetPolicyVersion",
                "PolicyArn",
                "arn:aws:iam::aws:policy/AmazonEventBridgeFullAccess",
                "VersionId",
                "v7");
        assertThat(PercentEncoding.decode(version.text("Document")))
                .contains("\"events:*\",\"schemas:*\",\"scheduler:*\",\"pipes:*\"")
                .contains("arn:aws:secretsmanager:*:*:secret:events!*");
        assertThat(version.text("CreateDate")).isEqualTo("2026-02-12T17:58:25Z");
    }

    private Answer attach(String arn) {
        return server.iam("AttachRolePolicy", "RoleName", "r", "PolicyArn", arn);
    }

    private Answer putInline(String name, String document) {
        return server.iam("PutRolePolicy", "RoleName", "r", "PolicyName", name, "PolicyDocument", document);
    }

    private Answer createOwn() {
        return server.iam(
                "CreatePolicy", "PolicyName", "own", "PolicyDocument", Server.ALLOW_ALL, "Description", "mine");
    }

    private Answer createVersion(boolean inForce) {
        return server.iam(
                "CreatePolicyVersion",
                "PolicyArn",
                OWN,
                "PolicyDocument",
                Server.ALLOW_ALL,
                "SetAsDefault",
                String.valueOf(inForce));
    }

    private static String large(int characters) {
        return Server.ALLOW_ALL.replace("\"*\"}", "\"arn:aws:sqs:*:*:" + "q".repeat(characters) + "\"}");
    }
}
