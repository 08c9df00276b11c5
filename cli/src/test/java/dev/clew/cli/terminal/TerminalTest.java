// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.terminal.Terminal.Colour;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0          | 0 µs
        412        | 412 µs
        999        | 999 µs
        1240       | 1.24 ms
        9994       | 9.99 ms
        9996       | 10.0 ms
        41249      | 41.2 ms
        531600     | 532 ms
        999400     | 999 ms
        999600     | 1.0 s
        2100000    | 2.1 s
        12340000   | 12.3 s
        99940000   | 99.9 s
        185000000  | 3 min 5 s
        7800000000 | 2 h 10 min
        -1500      | −1.50 ms\
        """)
    void durationsHaveThreeSignificantDigitsAndAUnit(long micros, String text) {
        assertThat(Numbers.duration(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0 %", "0,7,0 %", "7,7,100 %", "1,3,33 %", "1,48,2.1 %", "9999,10000,100 %"})
    void sharesArePercentages(long part, long whole, String text) {
        assertThat(Numbers.share(part, whole)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        0|0|1|██████████
        0|0|0.5|█████
        0|0|0.25|██▌
        0|0|0|▏
        0.25|0.25|1|  ▐███████
        0.2|0.5|1|  ░░░█████
        1|1|1|         ▕
        0.95|0.95|1|         ▐
        0.99|0.99|0.99|         ▕
        -3|-2|7|██████████
        NaN|NaN|NaN|▏\
        """)
    void barsShowWaitAndWork(double wait, double start, double end, String drawn) {
        assertThat(Bar.of(10, wait, start, end, false)).isEqualTo(drawn);
    }

    @Test
    void openBarsEndInAMovingEdge() {
        assertThat(Bar.of(10, 0.5, 0.5, 1, true)).isEqualTo("     ████▷");
        assertThat(Bar.of(1, 0, 0, 0, true)).isEqualTo("▷");
    }

    @Test
    void coloursNeedATerminalOrAnOrder() {
        var term = Map.of("TERM", "xterm");
        assertThat(Terminal.of(term, true).screen(Colour.AUTO).colour()).isTrue();
        assertThat(Terminal.of(term, false).screen(Colour.AUTO).colour()).isFalse();
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true)
                        .screen(Colour.AUTO)
                        .colour())
                .isFalse();
        assertThat(Terminal.of(Map.of("NO_COLOR", ""), true).screen(Colour.AUTO).colour())
                .isTrue();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true).screen(Colour.AUTO).colour())
                .isFalse();
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), false)
                        .screen(Colour.ALWAYS)
                        .colour())
                .isTrue();
        assertThat(Terminal.of(term, true).screen(Colour.NEVER).colour()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"132,132", "'',80", "wide,80", "0,80", "-5,80", "7,20", "99999,1000"})
    void theWidthIsThatOfColumnsWithinReason(String columns, int width) {
        assertThat(Terminal.of(Map.of("COLUMNS", columns), false)
                        .screen(Colour.AUTO)
                        .width())
                .isEqualTo(width);
    }

    @Test
    void textIsMeasuredInCells() {
        assertThat(Cells.width("abc")).isEqualTo(3);
        assertThat(Cells.width("注文")).isEqualTo(4);
        assertThat(Cells.width("e\u0301")).isEqualTo(1);
        assertThat(Cells.fit("payment-service", 10)).isEqualTo("payment-s…");
        assertThat(Cells.fit("注文サービス", 5)).isEqualTo("注文…");
        assertThat(Cells.fit("abc", 0)).isEmpty();
        assertThat(Cells.printable("a\u001b[31mb\u2028\u202e")).isEqualTo("a\ufffd[31mb\ufffd\ufffd");
    }
}
