// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.arn;
import static dev.clew.queues.Server.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queues themselves: made, described, changed, listed, deleted; before and after a restart. */
class QueueControlTest {
    private final Server server = Server.start();

    @Test
    void describesAFreshQueueByItsDefaults() {
        assertThat(server.create("orders")).isEqualTo("http://localhost:4566/111111111111/orders");
        var attributes = server.call(
                        "GetQueueAttributes", Map.of("QueueUrl", url("orders"), "AttributeNames", List.of("All")))
                .ok()
                .path("Attributes");
        assertThat(JsonMapper.shared().convertValue(attributes, Map.class))
                .isEqualTo(Map.ofEntries(
                        Map.entry("QueueArn", arn("orders")),
                        Map.entry("VisibilityTimeout", "30"),
                        Map.entry("DelaySeconds", "0"),
                        Map.entry("ReceiveMessageWaitTimeSeconds", "0"),
                        Map.entry("MessageRetentionPeriod", "345600"),
                        Map.entry("MaximumMessageSize", "1048576"),
                        Map.entry("SqsManagedSseEnabled", "true"),
                        Map.entry("CreatedTimestamp", "1786096800"),
                        Map.entry("LastModifiedTimestamp", "1786096800"),
                        Map.entry("ApproximateNumberOfMessages", "0"),
                        Map.entry("ApproximateNumberOfMessagesNotVisible", "0"),
                        Map.entry("ApproximateNumberOfMessagesDelayed", "0")));
    }

    @Test
    void createsTheSameQueueAgainButNoOtherOfItsName() {
        server.create("orders", "DelaySeconds", "1");
        server.create("orders", "DelaySeconds", "1");
        server.create("orders");
        server.call("CreateQueue", Map.of("QueueName", "orders", "Attributes", Map.of("DelaySeconds", "2")))
                .refused(
                        "QueueAlreadyExists",
                        "A queue already exists with the same name and a different value for attribute DelaySeconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "slash/", "dot.ted", "", ".fifo"})
    void refusesNamesThatNoQueueHas(String name) {
        var answer = server.call("CreateQueue", Map.of("QueueName", name));
        assertThat(answer.queryError()).isIn("InvalidParameterValue;Sender", "MissingParameter;Sender");
        assertThat(server.call("CreateQueue", Map.of("QueueName", "a".repeat(81)))
                        .queryError())
                .isEqualTo("InvalidParameterValue;Sender");
        server.create("a".repeat(80));
    }

    @Test
    void tellsFifoQueuesByTheirNames() {
        for (var attempt : List.of(
                Map.of("QueueName", "orders.fifo"),
                Map.of("QueueName", "orders", "Attributes", Map.of("FifoQueue", "true")))) {
            server.call("CreateQueue", attempt)
                    .refused(
                            "InvalidParameterValue",
                            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                                    + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }
        server.call("CreateQueue", Map.of("QueueName", "orders", "Attributes", Map.of("FifoQueue", "false")))
                .refused("InvalidAttributeName", "Unknown Attribute FifoQueue.");
        server.create("orders.fifo", "FifoQueue", "true");
        assertThat(server.attribute("orders.fifo", "FifoQueue")).isEqualTo("true");
        assertThat(server.attribute("orders.fifo", "DeduplicationScope")).isEqualTo("queue");
    }

    @ParameterizedTest
    @CsvSource({
        "VisibilityTimeout, 0, 43200",
        "DelaySeconds, 0, 900",
        "ReceiveMessageWaitTimeSeconds, 0, 20",
        "MessageRetentionPeriod, 60, 1209600",
        "MaximumMessageSize, 1024, 1048576",
    })
    void holdsAttributesToTheirRanges(String name, int least, int most) {
        server.create("orders");
        for (var wrong : List.of("" + (least - 1), "" + (most + 1), "many", "")) {
            set("orders", name, wrong)
                    .refused("InvalidAttributeValue", "Invalid value for the parameter " + name + '.');
        }
        for (int right : List.of(least, most)) {
            set("orders", name, "" + right).ok();
            assertThat(server.attribute("orders", name)).isEqualTo("" + right);
        }
    }

    @Test
    void refusesAttributesThatItDoesNotKnow() {
        server.create("orders");
        set("orders", "Colour", "red").refused("InvalidAttributeName", "Unknown Attribute Colour.");
        set("orders", "QueueArn", "x").refused("InvalidAttributeName", "Unknown Attribute QueueArn.");
        server.call("GetQueueAttributes", Map.of("QueueUrl", url("orders"), "AttributeNames", List.of("Colour")))
                .refused("InvalidAttributeName", "Unknown Attribute Colour.");
        set("orders", "Policy", "nonsense").refused("InvalidAttributeValue", "Invalid value for the parameter Policy.");
    }

    private Answer set(String queue, String name, String value) {
        return server.call("SetQueueAttributes", Map.of("QueueUrl", url(queue), "Attributes", Map.of(name, value)));
    }

    @Test
    void anEmptyDocumentTakesAnAttributeAway() {
        server.create("dead");
        server.createWithDeadLetters("orders", "dead", 3);
        server.clock.advance(Duration.ofSeconds(5));
        set("orders", "RedrivePolicy", "").ok();
        assertThat(server.attribute("orders", "RedrivePolicy")).isEmpty();
        assertThat(server.attribute("orders", "LastModifiedTimestamp")).isEqualTo("1786096805");
    }

    @Test
    void makesAQueueAnewOnlyAfterAMinute() {
        server.create("orders");
        server.send("orders", "lost");
        server.call("DeleteQueue", Map.of("QueueUrl", url("orders"))).ok();
        server.call("GetQueueUrl", Map.of("QueueName", "orders"))
                .refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
        server.clock.advance(Duration.ofSeconds(59));
        server.restarted()
                .call("CreateQueue", Map.of("QueueName", "orders"))
                .refused(
                        "AWS.SimpleQueueService.QueueDeletedRecently",
                        "You must wait 60 seconds after deleting a queue before you can create another with the same"
                                + " name.");
        server.clock.advance(Duration.ofSeconds(1));
        server.create("orders");
        assertThat(server.receive("orders")).isEmpty();
    }

    @Test
    void listsQueuesByPrefixAndPage() {
        IntStream.range(0, 5).forEach(i -> server.create("q" + i));
        server.create("other");
        assertThat(urls(server.call("ListQueues", Map.of("QueueNamePrefix", "q"))
                        .ok()))
                .hasSize(5);
        assertThat(urls(server.call("ListQueues", Map.of()).ok())).hasSize(6).contains(url("other"));
        assertThat(server.call("ListQueues", Map.of("QueueNamePrefix", "zzz"))
                        .ok()
                        .toString())
                .isEqualTo("{}");

        var first = server.call("ListQueues", Map.of("QueueNamePrefix", "q", "MaxResults", 3))
                .ok();
        assertThat(urls(first)).containsExactly(url("q0"), url("q1"), url("q2"));
        var second = server.call(
                        "ListQueues",
                        Map.of(
                                "QueueNamePrefix",
                                "q",
                                "MaxResults",
                                3,
                                "NextToken",
                                first.path("NextToken").asString()))
                .ok();
        assertThat(urls(second)).containsExactly(url("q3"), url("q4"));
        assertThat(second.has("NextToken")).isFalse();
    }

    private static List<String> urls(JsonNode answer) {
        return answer.path("QueueUrls").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void keepsAttributesTagsAndPolicyAcrossARestart() {
        server.create("orders", "DelaySeconds", "7");
        server.call("TagQueue", Map.of("QueueUrl", url("orders"), "Tags", Map.of("team", "a", "env", "b")))
                .ok();
        server.call("UntagQueue", Map.of("QueueUrl", url("orders"), "TagKeys", List.of("env")))
                .ok();
        server.call(
                        "AddPermission",
                        Map.of(
                                "QueueUrl", url("orders"),
                                "Label", "partner",
                                "AWSAccountIds", List.of("222222222222"),
                                "Actions", List.of("SendMessage")))
                .ok();
        var policy = server.attribute("orders", "Policy");

        var restarted = server.restarted();
        assertThat(restarted.attribute("orders", "DelaySeconds")).isEqualTo("7");
        assertThat(restarted.attribute("orders", "Policy")).isEqualTo(policy);
        assertThat(restarted
                        .call("ListQueueTags", Map.of("QueueUrl", url("orders")))
                        .ok()
                        .toString())
                .isEqualTo("{\"Tags\":{\"team\":\"a\"}}");
    }

    @Test
    void writesPermissionsIntoThePolicy() {
        server.create("orders");
        var add = Map.of(
                "QueueUrl",
                url("orders"),
                "Label",
                "partner",
                "AWSAccountIds",
                List.of("222222222222"),
                "Actions",
                List.of("SendMessage", "ReceiveMessage"));
        server.call("AddPermission", add).ok();
        assertThat(JsonMapper.shared().readTree(server.attribute("orders", "Policy")))
                .isEqualTo(JsonMapper.shared().readTree("""
                    {"Version": "2012-10-17", "Id": "arn:aws:sqs:us-east-1:111111111111:orders/SQSDefaultPolicy",
                     "Statement": [{"Sid": "partner", "Effect": "Allow",
                       "Principal": {"AWS": ["arn:aws:iam::222222222222:root"]},
                       "Action": ["SQS:SendMessage", "SQS:ReceiveMessage"],
                       "Resource": "arn:aws:sqs:us-east-1:111111111111:orders"}]}\
                    """));
        server.call("AddPermission", add)
                .refused(
                        "InvalidParameterValue",
                        "Value partner for parameter Label is invalid. Reason: Already exists.");

        var remove = Map.of("QueueUrl", url("orders"), "Label", "partner");
        server.call("RemovePermission", remove).ok();
        assertThat(server.attribute("orders", "Policy")).isEmpty();
        server.call("RemovePermission", remove)
                .refused(
                        "InvalidParameterValue",
                        "Value partner for parameter Label is invalid. Reason: can't find label.");
    }
}
