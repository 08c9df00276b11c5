// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Receives that wait. The clock stands still unless a test moves it. */
@Timeout(30)
class LongPollTest {
    private final Server server = Server.start();

    @BeforeEach
    void createQueue() {
        server.create("orders");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CompletableFuture<List<String>> poll(Map<String, Object> more) {
        var input = new HashMap<String, Object>(Map.of("QueueUrl", url("orders")));
        input.putAll(more);
        int before = server.queues.waiting();
        var answer = new CompletableFuture<List<String>>();
        Thread.ofVirtual()
                .start(() -> answer.complete(server.call("ReceiveMessage", input)
                        .body()
                        .path("Messages")
                        .valueStream()
                        .map(message -> message.path("Body").asString())
                        .toList()));
        while (server.queues.waiting() == before && !answer.isDone()) {
            Thread.onSpinWait();
        }
        return answer;
    }

    @Test
    void wakesWhenAMessageComes() throws Exception {
        var waiting = poll(Map.of("WaitTimeSeconds", 20));
        assertThat(waiting).isNotDone();
        server.send("orders", "hello");
        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("hello");
    }

    @Test
    void wakesWhenAMessageComesBack() throws Exception {
        server.send("orders", "hello");
        var handle = server.receive("orders").getFirst().path("ReceiptHandle").asString();
        var waiting = poll(Map.of("WaitTimeSeconds", 20));
        server.call(
                        "ChangeMessageVisibility",
                        Map.of("QueueUrl", url("orders"), "ReceiptHandle", handle, "VisibilityTimeout", 0))
                .ok();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("hello");
    }

    @Test
    void wakesWhenADelayIsOver() throws Exception {
        server.call("SendMessage", Map.of("QueueUrl", url("orders"), "MessageBody", "late", "DelaySeconds", 5))
                .ok();
        var waiting = poll(Map.of("WaitTimeSeconds", 20));
        server.clock.advance(Duration.ofSeconds(5));
        server.queues.tick();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("late");
    }

    @Test
    void givesUpWhenItsTimeIsOver() throws Exception {
        server.call(
                        "SetQueueAttributes",
                        Map.of("QueueUrl", url("orders"), "Attributes", Map.of("ReceiveMessageWaitTimeSeconds", "3")))
                .ok();
        var waiting = poll(Map.of());
        server.clock.advance(Duration.ofSeconds(2));
        server.queues.tick();
        assertThat(waiting).isNotDone();
        server.clock.advance(Duration.ofSeconds(1));
        server.queues.tick();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void letsEveryoneGoWhenTheServerEnds() throws Exception {
        var waiting = poll(Map.of("WaitTimeSeconds", 20));
        server.close();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void givesEachMessageToOneOfManyWhoWait() {
        var waiting = IntStream.range(0, 20)
                .mapToObj(i -> poll(Map.of("WaitTimeSeconds", 20)))
                .toList();
        for (int i = 0; i < 20; i++) {
            server.send("orders", "m" + i);
        }
        assertThat(waiting.stream().flatMap(answer -> answer.orTimeout(10, TimeUnit.SECONDS).join().stream()))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesMoreWaitersThanItMayHave() {
        try (var small = Server.start(new QueuesConfig(Duration.ZERO, 10, 10, 10, 1))) {
            small.create("orders");
            var first = Thread.ofVirtual()
                    .start(() ->
                            small.call("ReceiveMessage", Map.of("QueueUrl", url("orders"), "WaitTimeSeconds", 20)));
            while (small.queues.waiting() == 0) {
                Thread.onSpinWait();
            }
            JsonNode refused = small.call("ReceiveMessage", Map.of("QueueUrl", url("orders"), "WaitTimeSeconds", 20))
                    .body();
            assertThat(refused.path("__type").asString()).isEqualTo("RequestThrottled");
            assertThat(first.isAlive()).isTrue();
        }
    }
}
