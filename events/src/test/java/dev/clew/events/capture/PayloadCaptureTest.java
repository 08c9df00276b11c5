// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadCaptureTest {
    private static final String EVENT = """
        {"source":"shop","detail":{"card":{"number":"4111-1111","holder":"Ada"},"pin":7,"items":[{"price":5},{"price":9}],\
        "note":"7 days","login":{"password":"hunter2"}}}\
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        $.detail.card.number      | {"number":"[redacted]","holder":"Ada"}
        $.detail['card']          | "[redacted]"
        $.detail.card.*           | {"number":"[redacted]","holder":"[redacted]"}
        $..holder                 | {"number":"4111-1111","holder":"[redacted]"}
        $.detail.nothing          | {"number":"4111-1111","holder":"Ada"}
        """)
    void masksWhatAPathSelects(String path, String card) {
        assertThat(new PayloadCapture(List.of(path), 4_096).of(EVENT, EVENT)).contains("\"card\":" + card);
    }

    @Test
    void masksElementsOfArraysAndMembersAtAnyDepth() {
        var capture =
                new PayloadCapture(List.of("$.detail.items[*].price", "$..password", "$.detail.items[0].price"), 4_096);
        assertThat(capture.of(EVENT, EVENT))
                .contains("[{\"price\":\"[redacted]\"},{\"price\":\"[redacted]\"}]")
                .contains("\"password\":\"[redacted]\"")
                .doesNotContain("hunter2");
    }

    @Test
    void masksWhatATargetsOwnInputRepeats() {
        var capture = new PayloadCapture(List.of("$.detail.card", "$.detail.pin"), 4_096);
        assertThat(capture.of(EVENT, "{\"to\":\"Charge 4111-1111 now\",\"code\":7,\"days\":\"17\",\"by\":\"Ada\"}"))
                .isEqualTo("{\"to\":\"Charge [redacted] now\",\"code\":\"[redacted]\",\"days\":\"17\","
                        + "\"by\":\"[redacted]\"}");
        assertThat(capture.of(EVENT, "\"4111-1111\"")).isEqualTo("\"[redacted]\"");
    }

    @Test
    void whatCannotBeReadIsNotShown() {
        assertThat(new PayloadCapture(List.of("$.a"), 4_096).of(EVENT, "hunter2 {"))
                .isEqualTo("[redacted]");
        assertThat(new PayloadCapture(List.of(), 4_096).of(EVENT, "plain")).isEqualTo("plain");
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        assertThat(new PayloadCapture(List.of(), 64).of(EVENT, "x".repeat(63) + "ü" + "y".repeat(35)))
                .isEqualTo("x".repeat(63) + "… (100 bytes)");
        assertThat(new PayloadCapture(List.of(), 64).of(EVENT, "x".repeat(64))).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "detail.card", "$.", "$.a[", "$.a[x]", "$...a"})
    void refusesWhatIsNoPath(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayloadCapture(List.of(path), 4_096))
                .withMessageContaining("expected: a path");
    }
}
