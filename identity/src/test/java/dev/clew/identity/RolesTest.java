// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {
    private final Server server = Server.start();

    @Test
    void createsTheRoleOfTheRecipe() {
        var created = create("distributed-tracing-lambda-role-a1b2c3").succeeds();
        assertThat(created.body())
                .startsWith("<CreateRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">");
        assertThat(created.text("Path")).isEqualTo("/");
        assertThat(created.text("RoleName")).isEqualTo("distributed-tracing-lambda-role-a1b2c3");
        assertThat(created.text("RoleId")).matches("AROA[A-Z2-7]{17}");
        assertThat(created.text("Arn"))
                .isEqualTo("arn:aws:iam::111111111111:role/distributed-tracing-lambda-role-a1b2c3");
        assertThat(created.text("CreateDate")).isEqualTo("2026-08-07T10:00:00Z");
        assertThat(created.text("MaxSessionDuration")).isEqualTo("3600");
        assertThat(created.text("AssumeRolePolicyDocument"))
                .isEqualTo("%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C"
                        + "%22Principal%22%3A%7B%22Service%22%3A%22lambda.amazonaws.com%22%7D%2C%22Action%22%3A%22"
                        + "sts%3AAssumeRole%22%7D%5D%7D");
        assertThat(server.iam("GetRole", "RoleName", "distributed-tracing-lambda-role-a1b2c3")
                        .text("Arn"))
                .isEqualTo(created.text("Arn"));
    }

    @Test
    void keepsPathDescriptionLimitsAndTags() {
        server.iam(
                        "CreateRole",
                        "RoleName",
                        "r",
                        "Path",
                        "/team/",
                        "AssumeRolePolicyDocument",
                        Server.TRUST,
                        "Description",
                        "for tests",
                        "MaxSessionDuration",
                        "7200",
                        "PermissionsBoundary",
                        "arn:aws:iam::aws:policy/AdministratorAccess",
                        "Tags.member.1.Key",
                        "b",
                        "Tags.member.1.Value",
                        "2",
                        "Tags.member.2.Key",
                        "a",
                        "Tags.member.2.Value",
                        "1")
                .succeeds();
        var role = server.iam("GetRole", "RoleName", "r").succeeds();
        assertThat(role.text("Arn")).isEqualTo("arn:aws:iam::111111111111:role/team/r");
        assertThat(role.text("Description")).isEqualTo("for tests");
        assertThat(role.text("MaxSessionDuration")).isEqualTo("7200");
        assertThat(role.text("PermissionsBoundaryArn")).isEqualTo("arn:aws:iam::aws:policy/AdministratorAccess");
        assertThat(role.all("Key")).containsExactly("a", "b");
        assertThat(server.iam("ListRoles").all("Key")).isEmpty();
    }

    @Test
    void namesAreUniqueWhateverTheirCase() {
        create("Role").succeeds();
        create("role").fails(409, "EntityAlreadyExists", "Role with name role already exists.");
    }

    @Test
    void missingRolesAreNamed() {
        var message = "The role with name nobody cannot be found.";
        for (var action : new String[] {
            "GetRole",
            "DeleteRole",
            "ListRoleTags",
            "ListInstanceProfilesForRole",
            "ListRolePolicies",
            "ListAttachedRolePolicies",
            "UpdateRole",
            "DeleteRolePermissionsBoundary"
        }) {
            server.iam(action, "RoleName", "nobody").fails(404, "NoSuchEntity", message);
        }
        server.iam("AttachRolePolicy", "RoleName", "nobody", "PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess")
                .fails(404, "NoSuchEntity", message);
    }

    @Test
    void aRoleWithPoliciesStays() {
        create("r").succeeds();
        server.iam("AttachRolePolicy", "RoleName", "r", "PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess")
                .succeeds();
        server.iam("PutRolePolicy", "RoleName", "r", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        server.iam("DeleteRole", "RoleName", "r")
                .fails(409, "DeleteConflict", "Cannot delete entity, must detach all policies first.");
        server.iam("DetachRolePolicy", "RoleName", "r", "PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess")
                .succeeds();
        server.iam("DeleteRole", "RoleName", "r")
                .fails(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");
        server.iam("DeleteRolePolicy", "RoleName", "r", "PolicyName", "p").succeeds();
        server.iam("DeleteRole", "RoleName", "r").succeeds();
        server.iam("GetRole", "RoleName", "r").fails(404, "NoSuchEntity", "The role with name r cannot be found.");
    }

    @Test
    void updatesOnlyWhatIsGiven() {
        create("r").succeeds();
        server.iam("UpdateRole", "RoleName", "r", "Description", "one").succeeds();
        server.iam("UpdateRole", "RoleName", "r", "MaxSessionDuration", "43200").succeeds();
        var role = server.iam("GetRole", "RoleName", "r");
        assertThat(role.text("Description")).isEqualTo("one");
        assertThat(role.text("MaxSessionDuration")).isEqualTo("43200");
        assertThat(server.iam("UpdateRoleDescription", "RoleName", "r", "Description", "two")
                        .text("Description"))
                .isEqualTo("two");
        var trust = Server.trust("{\"Service\":\"events.amazonaws.com\"}");
        server.iam("UpdateAssumeRolePolicy", "RoleName", "r", "PolicyDocument", trust)
                .succeeds();
        assertThat(server.iam("GetRole", "RoleName", "r").text("AssumeRolePolicyDocument"))
                .contains("events.amazonaws.com");
    }

    @Test
    void boundariesComeAndGo() {
        create("r").succeeds();
        var missing = "arn:aws:iam::111111111111:policy/missing";
        server.iam("PutRolePermissionsBoundary", "RoleName", "r", "PermissionsBoundary", missing)
                .fails(404, "NoSuchEntity", "Scope ARN: " + missing + " does not exist or is not attachable.");
        var boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        server.iam("PutRolePermissionsBoundary", "RoleName", "r", "PermissionsBoundary", boundary)
                .succeeds();
        assertThat(server.iam("GetRole", "RoleName", "r").text("PermissionsBoundaryArn"))
                .isEqualTo(boundary);
        server.iam("DeleteRolePermissionsBoundary", "RoleName", "r").succeeds();
        assertThat(server.iam("GetRole", "RoleName", "r").all("PermissionsBoundaryArn"))
                .isEmpty();
    }

    @Test
    void tagsAreReplacedByKeyWhateverItsCase() {
        create("r").succeeds();
        server.iam("TagRole", "RoleName", "r", "Tags.member.1.Key", "Team", "Tags.member.1.Value", "red")
                .succeeds();
        server.iam("TagRole", "RoleName", "r", "Tags.member.1.Key", "team", "Tags.member.1.Value", "blue")
                .succeeds();
        assertThat(server.iam("ListRoleTags", "RoleName", "r").all("Value")).containsExactly("blue");
        server.iam(
                        "TagRole",
                        "RoleName",
                        "r",
                        "Tags.member.1.Key",
                        "x",
                        "Tags.member.1.Value",
                        "1",
                        "Tags.member.2.Key",
                        "X",
                        "Tags.member.2.Value",
                        "2")
                .fails(
                        400,
                        "InvalidInput",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        server.iam("UntagRole", "RoleName", "r", "TagKeys.member.1", "TEAM").succeeds();
        assertThat(server.iam("ListRoleTags", "RoleName", "r").all("Value")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        not json                 | This policy contains invalid Json
        {"Version":"2012-10-17"} | Syntax errors in policy.
        {"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]} | Missing required field Principal
        """)
    void trustPoliciesMustBeTrustPolicies(String document, String message) {
        server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", document)
                .fails(400, "MalformedPolicyDocument", message);
    }

    @Test
    void trustPoliciesAreBoundedWithoutTheirWhiteSpace() {
        var wide = Server.TRUST.replace(",", "," + " ".repeat(3_000));
        server.iam("CreateRole", "RoleName", "wide", "AssumeRolePolicyDocument", wide)
                .succeeds();
        var many = Server.trust("{\"AWS\":[" + "\"111111111111\",".repeat(200) + "\"111111111111\"]}");
        server.iam("CreateRole", "RoleName", "many", "AssumeRolePolicyDocument", many)
                .fails(409, "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048");
    }

    @Test
    void listsPageByPageInOrderOfNames() {
        for (var name : new String[] {"d", "B", "a", "C", "e"}) {
            create(name).succeeds();
        }
        var names = new ArrayList<String>();
        var page = server.iam("ListRoles", "MaxItems", "2");
        while (page.text("IsTruncated").equals("true")) {
            names.addAll(page.all("RoleName"));
            page = server.iam("ListRoles", "MaxItems", "2", "Marker", page.text("Marker"));
        }
        names.addAll(page.all("RoleName"));
        assertThat(names).containsExactly("a", "B", "C", "d", "e");
        server.iam("ListRoles", "Marker", "!").fails(400, "ValidationError", "Invalid Marker.");
    }

    @Test
    void listsByPath() {
        server.iam("CreateRole", "RoleName", "inside", "Path", "/a/b/", "AssumeRolePolicyDocument", Server.TRUST)
                .succeeds();
        create("outside").succeeds();
        assertThat(server.iam("ListRoles", "PathPrefix", "/a/").all("RoleName")).containsExactly("inside");
    }

    @Test
    void accountsDoNotSeeEachOther() {
        create("r").succeeds();
        assertThat(server.as("222222222222", "iam", "GetRole", "RoleName", "r").status())
                .isEqualTo(404);
        server.as("222222222222", "iam", "CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", Server.TRUST)
                .succeeds();
        assertThat(server.as("222222222222", "iam", "ListRoles").all("Arn"))
                .containsExactly("arn:aws:iam::222222222222:role/r");
    }

    @Test
    void noRoleIsInAnInstanceProfile() {
        create("r").succeeds();
        assertThat(server.iam("ListInstanceProfilesForRole", "RoleName", "r")
                        .succeeds()
                        .text("IsTruncated"))
                .isEqualTo("false");
    }

    @Test
    void whatIsNotServedSaysSo() {
        assertThat(server.iam("CreateUser", "UserName", "u").text("Message")).contains("not supported here");
    }

    private Answer create(String name) {
        return server.iam("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", Server.TRUST);
    }
}
