// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static dev.clew.events.delivery.BusBench.FUNCTION;
import static dev.clew.events.delivery.BusBench.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.capture.PayloadCapture;
import dev.clew.events.delivery.Targets.AttemptOutcome.Unavailable;
import dev.clew.events.ledger.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DeliveryTraceTest {
    private static final String ALL = "{\"source\":[\"a\"]}";
    private static final Unavailable BUSY = new Unavailable(ErrorCode.THROTTLING, "too many");

    private final BusBench bench = new BusBench();

    private List<JsonNode> documents() {
        return bench.documents.stream().map(JsonMapper.shared()::readTree).toList();
    }

    private static String annotation(JsonNode document, String key) {
        return document.path("annotations").path("clew." + key).asString();
    }

    @Test
    void whatTargetsAreSentIsInTraceAndHistoryWhereItIsCaptured() {
        bench.capturing(new PayloadCapture(List.of("$.detail.card"), 4_096))
                .rule(
                        "r",
                        null,
                        ALL,
                        BusBench.target(FUNCTION).inputPath("$.detail").build());
        bench.put("{\"card\":\"4111\",\"n\":1}");
        bench.settle();
        var sent = documents().getLast().at("/metadata/clew/clew.payload").asString();
        assertThat(sent).isEqualTo("{\"card\":\"[redacted]\",\"n\":1}");
    }

    @Test
    void everyAttemptAndTheDeadLetterAreSubsegmentsOfTheBus() {
        bench.answering(FUNCTION, BUSY, BUSY)
                .rule(
                        "r",
                        null,
                        ALL,
                        BusBench.target(FUNCTION)
                                .deadLetterConfig(new DeadLetterConfig(QUEUE))
                                .retryPolicy(new RetryPolicy(1, 60))
                                .build());
        var event = bench.put("{}");
        bench.clock.advance(Duration.ofMillis(70));
        bench.settle();
        bench.live(Duration.ofSeconds(30));
        var documents = documents();
        assertThat(documents).hasSize(4);
        var bus = documents.getFirst();
        assertThat(bus.path("origin").asString()).isEqualTo("AWS::Events");
        assertThat(bus.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
        var attempts = documents.subList(1, 4);
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.path("type").asString()).isEqualTo("subsegment");
            assertThat(attempt.path("trace_id").asString()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
            assertThat(attempt.path("parent_id")).isEqualTo(bus.path("id"));
            assertThat(annotation(attempt, "event_id")).isEqualTo(event.toString());
            assertThat(annotation(attempt, "bus")).isEqualTo("default");
            assertThat(annotation(attempt, "rule")).isEqualTo("arn:aws:events:us-east-1:111111111111:rule/r");
            assertThat(annotation(attempt, "target")).isEqualTo(FUNCTION);
        });
        assertThat(attempts.stream().map(attempt -> annotation(attempt, "outcome")))
                .containsExactly("retried", "failed", "dead-lettered");
        assertThat(attempts.stream().map(attempt -> annotation(attempt, "attempt")))
                .containsExactly("1", "2", "1");
        assertThat(annotation(attempts.getFirst(), "wait_ms")).isEqualTo("70");
        assertThat(Long.parseLong(annotation(attempts.get(1), "wait_ms"))).isBetween(100L, 200L);
        assertThat(annotation(attempts.get(1), "exhausted")).isEqualTo("MaximumRetryAttempts");
        assertThat(attempts.get(1).path("error").asBoolean()).isTrue();
        assertThat(attempts.get(1)
                        .path("cause")
                        .path("exceptions")
                        .path(0)
                        .path("message")
                        .asString())
                .isEqualTo("too many");
        var letter = attempts.getLast();
        assertThat(letter.path("name").asString()).isEqualTo("SQS");
        assertThat(letter.path("namespace").asString()).isEqualTo("aws");
        assertThat(letter.path("aws").path("operation").asString()).isEqualTo("SendMessage");
        assertThat(letter.path("aws").path("queue_url").asString())
                .isEqualTo("https://sqs.us-east-1.amazonaws.com/111111111111/letters");
        assertThat(annotation(letter, "dead_letter_queue")).isEqualTo(QUEUE);
        assertThat(annotation(letter, "error_code")).isEqualTo("THROTTLING");
        assertThat(letter.path("error").asBoolean(false)).isFalse();
    }

    @Test
    void theTraceGoesOnOverBuses() {
        bench.calls.call(
                EventsModel.CREATE_EVENT_BUS,
                CreateEventBusRequest.builder().name("second").build());
        bench.rule(
                        "on",
                        null,
                        ALL,
                        BusBench.target("arn:aws:events:us-east-1:111111111111:event-bus/second")
                                .build())
                .rule("take", "second", ALL, BusBench.target(FUNCTION).build());
        bench.put("{}");
        bench.settle();
        var buses = documents().stream()
                .filter(document -> document.path("origin").asString("").equals("AWS::Events"))
                .toList();
        assertThat(buses).hasSize(2);
        assertThat(buses.getLast().path("parent_id")).isEqualTo(buses.getFirst().path("id"));
        assertThat(String.valueOf(bench.attempts.getFirst().trace()))
                .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Parent="
                        + buses.getLast().path("id").asString() + ";Sampled=1");
    }
}
