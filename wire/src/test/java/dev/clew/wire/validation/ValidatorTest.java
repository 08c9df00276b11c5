// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.shape.Member;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidatorTest {
    @Test
    void findsNothingWrongWithWhatFits() {
        assertThat(check(new Shape.Text(1, 3, Pattern.compile("[a-z]+"), List.of(), false), "abc"))
                .isEmpty();
    }

    @Test
    void countsCharactersRatherThanCodeUnits() {
        var two = new Shape.Text(2, 2, null, List.of(), false);

        assertThat(check(two, "\uD83D\uDE00\uD83D\uDE00")).isEmpty();
        assertThat(check(two, "\uD83D\uDE00"))
                .isEqualTo(
                        "1 validation error detected: Value '\uD83D\uDE00' at 'theName' failed to satisfy constraint:"
                                + " Member must have length greater than or equal to 2");
    }

    @Test
    void wantsPatternsToMatchTheWholeText() {
        var shape = new Shape.Text(0, Integer.MAX_VALUE, Pattern.compile("a|ab"), List.of(), false);

        assertThat(check(shape, "ab")).isEmpty();
        assertThat(check(shape, "abc")).contains("Member must satisfy regular expression pattern: a|ab");
    }

    @Test
    void survivesPatternsThatExhaustTheStack() {
        var shape = new Shape.Text(0, Integer.MAX_VALUE, Pattern.compile("(a|b)*"), List.of(), false);

        assertThat(check(shape, "ab".repeat(1_000_000))).contains("regular expression pattern");
    }

    @Test
    void shortensLongValues() {
        assertThat(check(new Shape.Text(0, 5, null, List.of(), false), "x".repeat(100_000)))
                .hasSizeLessThan(1_300)
                .contains("xxx...' at 'theName'");
    }

    @Test
    void tellsAtMostFiftyProblems() {
        var item = structure("Item", new Member("Id", "Id", Member.Place.BODY, true, () -> Shape.Text.ANY));
        var list = new Shape.ListOf(() -> item, "member", false, 0, Integer.MAX_VALUE);

        assertThat(check(list, Collections.nCopies(1_000, new Object[] {null})))
                .startsWith("50 validation errors detected: Value null at 'theName.1.member.id'");
    }

    @Test
    void showsStructuresAsTheOriginalDoes() {
        var item = structure(
                "PutEventsRequestEntry",
                new Member("Time", "Time", Member.Place.BODY, false, () -> new Shape.Time(null)),
                new Member("Source", "Source", Member.Place.BODY, false, () -> Shape.Text.ANY),
                new Member(
                        "Password",
                        "Password",
                        Member.Place.BODY,
                        false,
                        () -> new Shape.Text(0, 99, null, List.of(), true)));
        var list = new Shape.ListOf(() -> item, "member", false, 0, 1);

        assertThat(check(list, Collections.nCopies(2, new Object[] {null, "s", "hidden"})))
                .contains("Value '[PutEventsRequestEntry(time=null, source=s, password=***), PutEventsRequestEntry(")
                .contains("Member must have length less than or equal to 1")
                .doesNotContain("hidden");
    }

    @Test
    void hidesSensitiveTextsInListsAndMaps() {
        var secret = new Shape.Text(8, 99, null, List.of(), true);

        assertThat(check(new Shape.ListOf(() -> secret, "member", false, 0, 9), List.of("short")))
                .contains("Value '[***]'");
        assertThat(check(
                        new Shape.MapOf(Shape.Text.ANY, () -> secret, "key", "value", false, 0, 9),
                        Map.of("k", "short")))
                .contains("Value '{k=***}'")
                .contains("Map value must satisfy constraint: [Member must have length less than or equal to 99");
    }

    @Test
    void checksNumbersAgainstTheirRange() {
        assertThat(check(new Shape.Int(1, 5), 0)).endsWith("Member must have value greater than or equal to 1");
        assertThat(check(new Shape.Long64(1, 5), 6L)).endsWith("Member must have value less than or equal to 5");
        assertThat(check(new Shape.Real(0, 0.5), 0.75)).endsWith("Member must have value less than or equal to 0.5");
    }

    @Test
    void neverShowsBytes() {
        assertThat(check(new Shape.Blob(0, 2, false), new byte[] {1, 2, 3}))
                .isEqualTo("1 validation error detected: Value at 'theName' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 2");
    }

    private static String check(Shape shape, Object value) {
        var structure = structure("Input", new Member("TheName", "TheName", Member.Place.BODY, true, () -> shape));
        return Validator.check(structure, new @Nullable Object[] {value}).orElse("");
    }

    private static Structure<@Nullable Object[]> structure(String name, Member... members) {
        return new Structure<>(name, List.of(members), values -> values, values -> values);
    }
}
