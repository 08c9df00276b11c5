// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.events.Calls;
import dev.clew.events.Partly;
import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.ListRulesResponse;
import dev.clew.events.api.ListTargetsByRuleRequest;
import dev.clew.events.api.PutRuleRequest;
import dev.clew.events.api.PutTargetsRequest;
import dev.clew.events.api.Target;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.events.pattern.TestEventPattern;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.ServiceException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A control plane on a store in memory, and short words for its operations. Only functions can be targets. */
abstract class ControlPlaneFixture {
    static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:payment";

    final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore();
    Buses buses = new Buses(store);
    Calls calls = Calls.of(binding());

    private ServiceBinding binding() {
        var limits = PatternLimits.DEFAULTS;
        var control = new ControlPlane(
                buses, Quotas.DEFAULTS, limits, arn -> arn.service().equals("lambda"), clock);
        return Partly.bound(
                name -> !name.matches("PutEvents|.*(Connection|ApiDestination|Archive|Replay)s?"),
                service -> control.bind(service).bind(EventsModel.TEST_EVENT_PATTERN, new TestEventPattern(limits)));
    }

    void reopen() {
        buses = new Buses(store);
        calls = Calls.of(binding());
    }

    String createBus(String name) {
        return Objects.requireNonNull(calls.call(
                        EventsModel.CREATE_EVENT_BUS,
                        CreateEventBusRequest.builder().name(name).build())
                .eventBusArn());
    }

    PutRuleRequest.Builder rule(String name, @Nullable String bus) {
        return PutRuleRequest.builder().name(name).eventBusName(bus).eventPattern("{\"source\":[\"a\"]}");
    }

    String putRule(String name, @Nullable String bus) {
        return Objects.requireNonNull(
                calls.call(EventsModel.PUT_RULE, rule(name, bus).build()).ruleArn());
    }

    Target target(String id) {
        return Target.builder().id(id).arn(FUNCTION).build();
    }

    void putTarget(String rule, @Nullable String bus, Target... targets) {
        calls.call(EventsModel.PUT_TARGETS, new PutTargetsRequest(rule, bus, List.of(targets)));
    }

    List<Target> targetsOf(String rule, @Nullable String bus) {
        return Objects.requireNonNull(
                calls.call(EventsModel.LIST_TARGETS_BY_RULE, new ListTargetsByRuleRequest(rule, bus, null, null))
                        .targets());
    }

    List<String> matching(String event) {
        return buses.rulesOf(BusName.of(null, Calls.HERE)).orElseThrow().matching(event).stream()
                .map(Rule::name)
                .toList();
    }

    static List<String> names(ListRulesResponse page) {
        return Objects.requireNonNull(page.rules()).stream()
                .map(rule -> Objects.requireNonNull(rule.name()))
                .toList();
    }

    static void refused(String code, String message, ThrowingCallable call) {
        var refusal = catchThrowableOfType(ServiceException.class, call);
        assertThat(refusal).as(message).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.status()).isEqualTo(400);
    }
}
