// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.TRACE;
import static dev.clew.queues.Server.arn;
import static dev.clew.queues.Server.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way into a dead letter queue and back. */
class DeadLetterTest {
    private final Server server = Server.start();

    private void createQueues() {
        server.create("dead");
        server.createWithDeadLetters("orders", "dead", 2, "VisibilityTimeout", "0");
    }

    private void sendTraced(String queue) {
        server.call(
                        "SendMessage",
                        Map.of(
                                "QueueUrl",
                                url(queue),
                                "MessageBody",
                                "poison",
                                "MessageAttributes",
                                Map.of("kind", Map.of("DataType", "String", "StringValue", "bad")),
                                "MessageSystemAttributes",
                                Map.of("AWSTraceHeader", Map.of("DataType", "String", "StringValue", TRACE))))
                .ok();
    }

    @Test
    void movesWhatWasReceivedTooOftenWithAllItCarries() {
        createQueues();
        sendTraced("orders");
        var id = server.receive("orders").getFirst().path("MessageId");
        server.receive("orders");
        assertThat(server.receive("dead")).isEmpty(); // only the next receive would be one too many
        assertThat(server.receive("orders")).isEmpty();

        var dead = server.receive("dead").getFirst();
        assertThat(dead.path("MessageId")).isEqualTo(id);
        assertThat(dead.path("Body").asString()).isEqualTo("poison");
        assertThat(dead.at("/MessageAttributes/kind/StringValue").asString()).isEqualTo("bad");
        assertThat(dead.at("/Attributes/AWSTraceHeader").asString()).isEqualTo(TRACE);
        assertThat(dead.at("/Attributes/DeadLetterQueueSourceArn").asString()).isEqualTo(arn("orders"));
        assertThat(dead.at("/Attributes/ApproximateReceiveCount").asString()).isEqualTo("3");
        assertThat(dead.at("/Attributes/SentTimestamp").asString()).isEqualTo("1786096800000");
        assertThat(server.attribute("orders", "ApproximateNumberOfMessages")).isEqualTo("0");
    }

    @Test
    void deliversOthersWhileItMovesOne() {
        createQueues();
        sendTraced("orders");
        server.receive("orders");
        server.receive("orders");
        server.send("orders", "good");
        assertThat(server.bodies("orders")).containsExactly("good");
        assertThat(server.bodies("dead")).containsExactly("poison");
    }

    @Test
    void keepsDeliveringIfTheDeadLetterQueueIsGone() {
        createQueues();
        sendTraced("orders");
        server.call("DeleteQueue", Map.of("QueueUrl", url("dead"))).ok();
        for (int i = 0; i < 4; i++) {
            assertThat(server.receive("orders")).hasSize(1);
        }
    }

    @Test
    void aFifoQueueGoesOnBehindAPoisonMessage() {
        server.create("dead.fifo", "FifoQueue", "true");
        server.createWithDeadLetters(
                "orders.fifo",
                "dead.fifo",
                1,
                "FifoQueue",
                "true",
                "ContentBasedDeduplication",
                "true",
                "VisibilityTimeout",
                "0");
        server.sendFifo("orders.fifo", "a", "poison");
        server.sendFifo("orders.fifo", "a", "next");
        assertThat(server.receive("orders.fifo", 1).getFirst().path("Body").asString())
                .isEqualTo("poison");
        assertThat(server.bodies("orders.fifo")).containsExactly("next");
        var dead = server.receive("dead.fifo").getFirst();
        assertThat(dead.path("Body").asString()).isEqualTo("poison");
        assertThat(dead.at("/Attributes/MessageDeduplicationId")).isEqualTo(dead.path("MessageId"));
        assertThat(dead.at("/Attributes/MessageGroupId").asString()).isEqualTo("a");
    }

    @Test
    void listsTheSourcesOfADeadLetterQueue() {
        createQueues();
        server.create("unrelated");
        var listed = server.call("ListDeadLetterSourceQueues", Map.of("QueueUrl", url("dead")))
                .ok();
        assertThat(listed.path("queueUrls").valueStream().map(JsonNode::asString))
                .containsExactly(url("orders"));
    }

    private void bury(int messages) {
        for (int i = 0; i < messages; i++) {
            server.send("orders", "m" + i);
        }
        for (int i = 0; i <= messages / 10 * 2 + 2; i++) {
            while (!server.receive("orders").isEmpty()) {
                // until each was received twice
            }
        }
        assertThat(server.attribute("dead", "ApproximateNumberOfMessages")).isEqualTo("" + messages);
    }

    private JsonNode task() {
        return server.call("ListMessageMoveTasks", Map.of("SourceArn", arn("dead")))
                .ok()
                .at("/Results/0");
    }

    @Test
    void movesDeadLettersBackAsNewMessages() {
        createQueues();
        sendTraced("orders");
        for (int i = 0; i < 3; i++) {
            server.receive("orders");
        }
        server.clock.advance(Duration.ofSeconds(60));
        var handle = server.call("StartMessageMoveTask", Map.of("SourceArn", arn("dead")))
                .ok()
                .path("TaskHandle")
                .asString();
        assertThat(task().path("Status").asString()).isEqualTo("RUNNING");
        assertThat(task().path("TaskHandle").asString()).isEqualTo(handle);
        server.queues.tick();

        assertThat(task().toString())
                .isEqualTo("{\"Status\":\"COMPLETED\",\"SourceArn\":\"" + arn("dead")
                        + "\",\"ApproximateNumberOfMessagesMoved\":1,\"ApproximateNumberOfMessagesToMove\":1,"
                        + "\"StartedTimestamp\":1786096860000}");
        var back = server.receive("orders").getFirst();
        assertThat(back.at("/Attributes/ApproximateReceiveCount").asString()).isEqualTo("1");
        assertThat(back.at("/Attributes/SentTimestamp").asString()).isEqualTo("1786096860000");
        assertThat(back.at("/Attributes/AWSTraceHeader").asString()).isEqualTo(TRACE);
        assertThat(back.at("/MessageAttributes/kind/StringValue").asString()).isEqualTo("bad");
        assertThat(back.at("/Attributes").has("DeadLetterQueueSourceArn")).isFalse();
        assertThat(server.receive("dead")).isEmpty();
    }

    @Test
    void movesAtTheRateThatWasAskedForAcrossARestart() {
        createQueues();
        bury(25);
        server.create("elsewhere");
        server.call(
                        "StartMessageMoveTask",
                        Map.of(
                                "SourceArn", arn("dead"),
                                "DestinationArn", arn("elsewhere"),
                                "MaxNumberOfMessagesPerSecond", 12))
                .ok();
        server.queues.tick();
        server.queues.tick();
        assertThat(server.attribute("elsewhere", "ApproximateNumberOfMessages")).isEqualTo("12");

        var restarted = server.restarted();
        restarted.clock.advance(Duration.ofSeconds(1));
        restarted.queues.tick();
        assertThat(restarted.attribute("elsewhere", "ApproximateNumberOfMessages"))
                .isEqualTo("24");
        restarted.clock.advance(Duration.ofSeconds(1));
        restarted.queues.tick();
        assertThat(restarted.attribute("elsewhere", "ApproximateNumberOfMessages"))
                .isEqualTo("25");
        assertThat(restarted
                        .call("ListMessageMoveTasks", Map.of("SourceArn", arn("dead"), "MaxResults", 10))
                        .ok()
                        .at("/Results/0/Status")
                        .asString())
                .isEqualTo("COMPLETED");
    }

    @Test
    void cancelsATaskBetweenItsSteps() {
        createQueues();
        bury(3);
        var handle = server.call(
                        "StartMessageMoveTask", Map.of("SourceArn", arn("dead"), "MaxNumberOfMessagesPerSecond", 1))
                .ok()
                .path("TaskHandle")
                .asString();
        server.call("StartMessageMoveTask", Map.of("SourceArn", arn("dead")))
                .refused(
                        "AWS.SimpleQueueService.UnsupportedOperation",
                        "There is already a task running. Only one active task is allowed for a source queue arn at a"
                                + " given time.");
        server.queues.tick();
        var cancelled = server.call("CancelMessageMoveTask", Map.of("TaskHandle", handle));
        assertThat(cancelled.ok().path("ApproximateNumberOfMessagesMoved").asInt())
                .isEqualTo(1);
        server.clock.advance(Duration.ofSeconds(10));
        server.queues.tick();
        assertThat(server.attribute("dead", "ApproximateNumberOfMessages")).isEqualTo("2");
        assertThat(task().path("Status").asString()).isEqualTo("CANCELLED");
        assertThat(task().has("TaskHandle")).isFalse();
        server.call("CancelMessageMoveTask", Map.of("TaskHandle", handle))
                .refused("AWS.SimpleQueueService.UnsupportedOperation", "Only active tasks can be cancelled.");
    }

    @Test
    void failsATaskThatDoesNotKnowWhereTo() {
        createQueues();
        server.send("dead", "sent here directly");
        server.call("StartMessageMoveTask", Map.of("SourceArn", arn("dead"))).ok();
        server.queues.tick();
        assertThat(task().path("Status").asString()).isEqualTo("FAILED");
        assertThat(task().path("FailureReason").asString()).isEqualTo("CouldNotDetermineMessageSource");
        assertThat(server.receive("dead")).hasSize(1);
    }

    @Test
    void refusesToMoveFromAndToWhatIsNotThere() {
        createQueues();
        server.call("StartMessageMoveTask", Map.of("SourceArn", arn("nope")))
                .refused(
                        "ResourceNotFoundException",
                        "The resource that you specified for the SourceArn parameter doesn't exist.");
        server.call("StartMessageMoveTask", Map.of("SourceArn", arn("dead"), "DestinationArn", arn("nope")))
                .refused(
                        "ResourceNotFoundException",
                        "The resource that you specified for the DestinationArn parameter doesn't exist.");
        server.call("StartMessageMoveTask", Map.of("SourceArn", arn("orders")))
                .refused("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.");
        server.call("CancelMessageMoveTask", Map.of("TaskHandle", "nonsense"))
                .refused("InvalidParameterValue", "Value for parameter TaskHandle is invalid.");
    }

    @Test
    void checksRedrivePolicies() {
        server.create("dead.fifo", "FifoQueue", "true");
        server.create("closed", "RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}");
        server.create(
                "picky",
                "RedriveAllowPolicy",
                "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + arn("friend") + "\"]}");
        server.createWithDeadLetters("friend", "picky", 1);
        for (var target : List.of("nope", "dead.fifo", "closed", "picky")) {
            var policy = "{\"deadLetterTargetArn\":\"" + arn(target) + "\",\"maxReceiveCount\":\"3\"}";
            assertThat(create(policy).queryError()).as(target).isEqualTo("InvalidParameterValue;Sender");
        }
        for (var policy : List.of(
                "[]",
                "nonsense",
                "{\"deadLetterTargetArn\":\"" + arn("friend") + "\"}",
                "{\"maxReceiveCount\":3}",
                "{\"deadLetterTargetArn\":\"" + arn("friend") + "\",\"maxReceiveCount\":1001}",
                "{\"deadLetterTargetArn\":\"" + arn("friend") + "\",\"maxReceiveCount\":0}")) {
            assertThat(create(policy).queryError()).as(policy).isEqualTo("InvalidParameterValue;Sender");
        }
        create("{\"deadLetterTargetArn\":\"" + arn("friend") + "\",\"maxReceiveCount\":\"3\"}")
                .ok();
    }

    private Answer create(String policy) {
        return server.call("CreateQueue", Map.of("QueueName", "orders", "Attributes", Map.of("RedrivePolicy", policy)));
    }
}
