// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    /** Context: {@code key=value} pairs; several values of a key are joined by plus signs, those of the policy by commas. */
    @ParameterizedTest(name = "{0} {1} {2} with {3}: {4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        StringEquals                 | aws:x | a          | aws:x=a             | true
        StringEquals                 | aws:x | a          | aws:x=A             | false
        StringEquals                 | aws:x | a,b        | aws:x=b             | true
        StringEquals                 | aws:x | a*         | aws:x=ab            | false
        StringEquals                 | AWS:X | a          | aws:x=a             | true
        StringEquals                 | aws:x | a          | -                   | false
        StringEquals                 | aws:x | a          | aws:x=b+a           | true
        StringEqualsIfExists         | aws:x | a          | -                   | true
        StringEqualsIfExists         | aws:x | a          | aws:x=b             | false
        StringNotEquals              | aws:x | a          | aws:x=b             | true
        StringNotEquals              | aws:x | a,b        | aws:x=b             | false
        StringNotEquals              | aws:x | a          | -                   | true
        StringNotEquals              | aws:x | a          | aws:x=b+a           | false
        StringNotEqualsIfExists      | aws:x | a          | -                   | true
        StringEqualsIgnoreCase       | aws:x | Abc        | aws:x=aBC           | true
        StringNotEqualsIgnoreCase    | aws:x | Abc        | aws:x=aBC           | false
        StringLike                   | aws:x | a*c        | aws:x=abbc          | true
        StringLike                   | aws:x | a?c        | aws:x=ac            | false
        StringLike                   | aws:x | *          | aws:x=a:b/c         | true
        StringLike                   | aws:x | *          | -                   | false
        StringNotLike                | aws:x | a*         | aws:x=abc           | false
        StringNotLike                | aws:x | a*         | aws:x=b             | true
        NumericEquals                | s:n   | 5          | s:n=5.0             | true
        NumericEquals                | s:n   | 5          | s:n=6               | false
        NumericEquals                | s:n   | 5          | s:n=five            | false
        NumericNotEquals             | s:n   | 5          | s:n=6               | true
        NumericLessThan              | s:n   | 5          | s:n=4               | true
        NumericLessThan              | s:n   | 5          | s:n=5               | false
        NumericLessThanEquals        | s:n   | 5          | s:n=5               | true
        NumericGreaterThan           | s:n   | 5          | s:n=5.1             | true
        NumericGreaterThan           | s:n   | 5          | s:n=-7              | false
        NumericGreaterThanEquals     | s:n   | 5          | s:n=5               | true
        NumericLessThan              | s:n   | 5          | -                   | false
        DateLessThan                 | aws:t | 2026-08-08T00:00:00Z | aws:t=2026-08-07T10:00:00Z      | true
        DateGreaterThan              | aws:t | 2026-08-08T00:00:00Z | aws:t=2026-08-07T10:00:00Z      | false
        DateEquals                   | aws:t | 2026-08-07T10:00:00Z | aws:t=2026-08-07T12:00:00+02:00 | true
        DateNotEquals                | aws:t | 2026-08-07           | aws:t=2026-08-07T00:00:00Z      | false
        DateLessThanEquals           | aws:t | 2026-08-07T10:00Z    | aws:t=2026-08-07T10:00:00Z      | true
        DateGreaterThanEquals        | aws:t | 1786096800           | aws:t=2026-08-07T10:00:00Z      | true
        DateEquals                   | aws:t | tomorrow             | aws:t=2026-08-07T10:00:00Z      | false
        Bool                         | aws:b | true       | aws:b=true          | true
        Bool                         | aws:b | true       | aws:b=false         | false
        Bool                         | aws:b | true       | -                   | false
        BoolIfExists                 | aws:b | true       | -                   | true
        Null                         | aws:x | true       | -                   | true
        Null                         | aws:x | true       | aws:x=a             | false
        Null                         | aws:x | false      | aws:x=a             | true
        Null                         | aws:x | false      | -                   | false
        BinaryEquals                 | s:b   | QmluYXJ5   | s:b=QmluYXJ5        | true
        BinaryEquals                 | s:b   | QmluYXJ5   | s:b=qmluyxj5        | false
        IpAddress                    | aws:i | 203.0.113.0/24       | aws:i=203.0.113.7   | true
        IpAddress                    | aws:i | 203.0.113.0/24       | aws:i=203.0.114.7   | false
        IpAddress                    | aws:i | 203.0.113.7          | aws:i=203.0.113.7   | true
        IpAddress                    | aws:i | 10.0.0.0/8,203.0.113.0/25 | aws:i=203.0.113.128 | false
        IpAddress                    | aws:i | 0.0.0.0/0            | aws:i=203.0.113.7   | true
        IpAddress                    | aws:i | 2001:db8::/32        | aws:i=2001:db8::1   | true
        IpAddress                    | aws:i | 2001:db8::/32        | aws:i=203.0.113.7   | false
        IpAddress                    | aws:i | 203.0.113.0/33       | aws:i=203.0.113.7   | false
        IpAddress                    | aws:i | localhost            | aws:i=127.0.0.1     | false
        NotIpAddress                 | aws:i | 203.0.113.0/24       | aws:i=203.0.114.7   | true
        NotIpAddress                 | aws:i | 203.0.113.0/24       | -                   | true
        ArnLike                      | aws:a | arn:aws:sns:*:*:t*   | aws:a=arn:aws:sns:us-east-1:111111111111:topic | true
        ArnEquals                    | aws:a | arn:aws:sns:*:*:t*   | aws:a=arn:aws:sns:us-east-1:111111111111:topic | true
        ArnLike                      | aws:a | arn:aws:sns:*:t      | aws:a=arn:aws:sns:us-east-1:111111111111:t     | false
        ArnLike                      | aws:a | arn:aws:sns:*:*:t    | aws:a=topic         | false
        ArnNotLike                   | aws:a | arn:aws:sns:*:*:t*   | aws:a=arn:aws:sns:us-east-1:111111111111:topic | false
        ArnNotEquals                 | aws:a | arn:aws:sns:*:*:t    | aws:a=arn:aws:sns:us-east-1:111111111111:topic | true
        ArnNotLike                   | aws:a | arn:aws:sns:*:*:t    | -                   | true
        ForAllValues:StringEquals    | aws:k | a,b        | aws:k=a+b           | true
        ForAllValues:StringEquals    | aws:k | a,b        | aws:k=a+c           | false
        ForAllValues:StringEquals    | aws:k | a,b        | -                   | true
        ForAllValues:StringNotEquals | aws:k | a          | aws:k=b+c           | true
        ForAllValues:StringNotEquals | aws:k | a          | aws:k=a+c           | false
        ForAnyValue:StringEquals     | aws:k | a,b        | aws:k=c+b           | true
        ForAnyValue:StringEquals     | aws:k | a,b        | aws:k=c+d           | false
        ForAnyValue:StringEquals     | aws:k | a          | -                   | false
        ForAnyValue:StringEqualsIfExists | aws:k | a      | -                   | true
        ForAnyValue:StringNotEquals  | aws:k | a          | aws:k=a+b           | true
        ForAnyValue:StringNotEquals  | aws:k | a,b        | aws:k=a+b           | false
        ForAnyValue:StringLike       | aws:k | x*         | aws:k=a+xy          | true
        StringEquals                 | aws:x | ${aws:username}          | aws:x=ann;aws:username=ann | true
        StringEquals                 | aws:x | ${aws:username}          | aws:x=bob;aws:username=ann | false
        StringEquals                 | aws:x | ${aws:username}          | aws:x=ann           | false
        StringNotEquals              | aws:x | ${aws:username}          | aws:x=ann           | true
        StringLike                   | aws:x | ${aws:username}/*        | aws:x=*/a;aws:username=* | true
        StringLike                   | aws:x | ${aws:username}/*        | aws:x=b/a;aws:username=* | false
        StringEquals                 | aws:x | ${*}${?}${$}             | aws:x=*?$           | true
        StringLike                   | aws:x | a${*}                    | aws:x=ab            | false
        ArnLike                      | aws:a | ${aws:p}                 | aws:a=arn:aws:sns:r:1:t;aws:p=arn:aws:sns:r:1:t | true
        StringEquals                 | aws:x | ${aws:username           | aws:x=${aws:username | true
        """)
    void holds(String operator, String key, String values, @Nullable String context, boolean expected) {
        var condition = parse("2012-10-17", operator, key, values);
        assertThat(condition.miss(context(context)).isEmpty())
                .as(condition.miss(context(context)).orElse("holds"))
                .isEqualTo(expected);
    }

    @Test
    void variableHasADefault() {
        var condition = parse("2012-10-17", "StringEquals", "aws:x", "${aws:PrincipalTag/team, 'none'}");
        assertThat(condition.miss(context("aws:x=none"))).isEmpty();
        assertThat(condition.miss(context("aws:x=blue;aws:principaltag/TEAM=blue")))
                .isEmpty();
        assertThat(condition.miss(context("aws:x=none;aws:principaltag/TEAM=blue")))
                .isPresent();
    }

    @Test
    void variablesMeanNothingInTheFirstVersionOfTheLanguage() {
        var condition = parse("2008-10-17", "StringEquals", "aws:x", "${aws:username}");
        assertThat(condition.miss(context("aws:x=${aws:username};aws:username=ann")))
                .isEmpty();
        assertThat(condition.miss(context("aws:x=ann;aws:username=ann"))).isPresent();
    }

    @Test
    void saysWhyItDoesNotHold() {
        var condition = parse("2012-10-17", "ArnLike", "aws:SourceArn", "arn:aws:events:r:1:rule/a");
        assertThat(condition.miss(context("aws:sourcearn=arn:aws:events:r:1:rule/b")))
                .hasValue("condition ArnLike aws:SourceArn arn:aws:events:r:1:rule/a does not match "
                        + "arn:aws:events:r:1:rule/b");
        assertThat(condition.miss(RequestContext.EMPTY))
                .hasValue("condition ArnLike aws:SourceArn arn:aws:events:r:1:rule/a finds no aws:SourceArn "
                        + "in the request");
    }

    @Test
    void hugeNumbersAreRefusedRatherThanCompared() {
        var condition = parse("2012-10-17", "NumericLessThan", "s:n", "1e999999999");
        assertThat(condition.miss(context("s:n=1"))).isEmpty();
        assertThat(condition.miss(context("s:n=" + "9".repeat(1_000)))).isPresent();
    }

    private static Condition parse(String version, String operator, String key, String values) {
        var list = '"' + String.join("\",\"", values.split(",(?! ')")) + '"';
        var document = PolicyParser.parse("""
            {"Version": "%s", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
             "Condition": {"%s": {"%s": [%s]}}}}\
            """.formatted(version, operator, key, list));
        return document.statements().getFirst().conditions().getFirst();
    }

    private static RequestContext context(@Nullable String text) {
        var context = RequestContext.builder();
        if (text != null) {
            for (var pair : text.split(";")) {
                int equals = pair.indexOf('=');
                context.put(
                        pair.substring(0, equals),
                        Arrays.asList(pair.substring(equals + 1).split("\\+(?!0)")));
            }
        }
        return context.build();
    }
}
