// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class GlobTest {
    @Test
    void matchesTheWholeTextWithoutRegardToCase() {
        assertThat(Glob.matches("*/orders/*", "/prod/ORDERS/c1")).isTrue();
        assertThat(Glob.matches("/orders", "/orders/1")).isFalse();
        assertThat(Glob.matches("p?st", "POST")).isTrue();
        assertThat(Glob.matches("p?st", "PST")).isFalse();
        assertThat(Glob.matches("*", "")).isTrue();
        assertThat(Glob.matches("?", "")).isFalse();
        assertThat(Glob.matches("", "")).isTrue();
    }

    @ParameterizedTest
    @Seeds(300)
    void agreesWithTheRegularExpression(long seed) {
        var random = new SplittableRandom(seed);
        var pattern = text(random, "ab*?");
        var text = text(random, "aAbB");

        var expression = pattern.replace("?", ".").replace("*", ".*");

        assertThat(Glob.matches(pattern, text))
                .isEqualTo(Pattern.compile(expression, Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .matches());
    }

    private static String text(SplittableRandom random, String alphabet) {
        var text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
