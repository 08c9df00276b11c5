// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import static dev.clew.events.delivery.BusBench.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.Scope;
import dev.clew.events.Calls;
import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.PutEventsRequest;
import dev.clew.events.api.PutEventsRequestEntry;
import dev.clew.events.api.PutPermissionRequest;
import dev.clew.events.delivery.BusBench;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.events.story.EventOutcome;
import dev.clew.testkit.MemoryStore;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BusTargetsTest {
    private static final String ALL = "{\"source\":[\"a\"]}";
    private static final String BUS = "arn:aws:events:us-east-1:111111111111:event-bus/";

    private final BusBench bench = new BusBench();

    private static void bus(Calls calls, String name) {
        calls.call(
                EventsModel.CREATE_EVENT_BUS,
                CreateEventBusRequest.builder().name(name).build());
    }

    @Test
    void theEventArrivesAsItWas() {
        bus(bench.calls, "second");
        bench.rule("on", null, ALL, BusBench.target(BUS + "second").build())
                .rule("take", "second", ALL, BusBench.target(FUNCTION).build());
        var id = bench.put("{\"n\":1.50}");
        bench.settle();
        assertThat(bench.attempts).hasSize(1);
        var attempt = bench.attempts.getFirst();
        assertThat(new String(attempt.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":\"0\",\"id\":\"" + id + "\",\"detail-type\":\"t\",\"source\":\"a\","
                        + "\"account\":\"111111111111\",\"time\":\"2026-08-07T10:00:00Z\",\"region\":\"us-east-1\","
                        + "\"resources\":[],\"detail\":{\"n\":1.50}}");
        assertThat(attempt.ruleArn()).isEqualTo("arn:aws:events:us-east-1:111111111111:rule/second/take");
        var story = bench.stories.story(id).orElseThrow();
        assertThat(story.arrivals()).extracting("bus").containsExactly("default", "second");
        assertThat(story.arrivals()).extracting("hops").containsExactly(0, 1);
        assertThat(story.arrivals()).extracting("outcome").containsOnly(EventOutcome.DELIVERED);
    }

    @Test
    void aThirdBusIsOneTooMany() {
        bus(bench.calls, "second");
        bus(bench.calls, "third");
        bench.rule("on", null, ALL, BusBench.target(BUS + "second").build())
                .rule("further", "second", ALL, BusBench.target(BUS + "third").build());
        var id = bench.put("{}");
        bench.settle();
        var arrivals = bench.stories.story(id).orElseThrow().arrivals();
        assertThat(arrivals).hasSize(2);
        var delivery = arrivals.getLast().deliveries().getFirst();
        assertThat(delivery.code()).isEqualTo(ErrorCode.THIRD_ACCOUNT_HOP_DETECTED);
        assertThat(delivery.cause()).contains("events.max-hops: 1");
    }

    @Test
    void aRingOfBusesEnds() {
        var ring = new BusBench(new MemoryStore(), 16, 3);
        bus(ring.calls, "second");
        ring.rule("on", null, ALL, BusBench.target(BUS + "second").build())
                .rule("back", "second", ALL, BusBench.target(BUS + "default").build());
        var id = ring.put("{}");
        ring.settle();
        assertThat(ring.stories.story(id).orElseThrow().arrivals())
                .extracting("bus")
                .hasSize(4);
        assertThat(ring.ledger.countOwed()).isZero();
    }

    @Test
    void aBusThatIsNotThereOrNotOursIsRefused() {
        bench.rule(
                "on",
                null,
                ALL,
                BusBench.target(BUS + "nowhere").build(),
                BusBench.target("arn:aws:events:us-east-1:222222222222:event-bus/default")
                        .id("2")
                        .build());
        var id = bench.put("{}");
        bench.settle();
        assertThat(bench.stories.story(id).orElseThrow().arrivals().getFirst().deliveries())
                .extracting("code")
                .containsExactly(ErrorCode.NO_RESOURCE, ErrorCode.NO_PERMISSIONS);
    }

    @Test
    void aBusOfAnotherAccountTakesAnEventIfItsPolicySaysSo() {
        var others = bench.calls.in(new Scope("222222222222", "us-east-1"));
        bus(others, "shared");
        others.call(
                EventsModel.PUT_PERMISSION,
                PutPermissionRequest.builder()
                        .eventBusName("shared")
                        .action("events:PutEvents")
                        .principal("111111111111")
                        .statementId("neighbour")
                        .build());
        bench.rule(
                "on",
                null,
                ALL,
                BusBench.target("arn:aws:events:us-east-1:222222222222:event-bus/shared")
                        .build());
        var id = bench.put("{}");
        bench.settle();
        var arrival = bench.stories.story(id).orElseThrow().arrivals().getLast();
        assertThat(arrival.account()).isEqualTo("222222222222");
        assertThat(arrival.event()).contains("\"account\":\"111111111111\"");
    }

    @Test
    void aStrangerMayPutEventsOnlyWhereThePolicySaysSo() {
        bus(bench.calls, "closed");
        var stranger = bench.calls.in(new Scope("222222222222", "us-east-1"));
        var entry = PutEventsRequestEntry.builder().source("a").detailType("t").detail("{}");
        var put = PutEventsRequest.builder()
                .entries(List.of(entry.eventBusName(BUS + "closed").build()))
                .build();
        assertThatThrownBy(() -> stranger.call(EventsModel.PUT_EVENTS, put))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.code()).isEqualTo("AccessDeniedException"))
                .hasMessageContaining("is not authorized to perform: events:PutEvents on resource: " + BUS + "closed");
        bench.calls.call(
                EventsModel.PUT_PERMISSION,
                PutPermissionRequest.builder()
                        .eventBusName("closed")
                        .action("events:PutEvents")
                        .principal("222222222222")
                        .statementId("stranger")
                        .build());
        assertThat(stranger.call(EventsModel.PUT_EVENTS, put).failedEntryCount())
                .isZero();
    }

    @Test
    void aBusInAnotherRegionOfThisServerWorks() {
        bus(bench.calls.in(new Scope("111111111111", "eu-west-3")), "second");
        bench.clock.advance(Duration.ofMillis(1));
        bench.rule(
                "on",
                null,
                ALL,
                BusBench.target("arn:aws:events:eu-west-3:111111111111:event-bus/second")
                        .build());
        var id = bench.put("{}");
        bench.clock.advance(Duration.ofMillis(1));
        bench.settle();
        var arrival = bench.stories.story(id).orElseThrow().arrivals().getLast();
        assertThat(arrival.region()).isEqualTo("eu-west-3");
        assertThat(arrival.outcome()).isEqualTo(EventOutcome.UNMATCHED);
        assertThat(arrival.event()).contains("\"region\":\"us-east-1\"");
    }
}
