// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static dev.clew.functions.Api.python;
import static dev.clew.functions.Api.tracing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.functions.api.*;
import dev.clew.testkit.MemoryStore;
import dev.clew.wire.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queues in memory feed a real Python process, which writes down each event that it gets. */
@NullUnmarked
class EventSourceTest {
    private static final String CODE = """
        import json, os
        def handler(event, context):
            with open(os.environ["RUNS"], "a") as runs:
                runs.write(json.dumps(event) + "\\n")
            if any(record["body"] == "bad" for record in event["Records"]):
                raise ValueError("no")
            return {"batchItemFailures": [
                {"itemIdentifier": record["messageId"]} for record in event["Records"] if record["body"] == "item"]}
        """;
    private static final String FIRST = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private static final String SECOND = "Root=1-5759e988-000000000000000000000002;Parent=00000000000000b2;Sampled=1";
    private static final String UNSAMPLED =
            "Root=1-5759e988-000000000000000000000003;Parent=00000000000000c3;Sampled=0";

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final FakeQueues queues = new FakeQueues();
    private Path runs;
    private Lab lab;
    private String queue;

    @BeforeEach
    void open() {
        runs = folder.resolve("runs");
        queue = queues.create("q");
        lab = new Lab(store, folder.resolve("1"), true, queues, UnaryOperator.identity());
        lab.create(python("f", CODE)
                .environment(Api.variables(Map.of("RUNS", runs.toString())))
                .timeout(60)
                .tracingConfig(tracing("Active")));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private EventSourceMappingConfiguration map(UnaryOperator<CreateEventSourceMappingRequest.Builder> more) {
        return lab.api.call(
                LambdaModel.CREATE_EVENT_SOURCE_MAPPING,
                more.apply(CreateEventSourceMappingRequest.builder()
                                .functionName("f")
                                .eventSourceArn(queue))
                        .build());
    }

    private EventSourceMappingConfiguration read(String uuid) {
        return lab.api.call(
                LambdaModel.GET_EVENT_SOURCE_MAPPING,
                GetEventSourceMappingRequest.builder().uuid(uuid).build());
    }

    private List<JsonNode> events() {
        try {
            return Files.exists(runs)
                    ? Files.readAllLines(runs).stream()
                            .map(JsonMapper.shared()::readTree)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long delivered() {
        return events().stream()
                .mapToLong(event -> event.path("Records").size())
                .sum();
    }

    @Test
    void aMessageBecomesAnEventAndIsDeletedOnceTaken() {
        queues.send("q", "1", "{\"a\": 1}", Map.of("ApproximateReceiveCount", "1"));
        var created = map(UnaryOperator.identity());
        assertThat(created.state()).isEqualTo("Creating");
        assertThat(created.stateTransitionReason()).isEqualTo("USER_INITIATED");
        assertThat(created.batchSize()).isEqualTo(10);
        assertThat(created.maximumBatchingWindowInSeconds()).isZero();
        assertThat(created.functionResponseTypes()).isEmpty();
        assertThat(created.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f");
        assertThat(created.eventSourceMappingArn())
                .isEqualTo("arn:aws:lambda:us-east-1:111111111111:event-source-mapping:" + created.uuid());
        assertThat(read(created.uuid()).state()).isEqualTo("Enabled");

        Eventually.holds(() -> queues.left("q").isEmpty());
        var record = events().getFirst().at("/Records/0");
        assertThat(record.path("messageId").asString()).isEqualTo("1");
        assertThat(record.path("body").asString()).isEqualTo("{\"a\": 1}");
        assertThat(record.path("eventSource").asString()).isEqualTo("aws:sqs");
        assertThat(record.path("eventSourceARN").asString()).isEqualTo(queue);
        assertThat(record.path("awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(record.at("/attributes/ApproximateReceiveCount").asString()).isEqualTo("1");
        assertThat(record.path("attributes").has("AWSTraceHeader")).isFalse();
        // longer than the queue's half minute: the function's minute, and what it takes to start
        assertThat(queues.visibilities).containsOnly(90);
    }

    @Test
    void aFailedBatchStaysUntilItsTimeIsOverAndSaysWhy() {
        var mapping = map(UnaryOperator.identity());
        queues.send("q", "1", "bad");
        Eventually.holds(() -> events().size() == 1 && read(mapping.uuid()).lastProcessingResult() != null);
        assertThat(queues.left("q")).containsExactly("1");
        assertThat(read(mapping.uuid()).lastProcessingResult()).isEqualTo("PROBLEM: Function call failed");
        queues.expire();
        Eventually.holds(() -> events().size() == 2);
    }

    @Test
    void deletesWhatDidNotFailWhereTheFunctionReportsIt() {
        for (var body : List.of("good", "item", "good too")) {
            queues.send("q", body, body);
        }
        map(mapping -> mapping.functionResponseTypes(List.of("ReportBatchItemFailures")));
        Eventually.holds(() -> queues.left("q").size() == 1);
        assertThat(queues.left("q")).containsExactly("item");
    }

    @Test
    void theReportIsIgnoredWhereItIsNotAskedFor() {
        queues.send("q", "1", "item");
        map(UnaryOperator.identity());
        Eventually.holds(() -> queues.left("q").isEmpty());
    }

    @Test
    void gathersABatchForTheWindow() {
        map(mapping -> mapping.batchSize(3).maximumBatchingWindowInSeconds(60));
        for (int i = 0; i < 3; i++) {
            queues.send("q", "m" + i, "x");
        }
        Eventually.holds(() -> queues.left("q").isEmpty());
        assertThat(events()).hasSize(1);
        assertThat(queues.visibilities).contains(150);
    }

    @Test
    void aBatchRunsInATraceOfItsOwnThatIsLinkedToThoseOfItsMessages() {
        queues.send("q", "1", "x", Map.of("AWSTraceHeader", FIRST));
        queues.send("q", "2", "x", Map.of("AWSTraceHeader", SECOND));
        queues.send("q", "3", "x", Map.of("AWSTraceHeader", UNSAMPLED));
        queues.send("q", "4", "x", Map.of("AWSTraceHeader", FIRST));
        map(UnaryOperator.identity());
        var service = lab.document("AWS::Lambda", "f");
        assertThat(service.has("parent_id")).isFalse();
        assertThat(service.path("trace_id").asString()).isNotIn(traceOf(FIRST), traceOf(SECOND), traceOf(UNSAMPLED));
        assertThat(service.path("links")
                        .valueStream()
                        .map(link -> link.path("trace_id").asString()))
                .containsExactly(traceOf(FIRST), traceOf(SECOND));
        var link = service.path("links").get(0);
        assertThat(link.path("id").asString()).isEqualTo("53995c3f42cd8ad8");
        assertThat(link.path("attributes")
                        .path("aws.xray.reserved.reference_type")
                        .asString())
                .isEqualTo("parent");
        assertThat(events().getFirst()
                        .at("/Records/0/attributes/AWSTraceHeader")
                        .asString())
                .isEqualTo(FIRST);
        assertThat(lab.document("AWS::Lambda::Function", "f").path("parent_id")).isEqualTo(service.path("id"));
    }

    private static String traceOf(String header) {
        return header.substring(5, header.indexOf(';'));
    }

    @Test
    void deletesWhatNoFilterWants() {
        for (var body : List.of("{\"kind\": \"order\"}", "{\"kind\": \"refund\"}", "plain")) {
            queues.send("q", body, body);
        }
        map(mapping -> mapping.filterCriteria(FilterCriteria.builder()
                .filters(List.of(Filter.builder().pattern("{order").build()))
                .build()));
        Eventually.holds(() -> queues.left("q").isEmpty());
        assertThat(delivered()).isEqualTo(1);
        assertThat(events().getFirst().at("/Records/0/body").asString()).contains("order");
    }

    @Test
    void aDisabledMappingTakesNothingUntilItIsEnabled() {
        var mapping = map(builder -> builder.enabled(false));
        queues.send("q", "1", "x");
        assertThat(read(mapping.uuid()).state()).isEqualTo("Disabled");
        assertThat(queues.receives("q", "1")).isZero();
        var enabled = lab.api.call(
                LambdaModel.UPDATE_EVENT_SOURCE_MAPPING,
                UpdateEventSourceMappingRequest.builder()
                        .uuid(mapping.uuid())
                        .enabled(true)
                        .batchSize(5)
                        .build());
        assertThat(enabled.state()).isEqualTo("Enabling");
        assertThat(enabled.batchSize()).isEqualTo(5);
        Eventually.holds(() -> queues.left("q").isEmpty());
    }

    @Test
    void aThrottledBatchWaitsWithoutComingAgain() {
        lab.api.call(
                LambdaModel.PUT_FUNCTION_CONCURRENCY,
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(0)
                        .build());
        var mapping = map(UnaryOperator.identity());
        queues.send("q", "1", "x");
        Eventually.holds(() -> read(mapping.uuid()).lastProcessingResult() != null);
        assertThat(read(mapping.uuid()).lastProcessingResult()).startsWith("PROBLEM: throttled");
        assertThat(queues.receives("q", "1")).isEqualTo(1);
        assertThat(queues.left("q")).containsExactly("1");
    }

    @Test
    void aRestartGoesOnWithTheMapping() {
        var mapping = map(UnaryOperator.identity());
        lab.close();
        queues.send("q", "1", "x");
        lab = new Lab(store, folder.resolve("2"), true, queues, UnaryOperator.identity());
        assertThat(read(mapping.uuid()).state()).isEqualTo("Enabled");
        Eventually.holds(() -> queues.left("q").isEmpty());
    }

    @Test
    void aDeletedMappingTakesNothing() {
        var mapping = map(UnaryOperator.identity());
        var deleted = lab.api.call(
                LambdaModel.DELETE_EVENT_SOURCE_MAPPING,
                DeleteEventSourceMappingRequest.builder().uuid(mapping.uuid()).build());
        assertThat(deleted.state()).isEqualTo("Deleting");
        assertThatThrownBy(() -> read(mapping.uuid()))
                .isInstanceOf(ServiceException.class)
                .hasMessage("The resource you requested does not exist.");
        map(builder -> builder.enabled(false)); // the place is free again
    }

    @Test
    void listsByQueueAndFunction() {
        var other = queues.create("other");
        map(mapping -> mapping.enabled(false));
        map(mapping -> mapping.enabled(false).eventSourceArn(other));
        assertThat(list(ListEventSourceMappingsRequest.builder())).containsExactlyInAnyOrder(queue, other);
        assertThat(list(ListEventSourceMappingsRequest.builder().eventSourceArn(other)))
                .containsExactly(other);
        assertThat(list(ListEventSourceMappingsRequest.builder().functionName("f")))
                .hasSize(2);
        assertThat(list(ListEventSourceMappingsRequest.builder().functionName("g")))
                .isEmpty();
    }

    private List<String> list(ListEventSourceMappingsRequest.Builder request) {
        return lab.api.call(LambdaModel.LIST_EVENT_SOURCE_MAPPINGS, request.build()).eventSourceMappings().stream()
                .map(EventSourceMappingConfiguration::eventSourceArn)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        q      | f | 11    | 0   | InvalidParameterValueException | Maximum batch window in seconds must be greater than 0
        q      | f | 10001 | 1   | InvalidParameterValueException | BatchSize
        q      | f | 1     | 301 | InvalidParameterValueException | MaximumBatchingWindowInSeconds
        nope   | f | 1     | 0   | InvalidParameterValueException | NonExistentQueue
        q      | g | 1     | 0   | ResourceNotFoundException      | Function not found: arn:aws:lambda
        a.fifo | f | 1     | 1   | InvalidParameterValueException | FIFO
        """)
    void refusesWhatCannotWork(String name, String function, int size, int window, String code, String message) {
        queues.create("a.fifo");
        assertThatThrownBy(() -> map(mapping -> mapping.eventSourceArn("arn:aws:sqs:us-east-1:111111111111:" + name)
                        .functionName(function)
                        .batchSize(size)
                        .maximumBatchingWindowInSeconds(window)))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void refusesASecondMappingOfTheSameTwoAndConcurrencyOutOfBounds() {
        var first = map(mapping -> mapping.enabled(false));
        assertThatThrownBy(() -> map(UnaryOperator.identity()))
                .hasMessageContaining(first.uuid())
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("ResourceConflictException"));
        assertThatThrownBy(() -> map(mapping -> mapping.functionName("f:$LATEST")
                        .scalingConfig(
                                ScalingConfig.builder().maximumConcurrency(1).build())))
                .hasMessageContaining("2 to 1000");
        assertThatThrownBy(() -> map(mapping -> mapping.functionName("f:$LATEST")
                        .filterCriteria(FilterCriteria.builder()
                                .filters(List.of(
                                        Filter.builder().pattern("nonsense").build()))
                                .build())))
                .hasMessageStartingWith("Invalid filter pattern definition.");
    }

    @Test
    void takesNoMoreThanItMayRunAtOnce() {
        IntStream.range(0, 12).forEach(i -> queues.send("q", "m" + i, "x"));
        map(mapping -> mapping.batchSize(1)
                .scalingConfig(ScalingConfig.builder().maximumConcurrency(2).build()));
        Eventually.holds(() -> queues.left("q").isEmpty());
        assertThat(events()).hasSize(12).allMatch(event -> event.path("Records").size() == 1);
    }
}
