// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 µs",
        "412, 412 µs",
        "1240, 1.24 ms",
        "21000, 21.0 ms",
        "532000, 532 ms",
        "999600, 1.0 s",
        "2100000, 2.1 s",
        "2140000, 2.14 s",
        "10000000, 10.0 s",
        "13040000, 13.0 s",
        "13060000, 13.1 s",
        "185000000, 3 min 5 s",
        "7800000000, 2 h 10 min",
        "-2100000, −2.1 s"
    })
    void durationsHaveThreeDigitsAndAUnit(long micros, String text) {
        assertThat(Numbers.duration(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0 %", "0, 7, 0 %", "7, 7, 100 %", "1, 48, 2.1 %", "1, 3, 33 %", "1999, 2000, 100 %"})
    void sharesAreShort(long part, long whole, String text) {
        assertThat(Numbers.share(part, whole)).isEqualTo(text);
    }
}
