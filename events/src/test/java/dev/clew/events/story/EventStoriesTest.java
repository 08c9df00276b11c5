// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import static dev.clew.events.delivery.BusBench.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.events.api.DisableRuleRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.delivery.BusBench;
import dev.clew.events.delivery.Targets.AttemptOutcome.Refused;
import dev.clew.events.delivery.Targets.AttemptOutcome.Unavailable;
import dev.clew.events.ledger.DeliveryState;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.story.EventStory.Miss;
import dev.clew.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventStoriesTest {
    private static final String ALL = "{\"source\":[\"a\"]}";

    private final BusBench bench = new BusBench();

    private EventStory.OnBus arrival(UUID event) {
        return bench.stories.story(event).orElseThrow().arrivals().getFirst();
    }

    private Miss miss(String pattern, String detail) {
        bench.rule("r", null, pattern);
        return arrival(bench.put(detail)).misses().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'source':['b']} | {} | source | ['b'] | 'a' | 0 | 1",
                "{'source':['a'],'detail':{'n':[{'numeric':['>',100]}]}} | {'n':99.99} | detail.n |"
                        + " [{'numeric':['>',100]}] | 99.99 | 1 | 2",
                "{'detail':{'n':[1]},'source':['a']} | {} | detail.n | [1] | nothing there | 1 | 2",
                "{'detail':{'n':['1']}} | {'n':1} | detail.n | ['1'] | 1 | 0 | 1",
                "{'detail':{'state.name':['on']}} | {'state':{'name':'off'}} | detail.state.name | ['on'] | 'off' | 0"
                        + " | 1",
                "{'detail':{'tags':['x']}} | {'tags':['y','z']} | detail.tags | ['x'] | 'y', 'z' | 0 | 1",
                "{'detail':{'n':[{'exists':false}]}} | {'n':null} | detail.n | [{'exists':false}] | null | 0 | 1",
                "{'detail':{'o':['x']}} | {'o':{'p':1}} | detail.o | ['x'] | an object | 0 | 1",
                "{'detail':{'$or':[{'a':[1]},{'b':[2]}]}} | {'a':7} | detail | [{'a':[1]},{'b':[2]}] | detail.a 7,"
                        + " detail.b nothing there | 0 | 1",
            })
    void namesTheFirstClauseThatFailedAndWhatItSaw(
            String pattern, String detail, String path, String expected, String saw, int held, int clauses) {
        var miss = miss(pattern.replace('\'', '"'), detail.replace('\'', '"'));
        assertThat(miss.path()).isEqualTo(path);
        assertThat(miss.expected()).isEqualTo(expected.replace('\'', '"'));
        assertThat(miss.saw()).isEqualTo(saw.replace('\'', '"'));
        assertThat(miss.held()).isEqualTo(held);
        assertThat(miss.clauses()).isEqualTo(clauses);
    }

    @Test
    void knowsThatClausesMustHoldInOneElement() {
        var miss = miss("{\"detail\":{\"l\":{\"a\":[1],\"b\":[2]}}}", "{\"l\":[{\"a\":1,\"b\":9},{\"a\":9,\"b\":2}]}");
        assertThat(miss.reason()).isEqualTo("each clause matches, but not within the same element of an array");
    }

    @Test
    void comparesWithTheRulesOfTodayAndSaysSo() {
        var event = bench.put("{}");
        bench.rule("late", null, ALL, BusBench.target(FUNCTION).build());
        assertThat(arrival(event).outcome()).isEqualTo(EventOutcome.UNMATCHED);
        assertThat(arrival(event).misses().getFirst().reason())
                .isEqualTo("it matches now: it was put, changed or enabled after the event came");
        bench.calls.call(EventsModel.DISABLE_RULE, new DisableRuleRequest("late", null));
        assertThat(arrival(event).misses().getFirst().reason()).isEqualTo("it is disabled; its pattern matches");
    }

    @Test
    void theNearestMissComesFirst() {
        bench.rule("far", null, "{\"source\":[\"b\"],\"detail\":{\"n\":[1]}}")
                .rule("near", null, "{\"source\":[\"a\"],\"detail\":{\"n\":[1]}}");
        assertThat(arrival(bench.put("{}")).misses()).extracting("rule").containsExactly("near", "far");
    }

    @Test
    void tellsEveryAttemptWithItsWait() {
        bench.answering(
                        FUNCTION,
                        new Unavailable(ErrorCode.TIMEOUT, "no answer within 5 s", Duration.ofSeconds(9)),
                        new Refused(ErrorCode.NO_PERMISSIONS, "no statement allows it"))
                .rule("r", null, ALL, BusBench.target(FUNCTION).build());
        var event = bench.put("{}");
        bench.live(Duration.ofSeconds(20));
        var delivery = arrival(event).deliveries().getFirst();
        assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
        assertThat(delivery.rule()).isEqualTo("arn:aws:events:us-east-1:111111111111:rule/r");
        assertThat(delivery.steps()).extracting("attempt").containsExactly(1, 2);
        assertThat(delivery.steps()).extracting("code").containsExactly(ErrorCode.TIMEOUT, ErrorCode.NO_PERMISSIONS);
        assertThat(delivery.steps()).extracting("waitMillis").containsExactly(0L, 9_000L);
        assertThat(arrival(event).trace()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
    }

    private EventSummary.Page search(
            @Nullable String bus, @Nullable EventOutcome outcome, int limit, @Nullable String next) {
        return bench.stories.search(new EventQuery(
                bus, null, null, ManualClock.START, ManualClock.START.plus(Duration.ofDays(3)), outcome, limit, next));
    }

    @Test
    void findsEventsByWhatBecameOfThem() {
        bench.rule(
                "r",
                null,
                "{\"detail\":{\"go\":[true]}}",
                BusBench.target(FUNCTION).build());
        var unmatched = bench.put("{}");
        bench.clock.advance(Duration.ofSeconds(1));
        var delivered = bench.put("{\"go\":true}");
        bench.settle();
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_RESOURCE, "no such function"));
        bench.clock.advance(Duration.ofSeconds(1));
        var failed = bench.put("{\"go\":true}");
        bench.settle();
        bench.clock.advance(Duration.ofSeconds(1));
        var dropped = bench.put("{}", "misspelt");
        bench.clock.advance(Duration.ofSeconds(1));
        var pending = bench.put("{\"go\":true}");
        assertThat(search(null, null, 10, null).events())
                .extracting("id")
                .containsExactly(
                        pending.toString(),
                        dropped.toString(),
                        failed.toString(),
                        delivered.toString(),
                        unmatched.toString());
        for (var expected : Map.of(
                        EventOutcome.UNMATCHED, unmatched,
                        EventOutcome.DELIVERED, delivered,
                        EventOutcome.FAILED, failed,
                        EventOutcome.DROPPED, dropped,
                        EventOutcome.PENDING, pending)
                .entrySet()) {
            assertThat(search(null, expected.getKey(), 10, null).events())
                    .as(expected.getKey().word())
                    .extracting("id")
                    .containsExactly(expected.getValue().toString());
        }
        assertThat(search("misspelt", null, 10, null).events()).hasSize(1);
        assertThat(search("arn:aws:events:us-east-1:111111111111:event-bus/misspelt", null, 10, null)
                        .events())
                .hasSize(1);
        assertThat(search(null, EventOutcome.FAILED, 10, null)
                        .events()
                        .getFirst()
                        .cause())
                .isEqualTo("no such function");
    }

    @Test
    void pagesThroughDaysWithoutGapsOrRepetitions() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            ids.add(bench.put("{}").toString());
            if (i % 3 == 0) {
                bench.clock.advance(Duration.ofHours(1));
            }
        }
        var found = new ArrayList<String>();
        String next = null;
        do {
            var page = search(null, null, 7, next);
            page.events().forEach(event -> found.add(event.id()));
            next = page.next();
        } while (next != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void refusesWhatItCannotMean() {
        assertThatThrownBy(() -> search(null, null, 0, null)).hasMessage("limit: 0 (expected: 1 to 1000)");
        assertThatThrownBy(() -> search(null, null, 1, "nonsense")).hasMessageContaining("next: 'nonsense'");
    }

    @Test
    void redrivesInTheSameTraceWithFreshLimits() {
        var busy = new Unavailable(ErrorCode.THROTTLING, "too many");
        bench.answering(FUNCTION, busy, busy, busy, busy)
                .rule(
                        "r",
                        null,
                        ALL,
                        BusBench.target(FUNCTION)
                                .retryPolicy(new RetryPolicy(1, 60))
                                .build());
        var event = bench.put("{}");
        bench.live(Duration.ofMinutes(10));
        assertThat(arrival(event).outcome()).isEqualTo(EventOutcome.FAILED);
        assertThat(bench.redrive.event(event)).hasSize(1);
        assertThat(bench.redrive.event(event)).as("it is owed already").isEmpty();
        bench.restart();
        assertThat(arrival(event).outcome()).isEqualTo(EventOutcome.PENDING);
        bench.live(Duration.ofMinutes(10));
        assertThat(arrival(event).outcome()).isEqualTo(EventOutcome.FAILED);
        assertThat(bench.attempts).hasSize(4);
        assertThat(bench.redrive.rule("arn:aws:events:us-east-1:111111111111:rule/r", 10))
                .hasSize(1);
        bench.settle();
        assertThat(arrival(event).outcome()).isEqualTo(EventOutcome.DELIVERED);
        assertThat(arrival(event).deliveries().getFirst().cause()).isNull();
        assertThat(bench.attempts.stream()
                        .map(attempt -> String.valueOf(attempt.trace()))
                        .distinct())
                .hasSize(1);
        assertThat(bench.attempts).extracting("number").containsExactly(1, 2, 3, 4, 5);
        assertThat(bench.redrive.rule("arn:aws:events:us-east-1:111111111111:rule/r", 10))
                .isEmpty();
    }

    @Test
    void redrivesToTheTargetAsItIsNow() {
        bench.answering(FUNCTION, new Refused(ErrorCode.NO_RESOURCE, "no such function"))
                .rule("r", null, ALL, BusBench.target(FUNCTION).build());
        var event = bench.put("{}");
        bench.settle();
        bench.rule("r", null, ALL, BusBench.target(FUNCTION + "-mended").build());
        bench.redrive.event(event);
        bench.settle();
        assertThat(bench.attempts).extracting("target").containsExactly(FUNCTION, FUNCTION + "-mended");
        assertThat(arrival(event).outcome()).isEqualTo(EventOutcome.DELIVERED);
    }

    @Test
    void forgetsWhatIsPastRetention() {
        var event = bench.put("{}");
        bench.clock.advance(Duration.ofDays(4));
        bench.ledger.forgetOld();
        assertThat(bench.stories.story(event)).isEmpty();
        assertThat(search(null, null, 10, null).events()).isEmpty();
    }
}
