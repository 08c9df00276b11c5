// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.TRACE;
import static dev.clew.queues.Server.arn;
import static dev.clew.queues.Server.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages in a standard queue. */
class StandardQueueTest {
    private final Server server = Server.start();

    @BeforeEach
    void createQueue() {
        server.create("orders");
    }

    @Test
    void deliversWhatWasSentAndHidesItForTheVisibilityTimeout() {
        var sent = server.send("orders", "hello");
        assertThat(sent.path("MD5OfMessageBody").asString()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(sent.has("SequenceNumber")).isFalse();

        var received = server.receive("orders").getFirst();
        assertThat(received.path("MessageId")).isEqualTo(sent.path("MessageId"));
        assertThat(received.path("Body").asString()).isEqualTo("hello");
        assertThat(received.path("MD5OfBody").asString()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(server.receive("orders")).isEmpty();

        server.clock.advance(Duration.ofSeconds(29));
        assertThat(server.receive("orders")).isEmpty();
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(server.bodies("orders")).containsExactly("hello");
    }

    @Test
    void anEmptyReceiveAnswersAnEmptyObject() {
        assertThat(server.call("ReceiveMessage", Map.of("QueueUrl", url("orders")))
                        .ok()
                        .toString())
                .isEqualTo("{}");
    }

    @Test
    void tellsTimesAndCountsOfReceives() {
        server.send("orders", "hello");
        server.clock.advance(Duration.ofSeconds(5));
        var first = server.receive("orders").getFirst().path("Attributes");
        server.clock.advance(Duration.ofSeconds(30));
        var second = server.receive("orders").getFirst().path("Attributes");

        assertThat(first.path("SenderId").asString()).isEqualTo("111111111111");
        assertThat(first.path("SentTimestamp").asString()).isEqualTo("1786096800000");
        assertThat(first.path("ApproximateReceiveCount").asString()).isEqualTo("1");
        assertThat(first.path("ApproximateFirstReceiveTimestamp").asString()).isEqualTo("1786096805000");
        assertThat(second.path("ApproximateReceiveCount").asString()).isEqualTo("2");
        assertThat(second.path("ApproximateFirstReceiveTimestamp").asString()).isEqualTo("1786096805000");
    }

    @Test
    void givesOnlyTheAttributesThatWereAskedFor() {
        var attributes = Map.of(
                "order.id", Map.of("DataType", "String", "StringValue", "1"),
                "order.total", Map.of("DataType", "Number.eur", "StringValue", "9.50"),
                "blob", Map.of("DataType", "Binary", "BinaryValue", "AQID"));
        server.call(
                        "SendMessage",
                        Map.of("QueueUrl", url("orders"), "MessageBody", "x", "MessageAttributes", attributes))
                .ok();

        assertThat(receiveWith(List.of(), List.of()).has("MessageAttributes")).isFalse();
        assertThat(names(receiveWith(List.of("order.*"), List.of()))).containsExactly("order.id", "order.total");
        assertThat(names(receiveWith(List.of("blob"), List.of()))).containsExactly("blob");
        assertThat(names(receiveWith(List.of(".*"), List.of()))).hasSize(3);
        var message = receiveWith(List.of("All"), List.of("SentTimestamp"));
        assertThat(names(message)).hasSize(3);
        assertThat(message.path("Attributes").propertyNames()).containsExactly("SentTimestamp");
        assertThat(message.at("/MessageAttributes/blob/BinaryValue").asString()).isEqualTo("AQID");
        assertThat(message.at("/MessageAttributes/order.total/DataType").asString())
                .isEqualTo("Number.eur");
    }

    private JsonNode receiveWith(List<String> attributes, List<String> system) {
        return server.call(
                        "ReceiveMessage",
                        Map.of(
                                "QueueUrl",
                                url("orders"),
                                "VisibilityTimeout",
                                0,
                                "MessageAttributeNames",
                                attributes,
                                "AttributeNames",
                                system))
                .ok()
                .at("/Messages/0");
    }

    private static List<String> names(JsonNode message) {
        return message.path("MessageAttributes")
                .propertyStream()
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Test
    void carriesTheTraceHeaderOfTheAttributeBeforeThatOfTheRequest() {
        var other = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0";
        var plain = Map.of("QueueUrl", url("orders"), "MessageBody", "by request");
        var explicit = Map.of(
                "QueueUrl",
                url("orders"),
                "MessageBody",
                "by attribute",
                "MessageSystemAttributes",
                Map.of("AWSTraceHeader", Map.of("DataType", "String", "StringValue", TRACE)));
        var headers = Map.of("X-Amzn-Trace-Id", other);
        assertThat(server.call("SendMessage", plain, headers).ok().has("MD5OfMessageSystemAttributes"))
                .isFalse();
        assertThat(server.call("SendMessage", explicit, headers).ok().has("MD5OfMessageSystemAttributes"))
                .isTrue();

        var received = server.receive("orders");
        assertThat(received.get(0).at("/Attributes/AWSTraceHeader").asString()).isEqualTo(other);
        assertThat(received.get(1).at("/Attributes/AWSTraceHeader").asString()).isEqualTo(TRACE);
    }

    @Test
    void delaysByTheMessageOrElseByTheQueue() {
        server.create("slow", "DelaySeconds", "10");
        server.send("slow", "late");
        server.call("SendMessage", Map.of("QueueUrl", url("slow"), "MessageBody", "now", "DelaySeconds", 0))
                .ok();
        assertThat(server.attribute("slow", "ApproximateNumberOfMessagesDelayed"))
                .isEqualTo("1");
        assertThat(server.bodies("slow")).containsExactly("now");
        server.clock.advance(Duration.ofSeconds(10));
        assertThat(server.bodies("slow")).containsExactly("late");
    }

    @Test
    void countsWhatIsThere() {
        for (int i = 0; i < 3; i++) {
            server.send("orders", "m" + i);
        }
        server.receive("orders", 1);
        assertThat(server.attribute("orders", "ApproximateNumberOfMessages")).isEqualTo("2");
        assertThat(server.attribute("orders", "ApproximateNumberOfMessagesNotVisible"))
                .isEqualTo("1");
    }

    @Test
    void deletesByTheLatestReceiptOnly() {
        server.send("orders", "hello");
        var old = handle(server.receive("orders").getFirst());
        server.clock.advance(Duration.ofSeconds(30));
        var latest = handle(server.receive("orders").getFirst());

        server.delete("orders", old).ok(); // succeeds and deletes nothing: somebody else is at work on it
        server.clock.advance(Duration.ofSeconds(30));
        assertThat(server.receive("orders")).hasSize(1);

        server.delete("orders", latest).ok(); // not the latest any more either
        server.clock.advance(Duration.ofSeconds(30));
        server.delete("orders", handle(server.receive("orders").getFirst())).ok();
        server.clock.advance(Duration.ofSeconds(30));
        assertThat(server.receive("orders")).isEmpty();
    }

    @Test
    void deletesAgainWithoutComplaint() {
        server.send("orders", "hello");
        var handle = handle(server.receive("orders").getFirst());
        server.delete("orders", handle).ok();
        server.delete("orders", handle).ok();
    }

    @Test
    void refusesHandlesThatItNeverGaveOut() {
        server.create("other");
        server.send("other", "hello");
        var foreign = handle(server.receive("other").getFirst());
        for (var handle : List.of("nonsense", "AAAA", foreign)) {
            server.delete("orders", handle)
                    .refused(
                            "ReceiptHandleIsInvalid",
                            "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
        }
    }

    @Test
    void changesForHowLongAMessageIsHidden() {
        server.send("orders", "hello");
        var handle = handle(server.receive("orders").getFirst());
        changeVisibility(handle, 100).ok();
        server.clock.advance(Duration.ofSeconds(99));
        assertThat(server.receive("orders")).isEmpty();
        changeVisibility(handle, 0).ok();
        assertThat(server.bodies("orders")).containsExactly("hello");
    }

    @Test
    void refusesToHideWhatIsNotInFlight() {
        server.send("orders", "hello");
        var handle = handle(server.receive("orders").getFirst());
        changeVisibility(handle, 43_200).ok();
        server.clock.advance(Duration.ofSeconds(1));
        changeVisibility(handle, 43_200)
                .refused(
                        "InvalidParameterValue",
                        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for"
                                + " the message is beyond the limit [43200 seconds]");
        changeVisibility(handle, 0).ok();
        changeVisibility(handle, 10)
                .refused("AWS.SimpleQueueService.MessageNotInflight", "The specified message isn't in flight.");
        server.delete("orders", handle).ok();
        changeVisibility(handle, 10)
                .refused(
                        "InvalidParameterValue",
                        "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or"
                                + " is not available for visibility timeout change.");
    }

    private Answer changeVisibility(String handle, int seconds) {
        return server.call(
                "ChangeMessageVisibility",
                Map.of("QueueUrl", url("orders"), "ReceiptHandle", handle, "VisibilityTimeout", seconds));
    }

    @Test
    void forgetsMessagesThatAreTooOld() {
        server.create("brief", "MessageRetentionPeriod", "60");
        server.send("brief", "old");
        server.clock.advance(Duration.ofSeconds(59));
        server.send("brief", "young");
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(server.attribute("brief", "ApproximateNumberOfMessages")).isEqualTo("1");
        assertThat(server.bodies("brief")).containsExactly("young");
    }

    @Test
    void sweepsQueuesThatNobodyLooksAt() {
        server.create("brief", "MessageRetentionPeriod", "60");
        IntStream.range(0, 5).forEach(i -> server.send("brief", "m" + i));
        server.clock.advance(Duration.ofSeconds(60));
        server.queues.tick();
        long held = server.queues.ledger().decide(turn -> turn.state().held());
        assertThat(held).isZero();
    }

    @Test
    void purgesOnceAMinute() {
        server.send("orders", "hello");
        server.call("PurgeQueue", Map.of("QueueUrl", url("orders"))).ok();
        assertThat(server.receive("orders")).isEmpty();
        server.clock.advance(Duration.ofSeconds(59));
        var refused = server.call("PurgeQueue", Map.of("QueueUrl", url("orders")));
        refused.refused(
                "AWS.SimpleQueueService.PurgeQueueInProgress",
                "Only one PurgeQueue operation on orders is allowed every 60 seconds.");
        assertThat(refused.status()).isEqualTo(403);
        server.clock.advance(Duration.ofSeconds(1));
        server.call("PurgeQueue", Map.of("QueueUrl", url("orders"))).ok();
    }

    @Test
    void limitsWhatIsInFlight() {
        var small = Server.start(new QueuesConfig(Duration.ZERO, 10, 100, 2, 10));
        small.create("orders");
        for (int i = 0; i < 4; i++) {
            small.send("orders", "m" + i);
        }
        assertThat(small.receive("orders")).hasSize(2);
        assertThat(small.call("ReceiveMessage", Map.of("QueueUrl", url("orders")))
                        .queryError())
                .isEqualTo("OverLimit;Sender");
    }

    @Test
    void refusesMoreMessagesThanItCanHold() {
        var small = Server.start(new QueuesConfig(Duration.ZERO, 10, 3, 10, 10));
        small.create("orders");
        IntStream.range(0, 3).forEach(i -> small.send("orders", "m" + i));
        assertThat(small.call("SendMessage", Map.of("QueueUrl", url("orders"), "MessageBody", "x"))
                        .queryError())
                .isEqualTo("RequestThrottled;Sender");
        small.delete("orders", handle(small.receive("orders").getFirst())).ok();
        small.send("orders", "fits again");
    }

    @Test
    void namesQueuesByWhateverHostTheClientKnows() {
        server.send("orders", "hello");
        for (var form : List.of(
                "http://127.0.0.1:9999/111111111111/orders",
                "https://sqs.us-east-1.amazonaws.com/111111111111/orders",
                "http://sqs.us-east-1.localhost:4566/111111111111/orders",
                "http://us-east-1.queue.localhost:4566/111111111111/orders",
                "/111111111111/orders")) {
            server.call("GetQueueAttributes", Map.of("QueueUrl", form)).ok();
        }
        for (var form : List.of(
                "http://sqs.eu-west-1.localhost:4566/111111111111/orders",
                url("nope"),
                "orders",
                "http://localhost:4566/222222222222/orders",
                "http://localhost:4566/")) {
            server.call("GetQueueAttributes", Map.of("QueueUrl", form))
                    .refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
        }
        assertThat(server.attribute("orders", "QueueArn")).isEqualTo(arn("orders"));
    }

    private static String handle(JsonNode message) {
        return message.path("ReceiptHandle").asString();
    }
}
