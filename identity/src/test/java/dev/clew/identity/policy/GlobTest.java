// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        lambda:InvokeFunction | lambda:InvokeFunction | true
        lambda:InvokeFunction | lambda:InvokeFunctions | false
        lambda:*              | lambda:InvokeFunction | true
        lambda:?nvoke*        | lambda:InvokeFunction | true
        *                     | ""                    | true
        ?                     | ""                    | false
        ""                    | ""                    | true
        ""                    | a                     | false
        a*b*c                 | axxbyyc               | true
        a*b*c                 | axxbyycd              | false
        **a**                 | bab                   | true
        a.c                   | abc                   | false
        """)
    void matches(String pattern, String text, boolean expected) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @Seeds(2_000)
    void agreesWithTheObviousMatcher(long seed) {
        var random = new SplittableRandom(seed);
        var pattern = text(random, "ab*?", 8);
        var text = text(random, "ab", 12);
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(slowly(pattern, text));
    }

    @Test
    void staysFastWhereARegularExpressionWouldNot() {
        var pattern = Glob.of("*a".repeat(1_000) + 'b');
        assertThat(pattern.matches("a".repeat(2_000))).isFalse();
    }

    @Test
    void literalPartsAreNoWildcards() {
        var glob = Glob.builder().pattern("home/").literal("*").pattern("/*").build();
        assertThat(glob.matches("home/*/x")).isTrue();
        assertThat(glob.matches("home/ann/x")).isFalse();
    }

    private static String text(SplittableRandom random, String alphabet, int longest) {
        var text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** The definition, word for word. */
    private static boolean slowly(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        var rest = pattern.substring(1);
        return switch (pattern.charAt(0)) {
            case '*' -> slowly(rest, text) || !text.isEmpty() && slowly(pattern, text.substring(1));
            case '?' -> !text.isEmpty() && slowly(rest, text.substring(1));
            default -> !text.isEmpty() && text.charAt(0) == pattern.charAt(0) && slowly(rest, text.substring(1));
        };
    }
}
