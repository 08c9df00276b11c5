// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.identity.policy.PolicySet.Named;
import dev.clew.identity.policy.PolicySet.Origin;
import dev.clew.identity.policy.Verdict.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyEvaluationTest {
    private static final String HERE = "111111111111";
    private static final String THERE = "222222222222";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:q";
    private static final Principal ROLE = new Principal.RoleSession(
            HERE, "arn:aws:iam::111111111111:role/r", "arn:aws:sts::111111111111:assumed-role/r/s", "AROAX:s");
    private static final String ALLOW = "{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}";
    private static final String ALLOW_OTHER = "{\"Effect\":\"Allow\",\"Action\":\"sns:*\",\"Resource\":\"*\"}";
    private static final String DENY = "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}";

    /** The elements of one statement of an identity policy against {@code sqs:SendMessage} on the queue. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "Action":"sqs:SendMessage","Resource":"*"                           | true
        "Action":"SQS:sendmessage","Resource":"*"                           | true
        "Action":["sns:Publish","sqs:Send*"],"Resource":"*"                 | true
        "Action":"*","Resource":"*"                                         | true
        "Action":"sqs:Send?essage","Resource":"*"                           | true
        "Action":"sqs:ReceiveMessage","Resource":"*"                        | false
        "NotAction":"sqs:ReceiveMessage","Resource":"*"                     | true
        "NotAction":["sns:*","sqs:Send*"],"Resource":"*"                    | false
        "Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:111111111111:q"  | true
        "Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:111111111111:Q"  | false
        "Action":"sqs:*","Resource":["arn:aws:sns:*","arn:aws:sqs:*:*:?"]   | true
        "Action":"sqs:*","NotResource":"arn:aws:sqs:*:*:other"              | true
        "Action":"sqs:*","NotResource":"arn:aws:sqs:*:*:*"                  | false
        "Action":"sqs:*","Resource":"arn:aws:sqs:*:${aws:PrincipalAccount}:q" | true
        "Action":"sqs:*","Resource":"arn:aws:sqs:*:*:${aws:username}"       | false
        "Action":"sqs:*","Resource":"arn:aws:sqs:*:*:${aws:username, 'q'}"  | true
        "Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalType":"AssumedRole"}} | true
        "Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:userid":"AROAX:s"},"Bool":{"aws:PrincipalIsAWSService":"false"}} | true
        "Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:userid":"AROAX:s"},"Bool":{"aws:PrincipalIsAWSService":true}} | false
        "Action":"sqs:*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":"*:role/r","aws:PrincipalAccount":"2*"}} | false
        """)
    void statementsOfIdentitiesMatch(String elements, boolean expected) {
        var statement = "{\"Effect\":\"Allow\"," + elements + '}';
        assertThat(evaluate(ROLE, HERE, set(List.of(statement), null, null, null))
                        .allowed())
                .isEqualTo(expected);
    }

    /** Who is meant by the principal of a resource's policy, and whether that suffices by itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "Principal":"*"                                                        | true
        "Principal":{"AWS":"*"}                                                | true
        "Principal":{"AWS":"arn:aws:iam::111111111111:role/r"}                 | true
        "Principal":{"AWS":["arn:aws:iam::111111111111:role/q","arn:aws:sts::111111111111:assumed-role/r/s"]} | true
        "Principal":{"AWS":"AROAX"}                                            | true
        "Principal":{"AWS":"arn:aws:iam::111111111111:role/*"}                 | false
        "Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/r/t"}       | false
        "Principal":{"AWS":"111111111111"}                                     | false
        "Principal":{"AWS":"arn:aws:iam::111111111111:root"}                   | false
        "Principal":{"Service":"events.amazonaws.com"}                         | false
        "Principal":{"Federated":"accounts.google.com"}                        | false
        "NotPrincipal":{"AWS":"arn:aws:iam::111111111111:role/q"}              | true
        "NotPrincipal":{"AWS":"arn:aws:iam::111111111111:role/r"}              | false
        """)
    void principalsOfResourcesMatch(String principal, boolean expected) {
        var statement = "{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"," + principal + '}';
        assertThat(evaluate(ROLE, HERE, set(List.of(), null, null, statement)).allowed())
                .isEqualTo(expected);
    }

    @Test
    void nothingIsAllowedWithoutAPolicy() {
        var verdict = evaluate(ROLE, HERE, set(List.of(), null, null, null));
        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.because("sqs:SendMessage"))
                .isEqualTo("because no identity-based policy allows the sqs:SendMessage action");
    }

    @Test
    void aDenyAnywhereOutweighsEveryAllow() {
        for (int place = 0; place < 4; place++) {
            var verdict = evaluate(
                    ROLE,
                    HERE,
                    set(
                            place == 0 ? List.of(ALLOW, DENY) : List.of(ALLOW),
                            place == 1 ? DENY : ALLOW,
                            place == 2 ? DENY : ALLOW,
                            place == 3 ? everyone(DENY) : everyone(ALLOW)));
            assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        }
    }

    @Test
    void saysWhichPolicyDenies() {
        var verdict = evaluate(ROLE, HERE, set(List.of(ALLOW), DENY, null, null));
        assertThat(verdict.because("sqs:SendMessage")).isEqualTo("with an explicit deny in a permissions boundary");
        assertThat(evaluate(ROLE, HERE, set(List.of(DENY), null, null, null)).because("sqs:SendMessage"))
                .isEqualTo("with an explicit deny in an identity-based policy");
    }

    @Test
    void boundaryAndSessionLimitWhatTheIdentityMayDo() {
        assertThat(evaluate(ROLE, HERE, set(List.of(ALLOW), ALLOW, ALLOW, null)).allowed())
                .isTrue();
        assertThat(lacking(evaluate(ROLE, HERE, set(List.of(ALLOW), ALLOW_OTHER, null, null))))
                .isEqualTo(Kind.BOUNDARY);
        assertThat(lacking(evaluate(ROLE, HERE, set(List.of(ALLOW), null, ALLOW_OTHER, null))))
                .isEqualTo(Kind.SESSION);
        assertThat(lacking(evaluate(ROLE, HERE, set(List.of(), ALLOW, null, null))))
                .isEqualTo(Kind.IDENTITY);
    }

    @Test
    void limitsHoldForARoleThatTheResourceNamesButNotForItsSession() {
        var toRole = principal(ALLOW, "arn:aws:iam::111111111111:role/r");
        var toSession = principal(ALLOW, "arn:aws:sts::111111111111:assumed-role/r/s");
        assertThat(lacking(evaluate(ROLE, HERE, set(List.of(), ALLOW_OTHER, null, toRole))))
                .isEqualTo(Kind.BOUNDARY);
        assertThat(evaluate(ROLE, HERE, set(List.of(), ALLOW_OTHER, ALLOW_OTHER, toSession))
                        .allowed())
                .isTrue();
    }

    @Test
    void anAccountNamedByTheResourceLeavesTheDecisionToItsOwnPolicies() {
        var toAccount = principal(ALLOW, HERE);
        assertThat(evaluate(ROLE, HERE, set(List.of(ALLOW), null, null, toAccount))
                        .allowed())
                .isTrue();
        assertThat(evaluate(ROLE, HERE, set(List.of(), null, null, toAccount)).allowed())
                .isFalse();
        assertThat(evaluate(new Principal.Root(HERE), HERE, set(List.of(), null, null, toAccount))
                        .allowed())
                .isTrue();
    }

    @Test
    void betweenAccountsBothSidesMustAllow() {
        var toRole = principal(ALLOW, "arn:aws:iam::111111111111:role/r");
        assertThat(evaluate(ROLE, THERE, set(List.of(ALLOW), null, null, toRole))
                        .allowed())
                .isTrue();
        assertThat(evaluate(ROLE, THERE, set(List.of(ALLOW), null, null, principal(ALLOW, HERE)))
                        .allowed())
                .isTrue();
        assertThat(lacking(evaluate(ROLE, THERE, set(List.of(ALLOW), null, null, null))))
                .isEqualTo(Kind.RESOURCE);
        assertThat(lacking(evaluate(ROLE, THERE, set(List.of(), null, null, toRole))))
                .isEqualTo(Kind.IDENTITY);
    }

    @Test
    void rootNeedsNoPolicyInItsAccountAndOneElsewhere() {
        var root = new Principal.Root(HERE);
        assertThat(evaluate(root, HERE, set(List.of(), null, null, null)).allowed())
                .isTrue();
        assertThat(evaluate(root, THERE, set(List.of(), null, null, null)).allowed())
                .isFalse();
        assertThat(evaluate(root, HERE, set(List.of(), null, null, everyone(DENY)))
                        .allowed())
                .isFalse();
    }

    @Test
    void aTrustPolicyMustAllowEvenWithinTheAccount() {
        var guard = named("trust", principal(ALLOW, "arn:aws:iam::111111111111:role/other"));
        var policies = set(List.of(ALLOW), null, null, null).guardedBy(guard);
        assertThat(lacking(evaluate(ROLE, HERE, policies))).isEqualTo(Kind.RESOURCE);
        var delegating = named("trust", principal(ALLOW, HERE));
        assertThat(evaluate(ROLE, HERE, set(List.of(ALLOW), null, null, null).guardedBy(delegating))
                        .allowed())
                .isTrue();
        assertThat(lacking(evaluate(ROLE, HERE, set(List.of(), null, null, null).guardedBy(delegating))))
                .isEqualTo(Kind.IDENTITY);
    }

    @Test
    void tellsTheStatementsThatDecide() {
        var verdict = evaluate(ROLE, HERE, set(List.of(ALLOW_OTHER, ALLOW), null, null, null));
        assertThat(((Verdict.Allowed) verdict).by()).singleElement().satisfies(deciding -> {
            assertThat(deciding.kind()).isEqualTo(Kind.IDENTITY);
            assertThat(deciding.policy().name()).isEqualTo("identity");
            assertThat(deciding.statement().label()).isEqualTo("2");
        });
    }

    @Test
    void tellsTheNearestMiss() {
        var wrongResource =
                "{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"arn:aws:sqs:*:*:p\"}";
        var wrongCondition = "{\"Sid\":\"b\",\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\","
                + "\"Condition\":{\"StringEquals\":{\"aws:userid\":\"x\"}}}";
        var verdict = evaluate(ROLE, HERE, set(List.of(wrongResource, wrongCondition, ALLOW_OTHER), null, null, null));
        assertThat(((Verdict.NotAllowed) verdict).nearest())
                .hasValue("statement b allows it but condition StringEquals aws:userid x does not match AROAX:s");
    }

    private static Verdict evaluate(Principal principal, String owner, PolicySet policies) {
        var request = new AccessRequest(principal, "sqs:SendMessage", QUEUE, owner, RequestContext.EMPTY);
        return PolicyEvaluation.evaluate(request, policies);
    }

    private static Kind lacking(Verdict verdict) {
        return ((Verdict.NotAllowed) verdict).lacking();
    }

    private static PolicySet set(
            List<String> identity, @Nullable String boundary, @Nullable String session, @Nullable String resource) {
        return new PolicySet(
                identity.isEmpty() ? List.of() : List.of(named("identity", identity.toArray(String[]::new))),
                boundary == null ? null : named("boundary", boundary),
                session == null ? List.of() : List.of(named("session", session)),
                resource == null ? null : named("resource", resource),
                false);
    }

    private static Named named(String name, String... statements) {
        var text = "{\"Version\":\"2012-10-17\",\"Statement\":" + Arrays.toString(statements) + '}';
        return new Named(name, Origin.NONE, PolicyParser.parse(text));
    }

    private static String everyone(String statement) {
        return statement.replace("{\"Effect\"", "{\"Principal\":\"*\",\"Effect\"");
    }

    private static String principal(String statement, String aws) {
        return statement.replace("{\"Effect\"", "{\"Principal\":{\"AWS\":\"" + aws + "\"},\"Effect\"");
    }
}
