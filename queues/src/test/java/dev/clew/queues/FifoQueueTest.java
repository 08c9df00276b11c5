// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages in a FIFO queue. */
class FifoQueueTest {
    private static final String QUEUE = "orders.fifo";

    private final Server server = Server.start();

    @BeforeEach
    void createQueue() {
        server.create(QUEUE, "FifoQueue", "true", "ContentBasedDeduplication", "true");
    }

    @Test
    void keepsTheOrderOfAGroupAndHoldsItBackWhileOneIsInFlight() {
        server.sendFifo(QUEUE, "a", "a1");
        server.sendFifo(QUEUE, "b", "b1");
        server.sendFifo(QUEUE, "a", "a2");
        server.sendFifo(QUEUE, "b", "b2");

        var first = server.receive(QUEUE, 1).getFirst();
        assertThat(body(first)).isEqualTo("a1");
        assertThat(server.bodies(QUEUE)).containsExactly("b1", "b2"); // group a is held back

        server.delete(QUEUE, handle(first)).ok();
        assertThat(server.bodies(QUEUE)).containsExactly("a2");
    }

    @Test
    void deliversAFailedMessageBeforeItsSuccessors() {
        IntStream.range(0, 4).forEach(i -> server.sendFifo(QUEUE, "a", "a" + i));
        assertThat(server.receive(QUEUE, 2).stream().map(FifoQueueTest::body)).containsExactly("a0", "a1");
        assertThat(server.receive(QUEUE)).isEmpty();
        server.clock.advance(Duration.ofSeconds(30));
        assertThat(server.bodies(QUEUE)).containsExactly("a0", "a1", "a2", "a3");
    }

    @Test
    void numbersMessagesInTheirOrder() {
        var first = server.sendFifo(QUEUE, "a", "a1").path("SequenceNumber").asString();
        var second = server.sendFifo(QUEUE, "a", "a2").path("SequenceNumber").asString();
        assertThat(first).hasSize(20).isLessThan(second);
        assertThat(server.receive(QUEUE)
                        .getFirst()
                        .at("/Attributes/SequenceNumber")
                        .asString())
                .isEqualTo(first);
    }

    @Test
    void acceptsADuplicateWithoutDeliveringItForFiveMinutes() {
        var original = server.sendFifo(QUEUE, "a", "same");
        server.clock.advance(Duration.ofSeconds(299));
        var duplicate = server.sendFifo(QUEUE, "b", "same");
        assertThat(duplicate.path("MessageId")).isEqualTo(original.path("MessageId"));
        assertThat(duplicate.path("SequenceNumber")).isEqualTo(original.path("SequenceNumber"));
        assertThat(server.receive(QUEUE)).hasSize(1);

        server.clock.advance(Duration.ofSeconds(1));
        var anew = server.sendFifo(QUEUE, "b", "same");
        assertThat(anew.path("MessageId")).isNotEqualTo(original.path("MessageId"));
        assertThat(server.receive(QUEUE)).hasSize(1);
    }

    @Test
    void remembersADuplicateAcrossARestartAndAfterItsMessageIsDeleted() {
        var original = server.sendFifo(QUEUE, "a", "same");
        server.delete(QUEUE, handle(server.receive(QUEUE).getFirst())).ok();
        var restarted = server.restarted();
        assertThat(restarted.sendFifo(QUEUE, "a", "same").path("MessageId")).isEqualTo(original.path("MessageId"));
        assertThat(restarted.receive(QUEUE)).isEmpty();
    }

    @Test
    void deduplicatesPerGroupIfToldTo() {
        server.create(
                "grouped.fifo",
                "FifoQueue",
                "true",
                "ContentBasedDeduplication",
                "true",
                "DeduplicationScope",
                "messageGroup");
        server.sendFifo("grouped.fifo", "a", "same");
        server.sendFifo("grouped.fifo", "b", "same");
        server.sendFifo("grouped.fifo", "a", "same");
        assertThat(server.receive("grouped.fifo")).hasSize(2);
    }

    @Test
    void takesTheIdOfTheSenderBeforeThatOfTheContent() {
        for (var id : List.of("1", "2", "1")) {
            server.call(
                            "SendMessage",
                            Map.of(
                                    "QueueUrl",
                                    url(QUEUE),
                                    "MessageBody",
                                    "same",
                                    "MessageGroupId",
                                    "a",
                                    "MessageDeduplicationId",
                                    id))
                    .ok();
        }
        var received = server.receive(QUEUE);
        assertThat(received.stream()
                        .map(m -> m.at("/Attributes/MessageDeduplicationId").asString()))
                .containsExactly("1", "2");
        assertThat(received.getFirst().at("/Attributes/MessageGroupId").asString())
                .isEqualTo("a");
    }

    @Test
    void refusesTheReceiptOfAnExpiredReceive() {
        server.sendFifo(QUEUE, "a", "a1");
        var handle = handle(server.receive(QUEUE).getFirst());
        server.clock.advance(Duration.ofSeconds(30));
        server.delete(QUEUE, handle)
                .refused(
                        "InvalidParameterValue",
                        "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has"
                                + " expired.");
        assertThat(server.receive(QUEUE)).hasSize(1);
    }

    @Test
    void delaysAWholeQueueOnly() {
        server.call(
                        "SendMessage",
                        Map.of("QueueUrl", url(QUEUE), "MessageBody", "x", "MessageGroupId", "a", "DelaySeconds", 5))
                .refused(
                        "InvalidParameterValue",
                        "Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is"
                                + " not valid for this queue type.");
        server.create("slow.fifo", "FifoQueue", "true", "ContentBasedDeduplication", "true", "DelaySeconds", "5");
        server.sendFifo("slow.fifo", "a", "a1");
        assertThat(server.receive("slow.fifo")).isEmpty();
        server.clock.advance(Duration.ofSeconds(5));
        assertThat(server.receive("slow.fifo")).hasSize(1);
    }

    @Test
    void needsAGroupAndADeduplicationId() {
        server.create("strict.fifo", "FifoQueue", "true");
        server.call("SendMessage", Map.of("QueueUrl", url("strict.fifo"), "MessageBody", "x"))
                .refused("MissingParameter", "The request must contain the parameter MessageGroupId.");
        server.call("SendMessage", Map.of("QueueUrl", url("strict.fifo"), "MessageBody", "x", "MessageGroupId", "a"))
                .refused(
                        "InvalidParameterValue",
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
                                + " provided explicitly");
    }

    private static String body(JsonNode message) {
        return message.path("Body").asString();
    }

    private static String handle(JsonNode message) {
        return message.path("ReceiptHandle").asString();
    }
}
