// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static dev.clew.functions.Api.python;
import static dev.clew.functions.Api.tracing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.access.ResourcePolicy.Decision;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.api.DeleteFunctionRequest;
import dev.clew.functions.api.InvocationRequest;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.api.PutFunctionConcurrencyRequest;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.invoke.EnqueueOutcome;
import dev.clew.functions.invoke.ServiceCaller;
import dev.clew.functions.queue.AsyncConfig;
import dev.clew.testkit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous invocations with real Python processes, which leave a line in a file for each time they ran. */
@NullUnmarked
class AsyncTest {
    private static final String CODE = """
        import os, time
        def handler(event, context):
            with open(os.environ["RUNS"], "a") as runs:
                runs.write(context.aws_request_id + "\\n")
            if event.get("fail"):
                raise ValueError("no")
            while event.get("hold") and not os.path.exists(os.environ["RUNS"] + ".go"):
                time.sleep(0.01)
        """;
    private static final TraceHeader SAMPLED = TraceHeader.parse(
                    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
            .orElseThrow();

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private Path runs;
    private Lab lab;

    @BeforeEach
    void open() {
        runs = folder.resolve("runs");
        lab = new Lab(store, folder.resolve("1"), UnaryOperator.identity());
        lab.create(python("f", CODE)
                .environment(Api.variables(Map.of("RUNS", runs.toString())))
                .timeout(30)
                .tracingConfig(tracing("Active")));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private EnqueueOutcome enqueue(String id, String payload) {
        return lab.functions.enqueue(
                new AsyncInvocation(Api.SCOPE, "f", id, payload.getBytes(StandardCharsets.UTF_8), SAMPLED, null));
    }

    private long ran(String id) {
        try {
            return Files.exists(runs)
                    ? Files.readAllLines(runs).stream().filter(id::equals).count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void runsAnEventAndRecordsItsWaitAndItsTry() {
        var accepted = lab.api.call(
                LambdaModel.INVOKE,
                InvocationRequest.builder()
                        .functionName("f")
                        .invocationType("Event")
                        .build(),
                SAMPLED);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.executedVersion()).isNull();

        var service = lab.document("AWS::Lambda", "f");
        assertThat(service.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
        assertThat(service.at("/http/response/status").asInt()).isEqualTo(202);
        assertThat(service.path("subsegments")
                        .valueStream()
                        .map(part -> part.path("name").asString()))
                .containsExactly("Dwell Time", "Attempt #1");
        assertThat(lab.document("AWS::Lambda::Function", "f").path("parent_id").asString())
                .isEqualTo(service.at("/subsegments/1/id").asString());
        assertThat(lab.documents).hasSize(2);
        assertThat(ran(Api.REQUEST_ID)).isEqualTo(1);
        Eventually.holds(() -> lab.functions.queued() == 0);
    }

    @Test
    void triesTwiceMoreAndThenDropsIt() {
        enqueue("bad", "{\"fail\": true}");
        var service = lab.document("AWS::Lambda", "f");
        assertThat(ran("bad")).isEqualTo(3);
        assertThat(service.path("fault").asBoolean()).isTrue();
        assertThat(service.path("subsegments")
                        .valueStream()
                        .map(part -> part.path("name").asString()))
                .containsExactly("Dwell Time", "Attempt #1", "Attempt #2", "Attempt #3");
        var inProgress = lab.documents.stream()
                .filter(document -> document.path("in_progress").asBoolean(false))
                .toList();
        assertThat(inProgress)
                .hasSize(2)
                .allMatch(document -> document.path("id").equals(service.path("id")));
        Eventually.holds(() -> lab.functions.queued() == 0);
    }

    @Test
    void runsTheSameIdOnce() {
        enqueue("once", "{}");
        assertThat(enqueue("once", "{}")).isInstanceOf(EnqueueOutcome.Accepted.class);
        Eventually.holds(() -> lab.functions.queued() == 0);
        assertThat(enqueue("once", "{}")).isInstanceOf(EnqueueOutcome.Accepted.class);
        assertThat(lab.functions.queued()).isZero();
        reopen();
        enqueue("once", "{}");
        assertThat(lab.functions.queued()).isZero();
        assertThat(ran("once")).isEqualTo(1);
    }

    private void reopen() {
        lab.close();
        lab = new Lab(store, folder.resolve("2"), UnaryOperator.identity());
    }

    @Test
    void runsAgainWhatAnEndedServerHadBegun() throws Exception {
        enqueue("held", "{\"hold\": true}");
        Eventually.holds(() -> ran("held") == 1);
        var first = lab;
        reopen();
        assertThat(first.documents).isEmpty();
        Eventually.holds(() -> ran("held") == 2);
        Files.createFile(Path.of(runs + ".go"));

        var service = lab.document("AWS::Lambda", "f");
        assertThat(service.path("fault").asBoolean(false)).isFalse();
        assertThat(service.path("subsegments")
                        .valueStream()
                        .map(part -> part.path("name").asString()))
                .containsExactly("Dwell Time", "Attempt #1");
        assertThat(service.path("trace_id").asString()).isEqualTo(SAMPLED.root().text());
    }

    @Test
    void dropsEventsOfAFunctionThatMayNotRun() {
        lab.api.call(
                LambdaModel.PUT_FUNCTION_CONCURRENCY,
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(0)
                        .build());
        enqueue("e", "{}");
        Eventually.holds(() -> lab.functions.queued() == 0);
        assertThat(ran("e")).isZero();
    }

    @Test
    void dropsEventsOfAFunctionThatIsGone() throws Exception {
        enqueue("held", "{\"hold\": true}");
        enqueue("bad", "{\"fail\": true}");
        Eventually.holds(() -> ran("bad") == 3 && ran("held") == 1);
        lab.api.call(
                LambdaModel.DELETE_FUNCTION,
                DeleteFunctionRequest.builder().functionName("f").build());
        Files.createFile(Path.of(runs + ".go"));
        Eventually.holds(() -> lab.functions.queued() == 0);
        assertThat(enqueue("late", "{}")).isInstanceOf(EnqueueOutcome.NotFound.class);
    }

    @Test
    void refusesWhatThePolicyRefuses() {
        lab.policy = new Decision.Refused("nobody may");
        var caller = new ServiceCaller("events.amazonaws.com", "arn:aws:events:us-east-1:1:rule/r", "1");
        assertThat(lab.functions.enqueue(new AsyncInvocation(Api.SCOPE, "f", "x", new byte[0], null, caller)))
                .isEqualTo(new EnqueueOutcome.Refused("nobody may"));
        assertThat(lab.functions.enqueue(new AsyncInvocation(Api.SCOPE, "f", "x", new byte[1_048_577], null, null)))
                .isInstanceOf(EnqueueOutcome.TooLarge.class);
    }

    @Test
    void throttlesWhenTheQueueIsFull() throws Exception {
        lab.close();
        lab = new Lab(
                store,
                folder.resolve("3"),
                config -> config.withAsync(new AsyncConfig(1, 1, 1, Duration.ofMinutes(1), 10)));
        assertThat(enqueue("a", "{\"hold\": true}")).isInstanceOf(EnqueueOutcome.Accepted.class);
        assertThat(enqueue("b", "{}")).isInstanceOf(EnqueueOutcome.Throttled.class);
        Files.createFile(Path.of(runs + ".go"));
        Eventually.holds(() -> lab.functions.queued() == 0);
        assertThat(enqueue("b", "{}")).isInstanceOf(EnqueueOutcome.Accepted.class);
    }

    @Test
    void forgetsEverythingOnReset() throws Exception {
        enqueue("held", "{\"hold\": true}");
        Eventually.holds(() -> ran("held") == 1);
        lab.functions.reset();
        assertThat(lab.functions.queued()).isZero();
        Files.createFile(Path.of(runs + ".go"));
        reopen();
        assertThat(lab.functions.queued()).isZero();
    }
}
