// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing and validation: each text that callers are told. */
class PolicyDocumentTest {
    private static final String VALID = """
        {
          "Version": "2012-10-17",
          "Id": "default",
          "Statement": [
            {"Sid": "first", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"},
            {"Effect": "Deny", "NotAction": ["sns:*"], "NotResource": ["arn:aws:sns:*"],
             "Condition": {"NumericLessThan": {"s3:max-keys": 10}, "Bool": {"aws:SecureTransport": false}}}
          ]
        }
        """;

    @Test
    void readsEveryElement() {
        var document = PolicyParser.parse(VALID);
        PolicyValidator.identity(document);
        assertThat(document.id()).isEqualTo("default");
        assertThat(document.statements()).extracting(Statement::label).containsExactly("first", "2");
        assertThat(document.statements())
                .extracting(Statement::effect)
                .containsExactly(Statement.Effect.ALLOW, Statement.Effect.DENY);
        assertThat(document.statements().getFirst().span()).isEqualTo(new Statement.Span(5, 5, 5, 76));
        assertThat(document.contextKeys()).containsExactly("aws:SecureTransport", "s3:max-keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "policy",
                "{",
                "{}x",
                "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\"}",
                "{'Version':'2012-10-17'}",
                "{\"Statement\":[[[[[[[[[[[[[[[[[[[[",
                "{\"Statement\":{\"Effect\":\"Allow\"}} trailing"
            })
    void textsThatAreNotJsonAreRefused(String text) {
        assertThatThrownBy(() -> PolicyParser.parse(text)).hasMessage("This policy contains invalid Json");
    }

    @Test
    void textsThatAreTooLongAreRefused() {
        assertThatThrownBy(() -> PolicyParser.parse(" ".repeat(PolicyParser.LONGEST) + VALID))
                .hasMessage("This policy contains invalid Json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"policy\"",
                "{}",
                "{\"Statement\":[]}",
                "{\"Statement\":\"all\"}",
                "{\"Statement\":[1]}",
                "{\"Statement\":{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":{},\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":null,\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotAction\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Color\":\"red\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":[]}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":\"someone\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":{\"Robot\":\"r2\"}}}",
                "{\"Name\":1,\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"
            })
    void textsThatAreNotPoliciesAreRefused(String text) {
        assertThatThrownBy(() -> PolicyParser.parse(text)).hasMessage("Syntax errors in policy.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "Action":"sqs:*","Resource":"*"                                     | Missing required field Effect
        "Effect":"Allow","Resource":"*"                                     | Policy statement must contain actions.
        "Effect":"Allow","Action":[],"Resource":"*"                         | Policy statement must contain actions.
        "Effect":"Allow","Action":"sqs:*"                                   | Policy statement must contain resources.
        "Effect":"Allow","Action":"sqs:*","Resource":[]                     | Policy statement must contain resources.
        "Effect":"Allow","Action":"sqs:*","Resource":"*","Principal":"*"    | Policy document should not specify a principal.
        "Effect":"Allow","Action":"SendMessage","Resource":"*"              | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
        "Effect":"Allow","Action":"sqs:a:b","Resource":"*"                  | Actions/Condition can contain only one colon.
        "Effect":"Allow","Action":"s q:a","Resource":"*"                    | Vendor s q is not valid
        "Effect":"Allow","Action":"sqs:*","Resource":"queue"                | Resource queue must be in ARN format or "*".
        "Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:q"        | The policy failed legacy parsing
        "Effect":"Allow","Sid":"a b","Action":"sqs:*","Resource":"*"        | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*
        "Effect":"Allow","Action":"a:*","Resource":"*","Condition":{"StringEqual":{"aws:x":"a"}}    | Invalid Condition type : StringEqual
        "Effect":"Allow","Action":"a:*","Resource":"*","Condition":{"NullIfExists":{"aws:x":"true"}} | Invalid Condition type : NullIfExists
        "Effect":"Allow","Action":"a:*","Resource":"*","Condition":{"StringEquals":{"x":"a"}}       | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
        """)
    void identityPoliciesAreChecked(String elements, String message) {
        var text = "{\"Version\":\"2012-10-17\",\"Statement\":[{" + elements + "}]}";
        assertThatThrownBy(() -> PolicyValidator.identity(PolicyParser.parse(text)))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessage(message);
    }

    @Test
    void versionsAndRepeatedSidsAreChecked() {
        var statement = "{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"a:*\",\"Resource\":\"*\"}";
        assertThatThrownBy(() -> PolicyValidator.identity(
                        PolicyParser.parse("{\"Version\":\"2020-01-01\",\"Statement\":" + statement + "}")))
                .hasMessage("Policy document must be version 2012-10-17 or greater.");
        assertThatThrownBy(() -> PolicyValidator.identity(
                        PolicyParser.parse("{\"Statement\":[" + statement + "," + statement + "]}")))
                .hasMessage("Statement IDs (SID) in a single policy must be unique.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "Action":"sts:AssumeRole"                                                       | Missing required field Principal
        "Action":"sts:AssumeRole","Principal":{"AWS":[]}                                | Missing required field Principal
        "Action":"sts:AssumeRole","Principal":"*","Resource":"*"                        | Has prohibited field Resource
        "Action":"sqs:SendMessage","Principal":"*"                                      | AssumeRole policy may only specify STS AssumeRole actions.
        "Action":"sts:AssumeRole","Principal":{"AWS":"nobody"}                          | Invalid principal in policy: "AWS":"nobody"
        "Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::12345678910:role/r"} | Invalid principal in policy: "AWS":"arn:aws:iam::12345678910:role/r"
        "Action":"sts:AssumeRole","Principal":{"Service":"lambda"}                      | Invalid principal in policy: "SERVICE":"lambda"
        "Principal":"*"                                                                 | Policy statement must contain actions.
        """)
    void trustPoliciesAreChecked(String elements, String message) {
        var text = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"," + elements + "}]}";
        assertThatThrownBy(() -> PolicyValidator.trust(PolicyParser.parse(text)))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Service\":\"lambda.amazonaws.com\"}",
                "{\"Service\":[\"events.amazonaws.com\",\"scheduler.amazonaws.com\"],\"AWS\":\"111111111111\"}",
                "{\"AWS\":\"arn:aws:iam::111111111111:root\"}",
                "{\"AWS\":\"arn:aws:sts::111111111111:assumed-role/r/s\"}",
                "{\"AWS\":\"AROAABCDEFGHIJKLMNOPQ\"}",
                "{\"Federated\":\"cognito-identity.amazonaws.com\"}"
            })
    void trustPoliciesNameEveryKindOfPrincipal(String principal) {
        var text = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"],"
                + "\"Principal\":" + principal + "}}";
        PolicyValidator.trust(PolicyParser.parse(text));
    }

    /** Whatever arrives, the answer is a policy or a refusal. */
    @ParameterizedTest
    @Seeds(500)
    void damagedTextsAreReadOrRefused(long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder(VALID);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, "{}[]\",:*x1".charAt(random.nextInt(10)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
            }
        }
        try {
            PolicyValidator.identity(PolicyParser.parse(text.toString()));
        } catch (MalformedPolicyException e) {
            assertThat(e.message()).isNotBlank();
        }
    }

    @Test
    void theCacheParsesEachTextOnce() {
        var cache = new PolicyCache();
        assertThat(cache.parse(new String(VALID))).isSameAs(cache.parse(VALID));
    }
}
