// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.EventsModel;
import dev.clew.events.api.TestEventPatternRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestEventPatternTest extends ControlPlaneFixture {
    @Test
    void answersWhetherTheEventMatches() {
        assertThat(test("{\"source\":[\"a\"]}", "{\"source\":\"a\"}")).isTrue();
        assertThat(test("{\"source\":[\"a\"]}", "{\"source\":\"b\"}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "[]", "{", "", "1"})
    void refusesWhatIsNoEvent(String event) {
        refused("ValidationException", "Parameter Event is not valid.", () -> test("{\"source\":[\"a\"]}", event));
    }

    private boolean test(String pattern, String event) {
        return Boolean.TRUE.equals(
                calls.call(EventsModel.TEST_EVENT_PATTERN, new TestEventPatternRequest(pattern, event))
                        .result());
    }
}
