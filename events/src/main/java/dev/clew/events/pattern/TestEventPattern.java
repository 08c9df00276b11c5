// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import dev.clew.events.api.TestEventPatternRequest;
import dev.clew.events.api.TestEventPatternResponse;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * TestEventPattern: whether one event matches one pattern. Events that lack some envelope fields are matched all the
 * same, as the service was seen to do.
 */
public final class TestEventPattern implements Operation<TestEventPatternRequest, TestEventPatternResponse> {
    private final PatternLimits limits;

    public TestEventPattern(PatternLimits limits) {
        this.limits = limits;
    }

    @Override
    public TestEventPatternResponse handle(TestEventPatternRequest input, Call call) {
        if (!isObject(input.event())) {
            throw ServiceException.client("ValidationException", 400, "Parameter Event is not valid.");
        }
        var machine = RuleMachine.of(Map.of("tested", EventPattern.compile(input.eventPattern(), limits)));
        return new TestEventPatternResponse(!machine.matching(input.event()).isEmpty());
    }

    private static boolean isObject(String text) {
        try {
            return JsonMapper.shared().readTree(text).isObject();
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
