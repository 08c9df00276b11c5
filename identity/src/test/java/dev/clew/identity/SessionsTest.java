// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.access.RoleSessions.Session;
import dev.clew.wire.auth.Signer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STS, and the credentials that it and services get. */
class SessionsTest {
    private static final String ROLE = "arn:aws:iam::111111111111:role/r";
    private static final String DENIED = "User: arn:aws:iam::111111111111:root is not authorized to perform: "
            + "sts:AssumeRole on resource: arn:aws:iam::111111111111:role/";

    private final Server server = Server.start();

    @Test
    void anyKeyIsTheRootUserOfTheServersAccount() {
        var identity = server.sts("GetCallerIdentity").succeeds();
        assertThat(identity.text("Account")).isEqualTo("111111111111");
        assertThat(identity.text("UserId")).isEqualTo("111111111111");
        assertThat(identity.text("Arn")).isEqualTo("arn:aws:iam::111111111111:root");
    }

    @Test
    void twelveDigitsAreTheirOwnAccount() {
        assertThat(server.as("222222222222", "sts", "GetCallerIdentity").text("Arn"))
                .isEqualTo("arn:aws:iam::222222222222:root");
    }

    @Test
    void rootAssumesARoleThatTrustsItsAccount() {
        create("r", "{\"AWS\":\"111111111111\"}");
        var assumed = server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build")
                .succeeds();
        assertThat(assumed.text("AccessKeyId")).matches("ASIA[A-Z2-7]{16}");
        assertThat(assumed.text("SecretAccessKey")).hasSize(40);
        assertThat(assumed.text("Expiration")).isEqualTo("2026-08-07T11:00:00Z");
        assertThat(assumed.text("AssumedRoleId")).matches("AROA[A-Z2-7]{17}:build");
        assertThat(assumed.text("Arn")).isEqualTo("arn:aws:sts::111111111111:assumed-role/r/build");
        assertThat(assumed.all("PackedPolicySize")).isEmpty();

        var identity = server.as(assumed.text("AccessKeyId"), "sts", "GetCallerIdentity");
        assertThat(identity.text("Arn")).isEqualTo(assumed.text("Arn"));
        assertThat(identity.text("UserId")).isEqualTo(assumed.text("AssumedRoleId"));
    }

    @Test
    void rolesThatDoNotTrustTheCallerAreRefused() {
        create("r", "{\"Service\":\"lambda.amazonaws.com\"}");
        server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build").fails(403, "AccessDenied", DENIED + "r");
        server.sts("AssumeRole", "RoleArn", ROLE + 's', "RoleSessionName", "build")
                .fails(403, "AccessDenied", DENIED + "rs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-an-arn-but-long-enough", "arn:aws:iam::111111111111:user/someone"})
    void badArnsAreRefused(String arn) {
        server.sts("AssumeRole", "RoleArn", arn, "RoleSessionName", "build")
                .fails(400, "ValidationError", arn + " is invalid");
    }

    @Test
    void durationsAreBoundedByTheRoleAndByChains() {
        create("r", "{\"AWS\":[\"111111111111\",\"" + ROLE + "\"]}");
        server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build", "DurationSeconds", "7200")
                .fails(
                        400,
                        "ValidationError",
                        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        server.iam("UpdateRole", "RoleName", "r", "MaxSessionDuration", "7200").succeeds();
        var assumed = server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build", "DurationSeconds", "7200")
                .succeeds();
        assertThat(assumed.text("Expiration")).isEqualTo("2026-08-07T12:00:00Z");
        server.as(
                        assumed.text("AccessKeyId"),
                        "sts",
                        "AssumeRole",
                        "RoleArn",
                        ROLE,
                        "RoleSessionName",
                        "again",
                        "DurationSeconds",
                        "7200")
                .fails(
                        400,
                        "ValidationError",
                        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
                                + " chaining.");
    }

    @Test
    void aSessionNeedsItsOwnPoliciesForRolesThatTrustTheAccountOnly() {
        create("first", "{\"AWS\":\"111111111111\"}");
        create("second", "{\"AWS\":\"111111111111\"}");
        var key = server.sts(
                        "AssumeRole", "RoleArn", "arn:aws:iam::111111111111:role/first", "RoleSessionName", "build")
                .text("AccessKeyId");
        var second = new String[] {"RoleArn", "arn:aws:iam::111111111111:role/second", "RoleSessionName", "build"};
        assertThat(server.as(key, "sts", "AssumeRole", second).text("Message"))
                .startsWith("User: arn:aws:sts::111111111111:assumed-role/first/build is not authorized");
        server.iam("PutRolePolicy", "RoleName", "first", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        server.as(key, "sts", "AssumeRole", second).succeeds();
    }

    @Test
    void theExternalIdIsACondition() {
        var trust = Server.trust("{\"AWS\":\"111111111111\"}")
                .replace(
                        "\"sts:AssumeRole\"",
                        "\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":"
                                + "{\"sts:ExternalId\":\"secret-handshake\"}}");
        server.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", trust)
                .succeeds();
        server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build", "ExternalId", "wrong")
                .fails(403, "AccessDenied", DENIED + "r");
        server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build", "ExternalId", "secret-handshake")
                .succeeds();
    }

    @Test
    void tagsNeedTheirOwnPermission() {
        create("r", "{\"AWS\":\"111111111111\"}");
        var tagged = new String[] {
            "RoleArn", ROLE, "RoleSessionName", "build", "Tags.member.1.Key", "team", "Tags.member.1.Value", "red"
        };
        assertThat(server.sts("AssumeRole", tagged).text("Message")).contains("sts:TagSession");
        server.iam(
                        "UpdateAssumeRolePolicy",
                        "RoleName",
                        "r",
                        "PolicyDocument",
                        Server.trust("{\"AWS\":\"111111111111\"}")
                                .replace("\"sts:AssumeRole\"", "[\"sts:AssumeRole\",\"sts:TagSession\"]"))
                .succeeds();
        assertThat(server.sts("AssumeRole", tagged).succeeds().text("PackedPolicySize"))
                .isEqualTo("1");
    }

    @Test
    void sessionPoliciesAreChecked() {
        create("r", "{\"AWS\":\"111111111111\"}");
        server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build", "Policy", "{")
                .fails(400, "MalformedPolicyDocument", "This policy contains invalid Json");
        var large = Server.ALLOW_ALL.replace("\"*\"}", "\"arn:aws:sqs:*:*:" + "q".repeat(2_048) + "\"}");
        assertThat(server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build", "Policy", large)
                        .text("Code"))
                .isEqualTo("PackedPolicyTooLarge");
        server.sts(
                        "AssumeRole",
                        "RoleArn",
                        ROLE,
                        "RoleSessionName",
                        "build",
                        "PolicyArns.member.1.arn",
                        "arn:aws:iam::aws:policy/Unknown")
                .fails(400, "ValidationError", "Policy arn:aws:iam::aws:policy/Unknown was not found.");
    }

    @Test
    void theSessionPolicyLimitsTheSession() {
        create("r", "{\"AWS\":\"111111111111\"}");
        create("next", "{\"AWS\":\"111111111111\"}");
        server.iam("PutRolePolicy", "RoleName", "r", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        var key = server.sts(
                        "AssumeRole",
                        "RoleArn",
                        ROLE,
                        "RoleSessionName",
                        "build",
                        "Policy",
                        Server.ALLOW_ALL.replace("\"Action\":\"*\"", "\"Action\":\"sqs:*\""))
                .text("AccessKeyId");
        assertThat(server.as(
                                key,
                                "sts",
                                "AssumeRole",
                                "RoleArn",
                                "arn:aws:iam::111111111111:role/next",
                                "RoleSessionName",
                                "build")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void thereIsNoSecondFactor() {
        create("r", "{\"AWS\":\"111111111111\"}");
        server.sts(
                        "AssumeRole",
                        "RoleArn",
                        ROLE,
                        "RoleSessionName",
                        "build",
                        "SerialNumber",
                        "arn:aws:iam::111111111111:mfa/me",
                        "TokenCode",
                        "123456")
                .fails(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
    }

    @Test
    void sessionTokensAreForLongLivedKeys() {
        var token = server.sts("GetSessionToken", "DurationSeconds", "7200").succeeds();
        assertThat(token.text("Expiration")).isEqualTo("2026-08-07T11:00:00Z");
        assertThat(server.as(token.text("AccessKeyId"), "sts", "GetCallerIdentity")
                        .text("Arn"))
                .isEqualTo("arn:aws:iam::111111111111:root");
        server.as(token.text("AccessKeyId"), "sts", "GetSessionToken")
                .fails(403, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        assertThat(server.sts("GetAccessKeyInfo", "AccessKeyId", token.text("AccessKeyId"))
                        .text("Account"))
                .isEqualTo("111111111111");
    }

    @Test
    void servicesGetSessionsOfRolesThatTrustThem() {
        create("r", "{\"Service\":\"lambda.amazonaws.com\"}");
        var sessions = server.identity.roleSessions();
        assertThat(sessions.trusts(ROLE, "lambda.amazonaws.com")).isTrue();
        assertThat(sessions.trusts(ROLE, "events.amazonaws.com")).isFalse();
        assertThat(sessions.trusts("arn:aws:iam::111111111111:role/other/r", "lambda.amazonaws.com"))
                .isFalse();
        assertThat(sessions.trusts("nonsense", "lambda.amazonaws.com")).isFalse();
        assertThat(sessions.assume(ROLE, "events.amazonaws.com", "f", Duration.ofHours(1)))
                .isEmpty();
        var session = sessions.assume(ROLE, "lambda.amazonaws.com", "order service", Duration.ofHours(12))
                .orElseThrow();
        assertThat(session.expiration()).isEqualTo("2026-08-07T22:00:00Z");
        assertThat(server.as(session.accessKeyId(), "sts", "GetCallerIdentity").text("Arn"))
                .isEqualTo("arn:aws:sts::111111111111:assumed-role/r/order-service");
    }

    @Test
    void signaturesAreVerifiedAgainstRootAndSessions() {
        create("r", "{\"Service\":\"lambda.amazonaws.com\"}");
        var session = lambdaSession();
        assertThat(verified(new Signer(Server.ROOT_KEY, Server.ROOT_SECRET, null, "us-east-1", "sts"))
                        .text("Arn"))
                .isEqualTo("arn:aws:iam::111111111111:root");
        assertThat(verified(signer(session)).text("Arn")).isEqualTo("arn:aws:sts::111111111111:assumed-role/r/f");
        verified(new Signer(Server.ROOT_KEY, "wrong", null, "us-east-1", "sts"))
                .fails(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. Check your AWS"
                            + " Secret Access Key and signing method. Consult the service documentation for details.");
        verified(new Signer("222222222222", "any", null, "us-east-1", "sts"))
                .fails(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }

    @Test
    void expiredSessionsAreRememberedForAnHour() {
        create("r", "{\"Service\":\"lambda.amazonaws.com\"}");
        var session = lambdaSession();
        server.clock.advance(Duration.ofMinutes(61));
        verified(signer(session)).fails(403, "ExpiredToken", "The security token included in the request is expired");
        server.clock.advance(Duration.ofHours(1));
        lambdaSession();
        assertThat(server.identity.credentials().find(session.accessKeyId())).isEmpty();
    }

    @Test
    void sessionsAreBounded() {
        var small = Server.start(new IdentityConfig("111111111111", "AKIAROOT", "secret", 10, 2));
        small.sts("GetSessionToken").succeeds();
        small.sts("GetSessionToken").succeeds();
        small.sts("GetSessionToken").fails(400, "Throttling", "Rate exceeded");
        small.clock.advance(Duration.ofHours(3));
        small.sts("GetSessionToken").succeeds();
    }

    @Test
    void rolesPoliciesAndSessionsSurviveARestart() {
        create("r", "{\"Service\":\"lambda.amazonaws.com\"}");
        server.iam("CreatePolicy", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        server.iam("PutRolePolicy", "RoleName", "r", "PolicyName", "i", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        server.iam("AttachRolePolicy", "RoleName", "r", "PolicyArn", "arn:aws:iam::111111111111:policy/p")
                .succeeds();
        var session = lambdaSession();
        var before = server.iam("GetRole", "RoleName", "r");

        var restarted = server.restarted();
        assertThat(restarted.iam("GetRole", "RoleName", "r").text("RoleId")).isEqualTo(before.text("RoleId"));
        assertThat(restarted.iam("GetRole", "RoleName", "r").text("CreateDate")).isEqualTo(before.text("CreateDate"));
        assertThat(restarted.iam("ListRolePolicies", "RoleName", "r").all("member"))
                .containsExactly("i");
        assertThat(restarted.iam("ListAttachedRolePolicies", "RoleName", "r").text("PolicyName"))
                .isEqualTo("p");
        assertThat(restarted
                        .verified(signer(session), "sts", "GetCallerIdentity")
                        .text("Arn"))
                .isEqualTo("arn:aws:sts::111111111111:assumed-role/r/f");
    }

    @Test
    void aRoleMadeLaterIsAnotherOne() {
        create("r", "{\"AWS\":[\"111111111111\"]}");
        server.iam("PutRolePolicy", "RoleName", "r", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        var key = server.sts("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build")
                .text("AccessKeyId");
        server.iam("DeleteRolePolicy", "RoleName", "r", "PolicyName", "p").succeeds();
        server.iam("DeleteRole", "RoleName", "r").succeeds();
        create("r", "{\"AWS\":[\"111111111111\"]}");
        server.iam("PutRolePolicy", "RoleName", "r", "PolicyName", "p", "PolicyDocument", Server.ALLOW_ALL)
                .succeeds();
        assertThat(server.as(key, "sts", "AssumeRole", "RoleArn", ROLE, "RoleSessionName", "build")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void secretsAreNotPrinted() {
        var config = IdentityConfig.of("111111111111", "AKIAROOT", "very-secret");
        assertThat(config.toString()).doesNotContain("very-secret");
        create("r", "{\"Service\":\"lambda.amazonaws.com\"}");
        var session = lambdaSession();
        assertThat(session.toString()).doesNotContain(session.secretAccessKey());
        assertThat(server.identity
                        .credentials()
                        .find(session.accessKeyId())
                        .orElseThrow()
                        .toString())
                .doesNotContain(session.secretAccessKey());
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> IdentityConfig.of("1", "k", "s"))
                .hasMessage("identity.account: '1' (expected: twelve digits)");
        assertThatThrownBy(() -> new IdentityConfig("111111111111", "k", "s", 21, 1))
                .hasMessage("identity.managed-policies-per-role: 21 (expected: 1 to 20)");
    }

    private void create(String name, String principal) {
        server.iam("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", Server.trust(principal))
                .succeeds();
    }

    private Session lambdaSession() {
        return server.identity
                .roleSessions()
                .assume(ROLE, "lambda.amazonaws.com", "f", Duration.ofHours(1))
                .orElseThrow();
    }

    private static Signer signer(Session session) {
        return new Signer(session.accessKeyId(), session.secretAccessKey(), session.sessionToken(), "us-east-1", "sts");
    }

    private Answer verified(Signer signer) {
        return server.verified(signer, "sts", "GetCallerIdentity");
    }
}
