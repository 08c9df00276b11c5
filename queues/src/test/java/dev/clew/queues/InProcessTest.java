// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.TRACE;
import static dev.clew.queues.Server.arn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Arn;
import dev.clew.queues.ledger.StoredMessage.Attribute;
import dev.clew.queues.message.OutgoingMessage;
import dev.clew.queues.message.SendOutcome;
import dev.clew.queues.message.ServiceSender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the other services of a server do with queues. */
class InProcessTest {
    private static final String RULE = "arn:aws:events:us-east-1:111111111111:rule/orders";
    private static final ServiceSender BUS = new ServiceSender("events.amazonaws.com", RULE, "111111111111");

    private final Server server = Server.start();

    private static Arn queue(String name) {
        return Arn.parse(arn(name)).orElseThrow();
    }

    private void createAllowing(String name, String... attributes) {
        server.create(name, attributes);
        server.call(
                        "SetQueueAttributes",
                        Map.of(
                                "QueueUrl",
                                Server.url(name),
                                "Attributes",
                                Map.of(
                                        "Policy",
                                        "{\"Statement\":{\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                                                + "\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"" + RULE
                                                + "\"}}}}")))
                .ok();
    }

    @Test
    void sendsWithTraceAndAttributesWhatThePolicyAllows() {
        createAllowing("orders");
        var message =
                new OutgoingMessage("{}", Map.of("kind", new Attribute("String", "event", null)), TRACE, null, null);
        assertThat(server.queues.send(queue("orders"), message, BUS)).isInstanceOf(SendOutcome.Sent.class);
        var received = server.restarted().receive("orders").getFirst();
        assertThat(received.at("/Attributes/AWSTraceHeader").asString()).isEqualTo(TRACE);
        assertThat(received.at("/Attributes/SenderId").asString()).isEqualTo("events.amazonaws.com");
        assertThat(received.at("/MessageAttributes/kind/StringValue").asString())
                .isEqualTo("event");
    }

    @Test
    void tellsWhyItDidNotSend() {
        server.create("closed");
        createAllowing("orders", "MaximumMessageSize", "1024");
        assertThat(server.queues.send(queue("closed"), OutgoingMessage.of("x", null), BUS))
                .isEqualTo(new SendOutcome.Denied("no statement allows events.amazonaws.com to sqs:SendMessage"));
        assertThat(server.queues.send(queue("nope"), OutgoingMessage.of("x", null), BUS))
                .isEqualTo(new SendOutcome.NoSuchQueue("there is no queue " + arn("nope")));
        assertThat(server.queues.send(queue("orders"), OutgoingMessage.of("x".repeat(1_025), null), BUS))
                .isEqualTo(new SendOutcome.Rejected(
                        "One or more parameters are invalid. Reason: Message must be" + " shorter than 1024 bytes."));
    }

    @Test
    void isThrottledWhenTheServerIsFull() {
        try (var small = Server.start(new QueuesConfig(Duration.ZERO, 10, 1, 10, 10))) {
            small.create("orders", "Policy", "{\"Statement\":\"events.amazonaws.com " + RULE + "\"}");
            assertThat(small.queues.send(queue("orders"), OutgoingMessage.of("1", null), BUS))
                    .isInstanceOf(SendOutcome.Sent.class);
            assertThat(small.queues.send(queue("orders"), OutgoingMessage.of("2", null), BUS))
                    .isInstanceOf(SendOutcome.Throttled.class);
        }
    }

    @Test
    void sendsToFifoQueuesInOrderAndOnce() {
        createAllowing("orders.fifo", "FifoQueue", "true");
        for (var id : List.of("1", "2", "1")) {
            server.queues.send(queue("orders.fifo"), new OutgoingMessage("m" + id, Map.of(), null, "group", id), BUS);
        }
        assertThat(server.bodies("orders.fifo")).containsExactly("m1", "m2");
    }

    @Test
    void receivesHidesAndDeletes() {
        server.create("orders");
        server.send("orders", "a");
        server.send("orders", "b");
        var received = server.queues.receive(queue("orders"), 10, 0, 60);
        assertThat(received).extracting(message -> message.body()).containsExactly("a", "b");
        assertThat(received.getFirst().systemAttributes()).containsEntry("ApproximateReceiveCount", "1");
        assertThat(received.getFirst().md5OfBody()).isEqualTo("0cc175b9c0f1b6a831c399e269772661");

        server.queues.hide(queue("orders"), List.of(received.get(0).receiptHandle()), 0);
        server.queues.delete(queue("orders"), List.of(received.get(1).receiptHandle(), "nonsense"));
        assertThat(server.queues.receive(queue("orders"), 10, 0, null))
                .extracting(message -> message.body())
                .containsExactly("a");
        assertThat(server.attribute("orders", "ApproximateNumberOfMessagesNotVisible"))
                .isEqualTo("1");
    }
}
