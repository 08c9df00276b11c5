// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static dev.clew.queues.Server.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a queue refuses, in the words of the original; batches. */
class SendLimitsTest {
    private final Server server = Server.start();

    @BeforeEach
    void createQueue() {
        server.create("orders");
    }

    private Answer send(Map<String, Object> more) {
        var input = new HashMap<String, Object>(Map.of("QueueUrl", url("orders"), "MessageBody", "x"));
        input.putAll(more);
        return server.call("SendMessage", input);
    }

    @Test
    void namesWhatIsMissing() {
        server.call("SendMessage", Map.of("QueueUrl", url("orders")))
                .refused("MissingParameter", "The request must contain the parameter MessageBody.");
        send(Map.of("MessageBody", ""))
                .refused("MissingParameter", "The request must contain the parameter MessageBody.");
        server.call("SendMessage", Map.of("MessageBody", "x"))
                .refused("MissingParameter", "The request must contain the parameter QueueUrl.");
    }

    @Test
    void countsBodyAndAttributesTowardTheSize() {
        send(Map.of("MessageBody", "x".repeat(1_048_576))).ok();
        var tooLong = "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.";
        send(Map.of("MessageBody", "x".repeat(1_048_577))).refused("InvalidParameterValue", tooLong);
        var attribute = Map.of("a", Map.of("DataType", "String", "StringValue", "12")); // 9 bytes in all
        send(Map.of("MessageBody", "x".repeat(1_048_567), "MessageAttributes", attribute))
                .ok();
        send(Map.of("MessageBody", "x".repeat(1_048_568), "MessageAttributes", attribute))
                .refused("InvalidParameterValue", tooLong);
        var trace = Map.of("AWSTraceHeader", Map.of("DataType", "String", "StringValue", Server.TRACE));
        send(Map.of("MessageBody", "x".repeat(1_048_576), "MessageSystemAttributes", trace))
                .ok(); // not counted

        server.create("small", "MaximumMessageSize", "1024");
        server.call("SendMessage", Map.of("QueueUrl", url("small"), "MessageBody", "é".repeat(513)))
                .refused(
                        "InvalidParameterValue",
                        "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.");
    }

    @Test
    void refusesCharactersThatXmlCannotCarry() {
        for (var wrong : List.of("\u0000", "a\u0008", "\uFFFE")) {
            assertThat(send(Map.of("MessageBody", wrong)).queryError()).isEqualTo("InvalidMessageContents;Sender");
        }
        var half = "{\"QueueUrl\":\"" + url("orders") + "\",\"MessageBody\":\"\\ud800x\"}";
        assertThat(Answer.of(server.send(Server.json("SendMessage", half, Map.of())))
                        .queryError())
                .isEqualTo("InvalidMessageContents;Sender");
        send(Map.of("MessageBody", "\t\r\n \uD83D\uDE00 \uE000")).ok();
    }

    @Test
    void checksAttributes() {
        refusedAttribute(Map.of("DataType", "Set", "StringValue", "x"));
        refusedAttribute(Map.of("DataType", "String"));
        refusedAttribute(Map.of("DataType", "String", "StringValue", ""));
        refusedAttribute(Map.of("DataType", "Binary", "StringValue", "x"));
        refusedAttribute(Map.of("DataType", "Number", "StringValue", "x"));
        refusedAttribute(Map.of("StringValue", "x"));
        var eleven = new HashMap<String, Object>();
        IntStream.range(0, 11).forEach(i -> eleven.put("a" + i, Map.of("DataType", "String", "StringValue", "x")));
        send(Map.of("MessageAttributes", eleven))
                .refused(
                        "InvalidParameterValue", "Number of message attributes [11] exceeds the allowed maximum [10].");
        for (var name : List.of("AWS.x", "amazon.x", ".x", "x.", "x..y", "x y")) {
            assertThat(send(Map.of("MessageAttributes", Map.of(name, Map.of("DataType", "String", "StringValue", "x"))))
                            .queryError())
                    .isEqualTo("InvalidParameterValue;Sender");
        }
    }

    private void refusedAttribute(Map<String, String> value) {
        assertThat(send(Map.of("MessageAttributes", Map.of("a", value))).queryError())
                .as("%s", value)
                .isEqualTo("InvalidParameterValue;Sender");
    }

    @Test
    void takesNoSystemAttributeButTheTraceHeaderAsAString() {
        for (var system : List.of(
                Map.of("AWSTraceHeader", Map.of("DataType", "Number", "StringValue", "1")),
                Map.of("AWSTraceHeader", Map.of("DataType", "String", "StringValue", "")),
                Map.of("SenderId", Map.of("DataType", "String", "StringValue", "me")))) {
            assertThat(send(Map.of("MessageSystemAttributes", system)).queryError())
                    .isEqualTo("InvalidParameterValue;Sender");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MaxNumberOfMessages | 0  | Must be between 1 and 10, if provided.",
                "MaxNumberOfMessages | 11 | Must be between 1 and 10, if provided.",
                "WaitTimeSeconds     | 21 | Must be >= 0 and <= 20, if provided.",
                "WaitTimeSeconds     | -1 | Must be >= 0 and <= 20, if provided.",
            })
    void holdsReceivesToTheirRanges(String parameter, int value, String reason) {
        server.call("ReceiveMessage", Map.of("QueueUrl", url("orders"), parameter, value))
                .refused(
                        "InvalidParameterValue",
                        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
    }

    @Test
    void refusesSystemAttributesThatNoMessageHas() {
        server.call(
                        "ReceiveMessage",
                        Map.of("QueueUrl", url("orders"), "MessageSystemAttributeNames", List.of("Colour")))
                .refused("InvalidAttributeName", "Unknown Attribute Colour.");
    }

    @Test
    void aBatchAnswersEachEntryOnItsOwn() {
        var answer = batch(List.of(
                        Map.of("Id", "good", "MessageBody", "x"),
                        Map.of("Id", "bad", "MessageBody", "x", "DelaySeconds", 901),
                        Map.of("Id", "empty", "MessageBody", "")))
                .ok();
        assertThat(ids(answer, "Successful")).containsExactly("good");
        assertThat(answer.at("/Successful/0/MD5OfMessageBody").asString())
                .isEqualTo("9dd4e461268c8034f5c8564e155c67a6");
        assertThat(answer.at("/Failed/0").toString())
                .isEqualTo("{\"Id\":\"bad\",\"SenderFault\":true,\"Code\":\"InvalidParameterValue\",\"Message\":"
                        + "\"Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <="
                        + " 900.\"}");
        assertThat(answer.at("/Failed/1/Code").asString()).isEqualTo("MissingParameter");
        assertThat(server.receive("orders")).hasSize(1);
    }

    @Test
    void deletesAndHidesInBatches() {
        batch(List.of(Map.of("Id", "1", "MessageBody", "a"), Map.of("Id", "2", "MessageBody", "b")))
                .ok();
        var handles = server.receive("orders").stream()
                .map(message -> message.path("ReceiptHandle").asString())
                .toList();
        var hidden = server.call(
                        "ChangeMessageVisibilityBatch",
                        Map.of(
                                "QueueUrl",
                                url("orders"),
                                "Entries",
                                List.of(
                                        Map.of("Id", "1", "ReceiptHandle", handles.get(0), "VisibilityTimeout", 0),
                                        Map.of("Id", "2", "ReceiptHandle", "nonsense", "VisibilityTimeout", 0))))
                .ok();
        assertThat(ids(hidden, "Successful")).containsExactly("1");
        assertThat(hidden.at("/Failed/0/Code").asString()).isEqualTo("ReceiptHandleIsInvalid");
        var again = server.receive("orders").getFirst().path("ReceiptHandle").asString();
        var deleted = server.call(
                        "DeleteMessageBatch",
                        Map.of(
                                "QueueUrl",
                                url("orders"),
                                "Entries",
                                List.of(
                                        Map.of("Id", "1", "ReceiptHandle", again),
                                        Map.of("Id", "2", "ReceiptHandle", handles.get(1)))))
                .ok();
        assertThat(ids(deleted, "Successful")).containsExactly("1", "2");
        assertThat(server.attribute("orders", "ApproximateNumberOfMessagesNotVisible"))
                .isEqualTo("0");
    }

    @Test
    void refusesBatchesThatAreNone() {
        batch(List.of())
                .refused(
                        "AWS.SimpleQueueService.EmptyBatchRequest",
                        "There should be at least one SendMessageBatchRequestEntry in the request.");
        batch(IntStream.range(0, 20).mapToObj(i -> entry("" + i, "x")).toList())
                .refused(
                        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                        "Maximum number of entries per request are 10. You have sent 20.");
        batch(List.of(entry("1", "x"), entry("1", "y")))
                .refused("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "Id 1 repeated.");
        assertThat(batch(List.of(entry("not good", "x"))).queryError())
                .isEqualTo("AWS.SimpleQueueService.InvalidBatchEntryId;Sender");
        batch(List.of(entry("1", "x".repeat(1_048_576)), entry("2", "y")))
                .refused(
                        "AWS.SimpleQueueService.BatchRequestTooLong",
                        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
    }

    private static Map<String, Object> entry(String id, String body) {
        return Map.of("Id", id, "MessageBody", body);
    }

    private Answer batch(List<Map<String, Object>> entries) {
        return server.call("SendMessageBatch", Map.of("QueueUrl", url("orders"), "Entries", entries));
    }

    private static List<String> ids(JsonNode answer, String list) {
        return answer.path(list)
                .valueStream()
                .map(entry -> entry.path("Id").asString())
                .toList();
    }
}
