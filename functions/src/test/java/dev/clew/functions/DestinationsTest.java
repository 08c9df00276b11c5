// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static dev.clew.functions.Api.python;
import static dev.clew.functions.Api.tracing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.api.DeadLetterConfig;
import dev.clew.functions.api.DestinationConfig;
import dev.clew.functions.api.FunctionEventInvokeConfig;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.api.OnFailure;
import dev.clew.functions.api.OnSuccess;
import dev.clew.functions.api.PutFunctionConcurrencyRequest;
import dev.clew.functions.api.PutFunctionEventInvokeConfigRequest;
import dev.clew.functions.api.UpdateFunctionEventInvokeConfigRequest;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.queue.Destinations.DeadLetter;
import dev.clew.functions.queue.Destinations.Letter;
import dev.clew.testkit.MemoryStore;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Who is told how asynchronous invocations ended. */
@NullUnmarked
class DestinationsTest {
    private static final String CODE = """
        def handler(event, context):
            if event.get("fail"):
                raise ValueError("no")
            return {"done": True}
        """;
    private static final String DEAD = "arn:aws:sqs:us-east-1:111111111111:dead";
    private static final String BUS = "arn:aws:events:us-east-1:111111111111:event-bus/default";
    private static final String OTHER = "arn:aws:lambda:us-east-1:111111111111:function:other";
    private static final TraceHeader SAMPLED = TraceHeader.parse(
                    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
            .orElseThrow();

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(store, folder.resolve("1"), UnaryOperator.identity());
        lab.create(python("f", CODE)
                .deadLetterConfig(DeadLetterConfig.builder().targetArn(DEAD).build())
                .tracingConfig(tracing("Active")));
        configure(BUS, OTHER);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private FunctionEventInvokeConfig configure(String onSuccess, String onFailure) {
        return lab.api.call(
                LambdaModel.PUT_FUNCTION_EVENT_INVOKE_CONFIG,
                PutFunctionEventInvokeConfigRequest.builder()
                        .functionName("f")
                        .destinationConfig(destinations(onSuccess, onFailure))
                        .build());
    }

    private static DestinationConfig destinations(String onSuccess, String onFailure) {
        return DestinationConfig.builder()
                .onSuccess(OnSuccess.builder().destination(onSuccess).build())
                .onFailure(OnFailure.builder().destination(onFailure).build())
                .build();
    }

    private void enqueue(String id, String payload) {
        lab.functions.enqueue(
                new AsyncInvocation(Api.SCOPE, "f", id, payload.getBytes(StandardCharsets.UTF_8), SAMPLED, null));
        Eventually.holds(() -> lab.functions.queued() == 0);
    }

    @Test
    void tellsOfSuccess() {
        enqueue("good", "{\"a\":1}");
        assertThat(lab.posted).hasSize(1);
        var letter = lab.posted.getFirst();
        assertThat(letter.destination()).hasToString(BUS);
        assertThat(letter.success()).isTrue();
        assertThat(letter.deadLetter()).isNull();
        assertThat(letter.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f:$LATEST");
        var record = JsonMapper.shared().readTree(letter.body());
        assertThat(record.path("version").asString()).isEqualTo("1.0");
        assertThat(record.path("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(record.path("requestContext"))
                .hasToString("{\"requestId\":\"good\","
                        + "\"functionArn\":\"arn:aws:lambda:us-east-1:111111111111:function:f:$LATEST\","
                        + "\"condition\":\"Success\",\"approximateInvokeCount\":1}");
        assertThat(record.path("requestPayload")).hasToString("{\"a\":1}");
        assertThat(record.path("responseContext")).hasToString("{\"statusCode\":200,\"executedVersion\":\"$LATEST\"}");
        assertThat(record.path("responsePayload")).hasToString("{\"done\":true}");
    }

    @Test
    void aFailureGoesToTheDeadLetterQueueAndToItsDestinationInItsTrace() {
        enqueue("bad", "{\"fail\":true}");
        assertThat(lab.posted)
                .extracting(Letter::destination)
                .map(Object::toString)
                .containsExactly(DEAD, OTHER);
        var dead = lab.posted.getFirst();
        assertThat(dead.body()).isEqualTo("{\"fail\":true}");
        assertThat(dead.deadLetter()).isEqualTo(new DeadLetter(200, "no"));
        var record = JsonMapper.shared().readTree(lab.posted.get(1).body());
        assertThat(record.at("/requestContext/condition").asString()).isEqualTo("RetriesExhausted");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(record.at("/responseContext/functionError").asString()).isEqualTo("Unhandled");
        assertThat(record.at("/responsePayload/errorType").asString()).isEqualTo("ValueError");

        var service = lab.document("AWS::Lambda", "f");
        assertThat(dead.trace().root()).isEqualTo(SAMPLED.root());
        assertThat(dead.trace().parent()).hasToString(service.path("id").asString());
        assertThat(dead.trace().isSampled()).isTrue();
        var told = lab.documents.stream()
                .filter(document -> document.path("name").asString().equals("SQS"))
                .findFirst()
                .orElseThrow();
        assertThat(told.path("parent_id")).isEqualTo(service.path("id"));
        assertThat(told.at("/annotations/clew.outcome").asString()).isEqualTo("dead-lettered");
    }

    @Test
    void tellsOfAnEventThatMayNotRun() {
        lab.api.call(
                LambdaModel.PUT_FUNCTION_CONCURRENCY,
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(0)
                        .build());
        enqueue("never", "{}");
        assertThat(lab.posted).hasSize(2);
        var record = JsonMapper.shared().readTree(lab.posted.get(1).body());
        assertThat(record.at("/requestContext/condition").asString()).isEqualTo("ZeroReservedConcurrency");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isZero();
        assertThat(record.has("responseContext")).isFalse();
    }

    @Test
    void triesAgainWhereADestinationIsBusyAndNeverTheFunction() {
        lab.busy.set(2);
        enqueue("good", "{}");
        assertThat(lab.posted).hasSize(3);
        assertThat(lab.documents)
                .filteredOn(document -> document.path("origin").asString("").equals("AWS::Lambda::Function"))
                .hasSize(1);
    }

    @Test
    void aRestartTellsWhatWasNotToldYet() {
        lab.busy.set(1_000_000);
        lab.functions.enqueue(
                new AsyncInvocation(Api.SCOPE, "f", "good", "{}".getBytes(StandardCharsets.UTF_8), null, null));
        Eventually.holds(() -> !lab.posted.isEmpty());
        lab.close();
        lab = new Lab(store, folder.resolve("2"), UnaryOperator.identity());
        Eventually.holds(() -> lab.functions.queued() == 0);
        assertThat(lab.posted).hasSize(1);
        assertThat(lab.posted.getFirst().body()).contains("\"done\": true");
    }

    @Test
    void keepsAndChangesWhoIsTold() {
        var updated = lab.api.call(
                LambdaModel.UPDATE_FUNCTION_EVENT_INVOKE_CONFIG,
                UpdateFunctionEventInvokeConfigRequest.builder()
                        .functionName("f")
                        .destinationConfig(DestinationConfig.builder()
                                .onSuccess(OnSuccess.builder().destination(DEAD).build())
                                .build())
                        .build());
        assertThat(updated.destinationConfig().onSuccess().destination()).isEqualTo(DEAD);
        assertThat(updated.destinationConfig().onFailure().destination()).isEqualTo(OTHER);
    }

    @Test
    void refusesWhatCannotBeTold() {
        assertThatThrownBy(() -> configure("arn:aws:sns:us-east-1:111111111111:topic", null))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("DestinationConfig");
        assertThatThrownBy(() -> configure(null, null))
                .hasMessage("You must specify at least one of error handling or destination setting.");
        assertThatThrownBy(() -> lab.create(python("g", CODE)
                        .deadLetterConfig(DeadLetterConfig.builder()
                                .targetArn("arn:aws:sns:us-east-1:111111111111:topic")
                                .build())))
                .hasMessageContaining("DeadLetterConfig.TargetArn");
    }
}
