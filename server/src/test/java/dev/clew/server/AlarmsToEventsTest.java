// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The change of an alarm's state comes out of the default bus, and the bus counts what it does with it. */
@Timeout(60)
class AlarmsToEventsTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:responders";

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
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(input)))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    private JsonNode metrics(String operation, Object input) throws IOException, InterruptedException {
        return call("GraniteServiceVersion20100801." + operation, input);
    }

    private String createQueue() throws IOException, InterruptedException {
        var policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
              "Action": "sqs:SendMessage", "Resource": "%s"}]}\
            """.formatted(QUEUE);
        return call("AmazonSQS.CreateQueue", Map.of("QueueName", "responders", "Attributes", Map.of("Policy", policy)))
                .path("QueueUrl")
                .asString();
    }

    @Test
    void aChangeOfStateArrivesAndIsCounted() throws Exception {
        var queue = createQueue();
        var pattern = "{\"source\":[\"aws.cloudwatch\"],\"detail-type\":[\"CloudWatch Alarm State Change\"],"
                + "\"detail\":{\"state\":{\"value\":[\"ALARM\"]}}}";
        call("AWSEvents.PutRule", Map.of("Name", "alarms", "EventPattern", pattern));
        call("AWSEvents.PutTargets", Map.of("Rule", "alarms", "Targets", List.of(Map.of("Id", "q", "Arn", QUEUE))));
        metrics(
                "PutMetricAlarm",
                Map.of(
                        "AlarmName", "PaymentFaults",
                        "Namespace", "Shop",
                        "MetricName", "Faults",
                        "Statistic", "Sum",
                        "Period", 60,
                        "EvaluationPeriods", 1,
                        "Threshold", 0,
                        "ComparisonOperator", "GreaterThanThreshold",
                        "TreatMissingData", "ignore"));
        metrics(
                "SetAlarmState",
                Map.of("AlarmName", "PaymentFaults", "StateValue", "ALARM", "StateReason", "somebody tries it"));
        var message = call("AmazonSQS.ReceiveMessage", Map.of("QueueUrl", queue, "WaitTimeSeconds", 20))
                .path("Messages")
                .path(0);
        var event = JsonMapper.shared().readTree(message.path("Body").asString());
        assertThat(event.path("detail-type").asString()).isEqualTo("CloudWatch Alarm State Change");
        assertThat(event.path("resources").path(0).asString())
                .isEqualTo("arn:aws:cloudwatch:us-east-1:111111111111:alarm:PaymentFaults");
        assertThat(event.at("/detail/alarmName").asString()).isEqualTo("PaymentFaults");
        assertThat(event.at("/detail/state/reason").asString()).isEqualTo("somebody tries it");
        assertThat(sum("MatchedEvents")).isEqualTo(1);
    }

    /** Of the rule, since the test began. */
    private double sum(String metric) throws IOException, InterruptedException {
        var points = metrics(
                        "GetMetricStatistics",
                        Map.of(
                                "Namespace",
                                "AWS/Events",
                                "MetricName",
                                metric,
                                "Dimensions",
                                List.of(Map.of("Name", "RuleName", "Value", "alarms")),
                                "Period",
                                60,
                                "Statistics",
                                List.of("Sum"),
                                "StartTime",
                                Instant.now().getEpochSecond() - 300,
                                "EndTime",
                                Instant.now().getEpochSecond() + 60))
                .path("Datapoints");
        return points.valueStream()
                .mapToDouble(point -> point.path("Sum").asDouble())
                .sum();
    }
}
