// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import static dev.clew.functions.Api.python;
import static dev.clew.functions.Api.tracing;
import static dev.clew.functions.Api.zipped;
import static dev.clew.functions.Lab.json;
import static dev.clew.functions.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.TaskGroup;
import dev.clew.core.access.ResourcePolicy.Decision;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.api.InvocationRequest;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.api.PutFunctionConcurrencyRequest;
import dev.clew.functions.api.UpdateFunctionCodeRequest;
import dev.clew.functions.invoke.Invocation;
import dev.clew.functions.invoke.InvokeOutcome;
import dev.clew.functions.invoke.ServiceCaller;
import dev.clew.testkit.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Synchronous invocations, from the operation to a real Python process and back. */
@NullUnmarked
class InvokeTest {
    private static final String ECHO = "def handler(event, context):\n    return event\n";
    private static final TraceHeader SAMPLED = TraceHeader.parse(
                    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
            .orElseThrow();

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(new MemoryStore(), folder, UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void answersWithWhatTheHandlerReturns() {
        lab.create(python("f", ECHO));
        var response = lab.invoke("f", "{\"a\": [1, \"ü\"]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.executedVersion()).isEqualTo("$LATEST");
        assertThat(response.functionError()).isNull();
        assertThat(text(response)).isEqualTo("{\"a\": [1, \"ü\"]}");
    }

    @Test
    void treatsNothingAsAnEmptyObjectAndNoneAsNull() {
        lab.create(python("f", "def handler(event, context):\n    assert event == {}\n"));
        assertThat(text(lab.invoke("f", ""))).isEqualTo("null");
    }

    @Test
    void framesWhatTheFunctionLogs() {
        lab.create(python("f", """
            import logging
            def handler(event, context):
                print("hello")
                logging.getLogger().warning("careful\\nnow")
            """).tracingConfig(tracing("Active")));
        var response = lab.invoke("f", "{}");

        var id = Api.REQUEST_ID;
        var log = new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
        assertThat(log)
                .matches("(?s)START RequestId: " + id + " Version: \\$LATEST\n"
                        + "hello\n"
                        + "\\[WARNING]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t" + id + "\tcareful\nnow\n"
                        + "END RequestId: " + id + "\n"
                        + "REPORT RequestId: " + id + "\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms"
                        + "\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n"
                        + "XRAY TraceId: 1-[0-9a-f]{8}-[0-9a-f]{24}\tSegmentId: [0-9a-f]{16}\tSampled: true\t\n");
        assertThat(lab.logs.getFirst())
                .matches("(?s)/aws/lambda/f \\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32} INIT_START Runtime Version: "
                        + "python:3.12.v1\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n");
    }

    @Test
    void ordersLinesBeforeTheEndOfTheirInvocation() {
        lab.create(python("f", """
            def handler(event, context):
                for i in range(2000):
                    print("line", i)
            """));
        lab.invoke("f", "{}");
        var messages = lab.logs.stream().map(line -> line.split(" ", 3)[2]).toList();
        assertThat(messages.indexOf("line 1999\n"))
                .isLessThan(messages.indexOf("END RequestId: " + Api.REQUEST_ID + "\n"));
    }

    @Test
    void tellsAnExceptionAndRecordsItsCause() {
        lab.create(python("f", "def handler(event, context):\n    raise ValueError('no')\n"));
        lab.create(python("g", "def handler(event, context):\n    raise ValueError('no')\n")
                .tracingConfig(tracing("Active")));
        var response = lab.invoke("f", "{}");
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(lab.counted)
                .containsEntry("{FunctionName=f} Invocations", 1.0)
                .containsEntry("{FunctionName=f} Errors", 1.0)
                .containsEntry("{} Errors", 1.0)
                .containsKey("{FunctionName=f} Duration");
        assertThat(json(response).path("errorType").asString()).isEqualTo("ValueError");
        assertThat(json(response).path("requestId").asString()).isEqualTo(Api.REQUEST_ID);
        assertThat(json(response).path("stackTrace").get(0).asString()).contains("line 2, in handler");

        lab.invoke("g", "{}");
        var function = lab.document("AWS::Lambda::Function", "g");
        assertThat(function.path("fault").asBoolean()).isTrue();
        assertThat(function.at("/cause/exceptions/0/type").asString()).isEqualTo("ValueError");
        assertThat(function.at("/cause/exceptions/0/id").asString()).matches("[0-9a-f]{16}");
        assertThat(function.at("/subsegments/1/cause/exceptions/0/message").asString())
                .isEqualTo("no");
        assertThat(lab.document("AWS::Lambda", "g").path("fault").asBoolean()).isTrue();
        assertThat(lab.documents)
                .noneMatch(document -> document.path("name").asString().equals("f"));
    }

    @Test
    void tellsWhyAModuleCannotBeImported() {
        lab.create(python("f", "import nothing_of_this_name\n"));
        assertThat(json(lab.invoke("f", "{}")).toString())
                .isEqualTo(
                        "{\"errorMessage\":\"Unable to import module 'app': No module named 'nothing_of_this_name'\","
                                + "\"errorType\":\"Runtime.ImportModuleError\",\"requestId\":\"\",\"stackTrace\":[]}");
        assertThat(lab.invoke("f", "{}").functionError()).isEqualTo("Unhandled"); // and again, with a new process
    }

    @Test
    void endsWhatTakesTooLongAndStartsAnew() {
        lab.create(python("f", """
            import time
            def handler(event, context):
                if event.get("slow"):
                    time.sleep(600)
                return "quick"
            """).timeout(1).tracingConfig(tracing("Active")));
        var response = lab.invoke("f", "{\"slow\": true}");
        assertThat(text(response))
                .isEqualTo("{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: " + Api.REQUEST_ID
                        + " Error: Task timed out after 1.00 seconds\"}");
        assertThat(lab.logs).anyMatch(line -> line.endsWith(Api.REQUEST_ID + " Task timed out after 1.00 seconds\n\n"));
        assertThat(lab.logs).anyMatch(line -> line.contains("\tStatus: timeout\t"));
        assertThat(lab.document("AWS::Lambda::Function", "f").path("fault").asBoolean())
                .isTrue();
        assertThat(text(lab.invoke("f", "{}"))).isEqualTo("\"quick\"");
    }

    @Test
    void tellsHowAProcessEnded() {
        lab.create(python("f", "import os\ndef handler(event, context):\n    os._exit(event)\n"));
        assertThat(json(lab.invoke("f", "7")).path("errorMessage").asString())
                .isEqualTo("RequestId: " + Api.REQUEST_ID + " Error: Runtime exited with error: exit status 7");
        assertThat(json(lab.invoke("f", "0")).path("errorMessage").asString())
                .isEqualTo("RequestId: " + Api.REQUEST_ID + " Error: Runtime exited without providing a reason");
    }

    @Test
    void recordsTwoDocumentsUnderTheCaller() {
        lab.create(python("f", "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n")
                .tracingConfig(tracing("Active")));
        var told = TraceHeader.parse(json(lab.invoke("f", "{}", SAMPLED)).asString())
                .orElseThrow();

        var service = lab.document("AWS::Lambda", "f");
        var function = lab.document("AWS::Lambda::Function", "f");
        assertThat(service.path("trace_id").asString()).isEqualTo(SAMPLED.root().text());
        assertThat(service.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
        assertThat(service.at("/http/response/status").asInt()).isEqualTo(200);
        assertThat(service.at("/aws/request_id").asString()).isEqualTo(Api.REQUEST_ID);
        assertThat(service.path("resource_arn").asString()).endsWith(":function:f");
        assertThat(function.path("parent_id").asString())
                .isEqualTo(service.path("id").asString());
        assertThat(function.path("subsegments")
                        .valueStream()
                        .map(part -> part.path("name").asString()))
                .containsExactly("Initialization", "Invocation", "Overhead");
        assertThat(told.parent().text())
                .isEqualTo(function.at("/subsegments/1/id").asString());
        assertThat(told.isSampled()).isTrue();
        assertThat(function.at("/subsegments/0/start_time").asDouble())
                .isLessThan(function.path("start_time").asDouble());

        lab.documents.clear();
        lab.invoke("f", "{}", SAMPLED);
        assertThat(lab.document("AWS::Lambda::Function", "f")
                        .path("subsegments")
                        .valueStream()
                        .map(part -> part.path("name").asString()))
                .containsExactly("Invocation", "Overhead");
        assertThat(lab.documents).hasSize(2);
    }

    @Test
    void recordsNothingThatIsNotSampledAndPassesTheDecisionOn() {
        lab.create(
                python("active", "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n")
                        .tracingConfig(tracing("Active")));
        lab.create(python(
                "passive", "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n"));

        var refused = SAMPLED.withSampled(TraceHeader.Sampled.NO);
        assertThat(json(lab.invoke("active", "{}", refused)).asString()).isEqualTo(refused.toString());
        assertThat(json(lab.invoke("passive", "{}", SAMPLED)).asString()).isEqualTo(SAMPLED.toString());
        assertThat(json(lab.invoke("passive", "{}")).asString()).matches("Root=1-.+;Parent=.+;Sampled=0");
        lab.sampled = false;
        assertThat(json(lab.invoke("active", "{}")).asString()).endsWith(";Sampled=0");
        assertThat(lab.documents).isEmpty();
    }

    @Test
    void runsTheNewCodeAfterAnUpdate() {
        lab.create(python("f", "def handler(event, context):\n    return 1\n"));
        assertThat(text(lab.invoke("f", "{}"))).isEqualTo("1");
        lab.api.call(
                LambdaModel.UPDATE_FUNCTION_CODE,
                UpdateFunctionCodeRequest.builder()
                        .functionName("f")
                        .zipFile(Zips.of("app.py", "def handler(event, context):\n    return 2\n"))
                        .build());
        assertThat(text(lab.invoke("f", "{}"))).isEqualTo("2");
    }

    @Test
    void refusesAServiceThatThePolicyDoesNotAllow() throws Exception {
        lab.create(python("f", ECHO));
        lab.policy = new Decision.Refused("no statement in the function's policy allows events.amazonaws.com");
        var caller = new ServiceCaller(
                "events.amazonaws.com", "arn:aws:events:us-east-1:111111111111:rule/r", "111111111111");
        var outcome = lab.functions.invoke(new Invocation(Api.SCOPE, "f", "r", new byte[0], null, null, null, caller));
        assertThat(outcome)
                .isEqualTo(
                        new InvokeOutcome.Refused("no statement in the function's policy allows events.amazonaws.com"));
    }

    @Test
    void throttlesBeyondTheReservedConcurrency() {
        lab.create(python("f", ECHO).tracingConfig(tracing("Active")));
        lab.api.call(
                LambdaModel.PUT_FUNCTION_CONCURRENCY,
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(0)
                        .build());
        assertThatThrownBy(() -> lab.invoke("f", "{}")).hasMessage("Rate Exceeded.");
        var service = lab.document("AWS::Lambda", "f");
        assertThat(service.path("throttle").asBoolean()).isTrue();
        assertThat(service.at("/http/response/status").asInt()).isEqualTo(429);
    }

    @Test
    void checksWithoutRunning() {
        lab.create(python("f", ECHO));
        assertThat(lab.api
                        .call(
                                LambdaModel.INVOKE,
                                InvocationRequest.builder()
                                        .functionName("f")
                                        .invocationType("DryRun")
                                        .build())
                        .statusCode())
                .isEqualTo(204);
        assertThatThrownBy(() -> lab.invoke("f", "{oops"))
                .hasMessageStartingWith("Could not parse request body into json: Could not parse payload into json: ");
        assertThatThrownBy(() -> lab.invoke("none", "{}"))
                .hasMessage("Function not found: arn:aws:lambda:us-east-1:111111111111:function:none");
    }

    @Test
    void saysWhatARuntimeThatIsNotHereNeeds() {
        lab.create(zipped("f", Zips.of("app.rb", "")).runtime("ruby3.3"));
        var response = lab.invoke("f", "{}");
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(json(response).path("errorMessage").asString()).contains("runtime ruby3.3 cannot run here");
    }

    @Test
    void keepsFiftyConcurrentInvocationsApart() throws Exception {
        lab.create(python("f", """
            import os
            def handler(event, context):
                return [event, context.aws_request_id, os.environ['_X_AMZN_TRACE_ID']]
            """).tracingConfig(tracing("Active")).timeout(30));
        Map<String, String> answers = new ConcurrentHashMap<>();
        try (var callers = TaskGroup.open("callers")) {
            for (int i = 0; i < 50; i++) {
                var id = new UUID(7, i).toString();
                var payload = "" + i;
                callers.fork(() -> answers.put(
                        id + ' ' + payload,
                        switch (lab.run("f", id, payload, null)) {
                            case InvokeOutcome.Succeeded(byte[] answer, String _) ->
                                new String(answer, StandardCharsets.UTF_8);
                            case InvokeOutcome other -> other.toString();
                        }));
            }
            callers.join(Lab.PATIENCE);
        }
        assertThat(answers).hasSize(50);
        answers.forEach((key, answer) ->
                assertThat(answer).startsWith("[" + key.split(" ")[1] + ", \"" + key.split(" ")[0] + "\", \"Root="));
        Eventually.holds(() -> lab.documents.size() == 100);
        assertThat(lab.documents.stream()
                        .map(document -> document.path("id").asString())
                        .distinct())
                .hasSize(100);
    }
}
