// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole server: what it tells about events, and dead letters in its own queues. */
class EventPagesTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:letters";
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private static final int PATIENCE = 2_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private Clew clew;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        clew = Clew.start(Settings.of(
                Map.of(),
                Map.of(),
                Map.of(
                        "port", "0",
                        "daemon-port", "0",
                        "otlp-grpc-port", "0",
                        "otlp-http-port", "0",
                        "durability", "memory"),
                folder));
    }

    @AfterEach
    void stop() {
        clew.close();
        http.close();
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(clew.endpoint() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().isEmpty()
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode call(String type, String target, String body) throws Exception {
        return json(ask("POST", "/", body, "Content-Type", type, "X-Amz-Target", target, "X-Amzn-Trace-Id", TRACE));
    }

    private JsonNode events(String operation, String body) throws Exception {
        return call("application/x-amz-json-1.1", "AWSEvents." + operation, body);
    }

    private JsonNode queues(String operation, String body) throws Exception {
        return call("application/x-amz-json-1.0", "AmazonSQS." + operation, body);
    }

    private String put(String more) throws Exception {
        var answer = events(
                "PutEvents",
                "{\"Entries\":[{\"Source\":\"a\",\"DetailType\":\"t\",\"Detail\":\"{\\\"n\\\":7}\"" + more + "}]}");
        return answer.path("Entries").path(0).path("EventId").asString();
    }

    private JsonNode story(String id) throws Exception {
        var story = json(ask("GET", "/_clew/events/" + id, ""));
        assertThat(story.path("event").path("id").asString()).isEqualTo(id);
        return story.path("arrivals").path(0);
    }

    /** The story once its outcome is {@code outcome}: the delivery's own thread writes it. */
    private JsonNode story(String id, String outcome) throws Exception {
        for (int i = 0; i < PATIENCE; i++) {
            var story = story(id);
            if (story.path("outcome").asString().equals(outcome)) {
                return story;
            }
        }
        throw new AssertionError(story(id).toPrettyString());
    }

    @Test
    void tellsWhyAnEventReachedNobody() throws Exception {
        events("PutRule", "{\"Name\":\"r\",\"EventPattern\":\"{\\\"detail\\\":{\\\"n\\\":[8]}}\"}");
        var unmatched = put("");
        var dropped = put(",\"EventBusName\":\"misspelt\"");
        var miss = story(unmatched).path("missed").path(0);
        assertThat(miss.path("rule").asString()).isEqualTo("r");
        assertThat(miss.path("path").asString()).isEqualTo("detail.n");
        assertThat(miss.path("expected").asString()).isEqualTo("[8]");
        assertThat(miss.path("saw").asString()).isEqualTo("7");
        assertThat(story(dropped).path("outcome").asString()).isEqualTo("dropped");
        var found = json(ask("GET", "/_clew/events?outcome=dropped&source=a&detail-type=t&limit=5", ""));
        assertThat(found.path("events")).hasSize(1);
        assertThat(found.path("events").path(0).path("id").asString()).isEqualTo(dropped);
        assertThat(json(ask("GET", "/_clew/events?bus=default", "")).path("events"))
                .hasSize(1);
    }

    @Test
    void aRefusedDeliveryIsInTheDeadLetterQueueWithItsTrace() throws Exception {
        var url = queues("CreateQueue", "{\"QueueName\":\"letters\"}")
                .path("QueueUrl")
                .asString();
        var policy = "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
            + "\\\"Principal\\\":{\\\"Service\\\":\\\"events.amazonaws.com\\\"},\\\"Action\\\":\\\"sqs:SendMessage\\\","
            + "\\\"Resource\\\":\\\"" + QUEUE + "\\\"}]}";
        queues("SetQueueAttributes", "{\"QueueUrl\":\"" + url + "\",\"Attributes\":{\"Policy\":\"" + policy + "\"}}");
        events("PutRule", "{\"Name\":\"r\",\"EventPattern\":\"{\\\"source\\\":[\\\"a\\\"]}\"}");
        events("PutTargets", """
            {"Rule":"r","Targets":[{"Id":"1","Arn":"arn:aws:lambda:us-east-1:111111111111:function:nowhere",
             "DeadLetterConfig":{"Arn":"%s"}}]}\
            """.formatted(QUEUE));
        var id = put("");
        var received = queues(
                "ReceiveMessage",
                "{\"QueueUrl\":\"" + url + "\",\"WaitTimeSeconds\":20,\"MessageAttributeNames\":[\"All\"],"
                        + "\"MessageSystemAttributeNames\":[\"All\"]}");
        var letter = received.path("Messages").path(0);
        assertThat(letter.path("Body").asString()).contains("\"id\":\"" + id + "\"");
        var attributes = letter.path("MessageAttributes");
        assertThat(attributes.propertyNames())
                .containsExactlyInAnyOrder("RULE_ARN", "TARGET_ARN", "ERROR_CODE", "ERROR_MESSAGE", "RETRY_ATTEMPTS");
        assertThat(attributes.path("ERROR_CODE").path("StringValue").asString()).isEqualTo("NO_RESOURCE");
        assertThat(attributes.path("RETRY_ATTEMPTS").path("StringValue").asString())
                .isEqualTo("0");
        assertThat(letter.path("Attributes").path("AWSTraceHeader").asString())
                .startsWith("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=");
        var delivery = story(id, "dead-lettered").path("deliveries").path(0);
        assertThat(delivery.path("dead-letter-queue").asString()).isEqualTo(QUEUE);

        events("RemoveTargets", "{\"Rule\":\"r\",\"Ids\":[\"1\"]}");
        events("PutTargets", "{\"Rule\":\"r\",\"Targets\":[{\"Id\":\"1\",\"Arn\":\"" + QUEUE + "\"}]}");
        var redriven = json(ask("POST", "/_clew/events/redrive", "{\"event\":\"" + id + "\"}"));
        assertThat(redriven.path("redriven").path(0).path("target").asString()).isEqualTo(QUEUE);
        assertThat(story(id, "delivered").path("deliveries").path(0).path("attempts"))
                .hasSize(4);
        assertThat(json(ask("POST", "/_clew/events/redrive", "{\"event\":\"" + id + "\"}"))
                        .path("redriven"))
                .isEmpty();
    }

    @Test
    void anEventBecomesALineOfItsLogGroup() throws Exception {
        call("application/x-amz-json-1.1", "Logs_20140328.CreateLogGroup", "{\"logGroupName\":\"/aws/events/all\"}");
        events("PutRule", "{\"Name\":\"r\",\"EventPattern\":\"{\\\"source\\\":[\\\"a\\\"]}\"}");
        events("PutTargets", """
            {"Rule":"r","Targets":[
             {"Id":"1","Arn":"arn:aws:logs:us-east-1:111111111111:log-group:/aws/events/all"},
             {"Id":"2","Arn":"arn:aws:logs:us-east-1:111111111111:log-group:/aws/events/none"}]}\
            """);
        var id = put("");
        var deliveries = story(id, "failed").path("deliveries");
        assertThat(deliveries.path(1).path("cause").asString()).isEqualTo("The specified log group does not exist.");
        for (int i = 0;
                i < PATIENCE
                        && !story(id)
                                .path("deliveries")
                                .path(0)
                                .path("outcome")
                                .asString()
                                .equals("delivered");
                i++) {
            assertThat(story(id).path("deliveries").path(0).path("outcome").asString())
                    .isIn("pending", "delivered");
        }
        var lines = call(
                "application/x-amz-json-1.1",
                "Logs_20140328.FilterLogEvents",
                "{\"logGroupName\":\"/aws/events/all\"}");
        assertThat(lines.path("events").path(0).path("message").asString()).contains("\"id\":\"" + id + "\"");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertThat(ask("GET", "/_clew/events?limit=0", "").body())
                .isEqualTo("{\"message\":\"limit: 0 (expected: 1 to 1000)\"}");
        assertThat(ask("GET", "/_clew/events?outcome=odd", "").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/_clew/events?nonsense=1", "").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/_clew/events?since=yesterday", "").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/_clew/events/not-an-id", "").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/_clew/events/7bf73129-1428-4cd3-a780-95db273d1602", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ask("POST", "/_clew/events/redrive", "{}").statusCode()).isEqualTo(400);
        assertThat(ask("POST", "/_clew/events/redrive", "{").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/_clew/events/redrive", "").statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/_clew/events", "", "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
    }
}
