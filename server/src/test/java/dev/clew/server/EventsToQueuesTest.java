// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events of a rule arrive in a queue whose policy allows it, and in the dead letter queue if it does not. */
@Timeout(60)
class EventsToQueuesTest {
    private static final String TRACE = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String RULE = "arn:aws:events:us-east-1:111111111111:rule/orders";

    @TempDir
    Path folder;

    private Clew clew;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        var ports = Map.of(
                "port", "0",
                "daemon-port", "0",
                "otlp-grpc-port", "0",
                "otlp-http-port", "0",
                "durability", "memory");
        clew = Clew.start(Settings.of(Map.of(), Map.of(), ports, folder));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() {
        http.close();
        clew.close();
    }

    private JsonNode call(String target, Object input) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(clew.endpoint())
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .header("X-Amzn-Trace-Id", "Root=" + TRACE + ";Parent=53995c3f42cd8ad8;Sampled=1")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(input)))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:111111111111:" + queue;
    }

    private URI createQueue(String name, boolean open) throws IOException, InterruptedException {
        var policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
              "Action": "sqs:SendMessage", "Resource": "%s", "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}\
            """.formatted(arn(name), RULE);
        return URI.create(call(
                        "AmazonSQS.CreateQueue",
                        Map.of("QueueName", name, "Attributes", open ? Map.of("Policy", policy) : Map.of()))
                .path("QueueUrl")
                .asString());
    }

    private void putRule(Map<String, Object> target) throws IOException, InterruptedException {
        call("AWSEvents.PutRule", Map.of("Name", "orders", "EventPattern", "{\"source\":[\"order.service\"]}"));
        var failed = call("AWSEvents.PutTargets", Map.of("Rule", "orders", "Targets", List.of(target)));
        assertThat(failed.path("FailedEntryCount").asInt()).as("%s", failed).isZero();
    }

    private void putEvent() throws IOException, InterruptedException {
        call(
                "AWSEvents.PutEvents",
                Map.of(
                        "Entries",
                        List.of(Map.of(
                                "Source", "order.service",
                                "DetailType", "Order Created",
                                "Detail", "{\"id\":1}"))));
    }

    private JsonNode receive(URI queue) throws IOException, InterruptedException {
        return call(
                        "AmazonSQS.ReceiveMessage",
                        Map.of(
                                "QueueUrl", queue.toString(),
                                "WaitTimeSeconds", 20,
                                "MessageAttributeNames", List.of("All"),
                                "MessageSystemAttributeNames", List.of("All")))
                .path("Messages")
                .path(0);
    }

    @Test
    void anEventArrivesWithItsTrace() throws Exception {
        var queue = createQueue("orders", true);
        putRule(Map.of("Id", "queue", "Arn", arn("orders")));
        putEvent();
        var message = receive(queue);
        assertThat(JsonMapper.shared()
                        .readTree(message.path("Body").asString())
                        .at("/detail/id")
                        .asInt())
                .isEqualTo(1);
        assertThat(message.at("/Attributes/AWSTraceHeader").asString()).startsWith("Root=" + TRACE + ";Parent=");
    }

    @Test
    void aRefusedEventArrivesInTheDeadLetterQueue() throws Exception {
        createQueue("closed", false);
        var letters = createQueue("letters", true);
        putRule(Map.of("Id", "queue", "Arn", arn("closed"), "DeadLetterConfig", Map.of("Arn", arn("letters"))));
        putEvent();
        var letter = receive(letters);
        assertThat(letter.at("/MessageAttributes/ERROR_CODE/StringValue").asString())
                .isEqualTo("NO_PERMISSIONS");
        assertThat(letter.at("/MessageAttributes/TARGET_ARN/StringValue").asString())
                .isEqualTo(arn("closed"));
        assertThat(letter.at("/Attributes/AWSTraceHeader").asString()).startsWith("Root=" + TRACE + ";Parent=");
    }
}
