// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.events.Cases;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InvalidPatternTest {
    static Stream<Arguments> cases() {
        return Cases.of(InvalidPatternTest.class, "invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(String pattern, String reason) {
        assertThat(refusal(pattern).message().lines().findFirst())
                .hasValue("Event pattern is not valid. Reason: " + reason);
    }

    @Test
    void saysWhereItIsWrong() {
        assertThat(refusal("{\"my_key\": [{\"EXISTS\": true}]}").message()).isEqualTo("""
            Event pattern is not valid. Reason: Unrecognized match type EXISTS
             at [Source: (String)"{"my_key": [{"EXISTS": true}]}"; line: 1, column: 28]\
            """);
    }

    @Test
    void repeatsTheLocationInsideAnAnythingButList() {
        assertThat(refusal("{\"a\":[{\"anything-but\":[null]}]}").message().lines())
                .hasSize(3);
    }

    @Test
    void leavesTheLocationOutForAddresses() {
        assertThat(refusal("{\"a\":[{\"cidr\":\"10.0.0.0\"}]}").message().lines())
                .hasSize(1);
    }

    @Test
    void hasTheModelledCode() {
        assertThat(refusal("{").code()).isEqualTo("InvalidEventPatternException");
        assertThat(refusal("{").status()).isEqualTo(400);
    }

    @Test
    void refusesMoreThanAThousandBranchesOfOrButNotAThousand() {
        EventPattern.compile(ors(10, 10, 10), PatternLimits.DEFAULTS);
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> EventPattern.compile(ors(10, 10, 11), PatternLimits.DEFAULTS))
                .withMessageContaining("too complex");
    }

    /** 2 to the power of 60 branches: counted, never expanded. */
    @Test
    void refusesAnExplodingPatternAtOnce() {
        var twos = IntStream.range(0, 60).map(i -> 2).toArray();
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(refusal(ors(twos)).message()).contains("too complex"));
    }

    @Test
    void refusesWildcardsWithoutEndAtOnce() {
        var stars = "ab*".repeat(1_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(refusal("{\"a\":[{\"wildcard\":\"" + stars + "\"}]}")
                                .message())
                        .contains("too complex"));
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(refusal("{\"a\":".repeat(2_000)).code()).isEqualTo("InvalidEventPatternException");
    }

    private static String ors(int... branches) {
        return IntStream.range(0, branches.length)
                .mapToObj(field -> IntStream.range(0, branches[field])
                        .mapToObj(branch -> "{\"f" + branch + "\":[1]}")
                        .collect(Collectors.joining(",", "\"x" + field + "\":{\"$or\":[", "]}")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static ServiceException refusal(String pattern) {
        var refusal = catchThrowableOfType(
                ServiceException.class, () -> EventPattern.compile(pattern, PatternLimits.DEFAULTS));
        assertThat(refusal).as(pattern).isNotNull();
        return refusal;
    }
}
