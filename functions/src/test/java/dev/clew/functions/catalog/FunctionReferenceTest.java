// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.functions.Api;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class FunctionReferenceTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "f, -, f, -",
                "f:1, -, f, 1",
                "f:$LATEST, -, f, $LATEST",
                "f, prod, f, prod",
                "f:prod, prod, f, prod",
                "function:f, -, f, -",
                "111111111111:function:f, -, f, -",
                "111111111111:f:2, -, f, 2",
                "arn:aws:lambda:us-east-1:111111111111:function:f-_9, -, f-_9, -",
                "arn:aws:lambda:us-east-1:111111111111:function:f:prod, -, f, prod",
            })
    void readsEveryForm(String text, String qualifier, String name, String expectedQualifier) {
        assertThat(FunctionReference.parse(text, qualifier, Api.SCOPE))
                .isEqualTo(new FunctionReference(Api.SCOPE, name, expectedQualifier));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "f:1|2|The derived qualifier from the function name does not match the specified qualifier.",
                "arn:aws:lambda:eu-west-1:111111111111:function:f|-|Functions from 'eu-west-1' are not reachable in"
                        + " this region ('us-east-1')",
                "arn:aws:lambda:us-east-1:222222222222:function:f|-|not authorized",
                "a b|-|FunctionName: 'a b'",
            })
    void refusesWhatIsNotHere(String text, String qualifier, String message) {
        assertThatThrownBy(() -> FunctionReference.parse(text, qualifier, Api.SCOPE))
                .hasMessageContaining(message);
    }

    @Test
    void spellsTheArnWithItsQualifier() {
        assertThat(FunctionReference.parse("f:prod", null, Api.SCOPE).arn())
                .isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f:prod");
    }
}
