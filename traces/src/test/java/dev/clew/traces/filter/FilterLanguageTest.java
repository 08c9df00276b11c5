// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.testkit.Seeds;
import dev.clew.wire.ServiceException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class FilterLanguageTest {
    private final FilterLanguage language = new FilterLanguage(FilterRules.DEFAULTS);

    @Test
    void takesNothingForEverything() {
        assertThat(language.parse(null)).isEqualTo(Expression.EVERYTHING);
        assertThat(language.parse(" \t\n")).isEqualTo(Expression.EVERYTHING);
    }

    @Test
    void bindsNotBeforeAndBeforeOr() {
        assertThat(language.parse("fault or !error and ok")).isEqualTo(language.parse("fault or ((!error) and ok)"));
        assertThat(language.parse("ok !partial")).isEqualTo(language.parse("ok AND NOT partial"));
    }

    @Test
    void unescapesStrings() {
        assertThat(language.parse("user = \"a\\\"b\\\\c\\d\""))
                .isEqualTo(new Expression.Compare(Keyword.USER, Operator.EQUAL, new Value.Text("a\"b\\c\\d")));
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> language.parse("user = \"" + "a".repeat(2_000) + '"'))
                .isInstanceOf(ServiceException.class)
                .hasMessage("Characters of the expression: 2009 (expected: at most 2000)");
        assertThatThrownBy(() -> language.parseSelector("service(\"" + "a".repeat(500) + "\")"))
                .hasMessage("Characters of the expression: 511 (expected: at most 500)");
    }

    @Test
    void refusesWhatIsTooDeepOrTooMuch() {
        assertThat(language.parse("(".repeat(32) + "ok" + ")".repeat(32))).isEqualTo(language.parse("ok"));
        assertThatThrownBy(() -> language.parse("(".repeat(33) + "ok" + ")".repeat(33)))
                .hasMessage("Parentheses and blocks are nested too deep at column 33 (expected: at most 32)");
        assertThatThrownBy(() -> language.parse("ok ".repeat(201)))
                .hasMessage("Terms of the expression: 201 (expected: at most 200)");
        assertThatThrownBy(() -> language.parse("rootcause.json = #" + "[".repeat(900) + "]".repeat(900)))
                .isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> language.parse("rootcause.json = #" + "[".repeat(1_900)))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void readsEntitySelectors() {
        assertThat(language.parseSelector("service(\"a\") { fault }"))
                .isEqualTo(new EntitySelector.OfService(
                        new NodeSelector("a", null, null), language.parse("fault"), false));
        assertThat(language.parseSelector("id(name: \"a\", type: \"client\")"))
                .isEqualTo(new EntitySelector.OfService(new NodeSelector("a", "client", null), null, true));
        assertThat(language.parseSelector("edge(id(name: \"a\"), \"b\")").byId())
                .isTrue();
        assertThatThrownBy(() -> language.parseSelector("fault"))
                .hasMessage("Invalid input symbol 'fault' at column 1 (expected: service or edge or id())");
    }

    /** Whatever comes, the answer is an expression or a modelled error. */
    @ParameterizedTest
    @Seeds(300)
    void neverFailsOtherwise(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(RandomExpressions.text(RandomExpressions.any(random)));
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, (char) random.nextInt(0x250));
                case 1 -> text.insert(at, "(){}[]\"#!=<>,:.\\ ".charAt(random.nextInt(17)));
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
            }
        }
        try {
            assertThat(language.parse(text.toString())).isNotNull();
        } catch (ServiceException e) {
            assertThat(e.getMessage()).contains("expected: ");
        }
    }
}
