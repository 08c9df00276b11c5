// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        *                                         | anything:at/all                                | true
        *                                         | *                                              | true
        arn:aws:sqs:*:*:q                         | arn:aws:sqs:us-east-1:111111111111:q           | true
        arn:aws:sqs:us-east-1:111111111111:q*     | arn:aws:sqs:us-east-1:111111111111:queue       | true
        arn:aws:sqs:*                             | arn:aws:sqs:us-east-1:111111111111:q           | true
        arn:aws:*                                 | arn:aws:sqs:us-east-1:111111111111:q           | true
        arn:aws:sqs:*:q                           | arn:aws:sqs:us-east-1:111111111111:q           | false
        arn:aws:lambda:*:*:function:f             | arn:aws:lambda:us-east-1:111111111111:function:f | true
        arn:aws:lambda:*:*:function:*             | arn:aws:lambda:us-east-1:111111111111:function:f:1 | true
        arn:aws:lambda:us-*:*:function:f          | arn:aws:lambda:eu-west-1:111111111111:function:f | false
        arn:aws:iam::*:role/*                     | arn:aws:iam::111111111111:role/a/b             | true
        arn:aws:iam:*:*:role/*                    | arn:aws:iam::111111111111:role/a               | true
        arn:aws:s3:::bucket/*                     | arn:aws:s3:::bucket/a:b                        | true
        arn:AWS:sqs:*:*:q                         | arn:aws:sqs:us-east-1:111111111111:q           | false
        arn:aws:sqs:*:*:q                         | *                                              | false
        """)
    void matchesResourcesPartByPart(String pattern, String resource, boolean expected) {
        assertThat(ArnPattern.of(Glob.of(pattern)).matchesResource(resource)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        arn:aws:execute-api:us-east-1:111111111111:abc/*/*/*          | arn:aws:execute-api:us-east-1:111111111111:abc/prod/POST/orders/{customerId} | true
        arn:aws:execute-api:us-east-1:111111111111:abc/*/*/*          | arn:aws:execute-api:us-east-1:111111111111:abd/prod/POST/orders/{customerId} | false
        arn:aws:execute-api:us-east-1:111111111111:abc/*/GET/*        | arn:aws:execute-api:us-east-1:111111111111:abc/prod/POST/orders              | false
        arn:aws:execute-api:us-east-1:111111111111:abc/*/*/*          | arn:aws:execute-api:us-east-1:111111111111:abc/prod/POST/                    | true
        arn:aws:execute-api:us-east-1:111111111111:abc/*/*/*          | arn:aws:execute-api:us-east-1:111111111111:abc/prod/POST                     | false
        arn:aws:events:us-east-1:111111111111:rule/bus/rule           | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | true
        arn:aws:events:us-east-1:111111111111:rule/rule               | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | false
        arn:aws:events:us-east-1:111111111111:rule/bus/*              | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | true
        arn:aws:events:*:111111111111:rule/*                          | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | true
        arn:aws:events:*:222222222222:rule/*                          | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | false
        arn:aws:events:*                                              | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | false
        arn:aws:lambda:us-east-1:111111111111:function:*              | arn:aws:lambda:us-east-1:111111111111:function:f:live                        | true
        arn:aws:*:us-east-1:111111111111:r*                           | arn:aws:events:us-east-1:111111111111:rule/bus/rule                          | true
        """)
    void comparesAllSixPartsInConditions(String pattern, String arn, boolean expected) {
        assertThat(ArnPattern.of(Glob.of(pattern)).matchesArn(arn)).isEqualTo(expected);
    }
}
