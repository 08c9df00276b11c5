// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.Console;
import dev.clew.gateway.api.CreateRequestValidatorRequest;
import dev.clew.gateway.api.DeleteRestApiRequest;
import dev.clew.gateway.api.DeleteStageRequest;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.PutIntegrationRequest;
import dev.clew.gateway.api.PutIntegrationResponseRequest;
import dev.clew.gateway.api.PutMethodRequest;
import dev.clew.gateway.api.PutMethodResponseRequest;
import dev.clew.gateway.api.UpdateRestApiRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // optional members of the answers are asserted, not guarded
class StageSettingsTest extends Fixture {
    @Test
    void servesWhatWasDeployedUntilTheNextDeployment() {
        var api = console.createApi("shop");
        var orders = console.createPath(api, "orders");
        console.putMethod(api.id(), orders, "GET");
        console.putLambda(api.id(), orders, "GET", "first");
        console.deploy(api.id(), "prod");
        console.putLambda(api.id(), orders, "GET", "second");
        console.putMethod(api.id(), orders, "POST");
        console.putLambda(api.id(), orders, "POST", "second");
        assertThat(send("POST", api.id(), "/prod/orders", "").status()).isEqualTo(403);
        send("GET", api.id(), "/prod/orders", "");
        assertThat(invocations.getLast().function()).isEqualTo("first");
        console.deploy(api.id(), "prod");
        assertThat(send("POST", api.id(), "/prod/orders", "").status()).isEqualTo(200);
        send("GET", api.id(), "/prod/orders", "");
        assertThat(invocations.getLast().function()).isEqualTo("second");
    }

    @Test
    void forgetsStagesAndApisAtOnce() {
        var api = api("GET", "orders");
        assertThat(send("GET", api, "/prod/orders", "").status()).isEqualTo(200);
        console.deploy(api, "dev");
        console.call(DELETE_STAGE, new DeleteStageRequest(api, "prod"));
        assertThat(send("GET", api, "/prod/orders", "").status()).isEqualTo(403);
        assertThat(send("GET", api, "/dev/orders", "").status()).isEqualTo(200);
        console.call(DELETE_REST_API, new DeleteRestApiRequest(api));
        assertThat(send("GET", api, "/dev/orders", "").status()).isEqualTo(403);
    }

    @Test
    void resolvesStageVariablesAndEncodedFunctions() {
        var api = console.createApi("shop");
        console.putMethod(api.id(), api.rootResourceId(), "GET");
        console.putLambda(
                api.id(),
                api.rootResourceId(),
                "GET",
                "arn%3Aaws%3Alambda%3Aus-east-1%3A111111111111%3Afunction%3A${stageVariables.fn}:live");
        console.deploy(api.id(), "prod");
        console.replaceInStage(api.id(), "prod", "/variables/fn", "orders", "/tracingEnabled", "true");
        send("GET", api.id(), "/prod", "");
        assertThat(invocations.getLast().function())
                .isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:orders:live");
        assertThat(event().get("stageVariables").toString()).isEqualTo("{\"fn\":\"orders\"}");
        assertThat(segment().at("/subsegments/0/aws/function_name").asString()).isEqualTo("orders");
    }

    @Test
    void throttlesByMethod() {
        var api = api("ANY", "{proxy+}");
        console.replaceInStage(
                api,
                "prod",
                "/tracingEnabled",
                "true",
                "/~1{proxy+}/ANY/throttling/burstLimit",
                "2",
                "/~1{proxy+}/ANY/throttling/rateLimit",
                "10");
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(200);
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(200);
        gateway.close();
        documents.clear();
        var refused = send("GET", api, "/prod/a", "");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        assertThat(refused.headers().first("x-amzn-ErrorType")).hasValue("TooManyRequestsException");
        var segment = segment();
        assertThat(segment.get("throttle").asBoolean()).isTrue();
        assertThat(segment.get("error").asBoolean()).isTrue();
        assertThat(segment.has("subsegments")).isFalse();
        clock.advance(Duration.ofMillis(100));
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(200);
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(429);
    }

    @Test
    void throttlesEverythingAtARateOfZeroAndNothingBelow() {
        var api = api("GET", "a");
        console.replaceInStage(api, "prod", "/*/*/throttling/burstLimit", "0", "/*/*/throttling/rateLimit", "0");
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(429);
        console.replaceInStage(api, "prod", "/*/*/throttling/burstLimit", "-1", "/*/*/throttling/rateLimit", "-1");
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(200);
    }

    @Test
    void writesAccessLogs() {
        var api = api("POST", "orders", "{id}");
        console.replaceInStage(
                api,
                "prod",
                "/accessLogSettings/destinationArn",
                "arn:aws:logs:us-east-1:111111111111:log-group:access:*",
                "/accessLogSettings/format",
                "$context.requestId $context.httpMethod $context.resourcePath $context.path $context.status"
                        + " $context.responseLength $context.responseLatency $context.integration.latency"
                        + " $context.identity.sourceIp $context.identity.caller $context.error.message"
                        + " $context.xrayTraceId");
        function = after(Duration.ofMillis(12), succeeded(OK));
        var response = send("POST", api, "/prod/orders/1", "");
        gateway.close();
        assertThat(logLines)
                .containsExactly("access | " + api + "/prod | "
                        + response.headers().first("x-amzn-RequestId").orElseThrow()
                        + " POST /orders/{id} /prod/orders/1 200 2 12 12 198.51.100.7 - - Root="
                        + invocations.getLast().trace().root());
        logLines.clear();
        send("GET", api, "/prod/orders/1", "");
        gateway.close();
        assertThat(logLines.getFirst())
                .contains(" GET - /prod/orders/1 403 42 0 - 198.51.100.7 - Missing Authentication Token Root=1-");
    }

    @Test
    void tellsTheCourseOfRequestsThatFail() {
        var api = api("POST", "orders");
        console.replaceInStage(api, "prod", "/*/*/logging/loglevel", "ERROR");
        send("POST", api, "/prod/orders", "");
        gateway.close();
        assertThat(logLines).isEmpty();
        function = request -> succeeded("{\"status\": 200}");
        send("POST", api, "/prod/orders", "secret");
        gateway.close();
        assertThat(logLines)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("API-Gateway-Execution-Logs_" + api + "/prod | ")
                        .doesNotContain("secret"))
                .anySatisfy(line -> assertThat(line)
                        .endsWith("Execution failed: MalformedProxyResponse:"
                                + " Malformed Lambda proxy response: unknown member status"))
                .last()
                .satisfies(line -> assertThat(line).endsWith("Method completed with status: 502"));
    }

    @Test
    void tellsTheCourseOfAllRequestsIfAskedTo() {
        var api = api("POST", "orders");
        console.replaceInStage(api, "prod", "/*/*/logging/loglevel", "INFO", "/*/*/logging/dataTrace", "true");
        send("POST", api, "/prod/orders?a=1", "a body");
        gateway.close();
        assertThat(logLines)
                .anySatisfy(line -> assertThat(line).endsWith("HTTP Method: POST, Resource Path: /orders"))
                .anySatisfy(line -> assertThat(line).endsWith("query string: {a=[1]}"))
                .anySatisfy(line -> assertThat(line).endsWith("transformations: a body"))
                .anySatisfy(
                        line -> assertThat(line).endsWith("Received response. Status: 200, Integration latency: 0 ms"))
                .last()
                .satisfies(line -> assertThat(line).endsWith("Method completed with status: 200"));
    }

    @Test
    void answersMocksByItself() {
        var api = console.createApi("shop");
        var orders = console.createPath(api, "orders");
        console.putMethod(api.id(), orders, "OPTIONS");
        console.call(
                PUT_INTEGRATION,
                PutIntegrationRequest.builder()
                        .restApiId(api.id())
                        .resourceId(orders)
                        .httpMethod("OPTIONS")
                        .type("MOCK")
                        .requestTemplates(Map.of("application/json", "{\"statusCode\": 204}"))
                        .build());
        for (var status : List.of("204", "500")) {
            console.call(
                    PUT_METHOD_RESPONSE, new PutMethodResponseRequest(api.id(), orders, "OPTIONS", status, null, null));
        }
        console.call(
                PUT_INTEGRATION_RESPONSE,
                new PutIntegrationResponseRequest(api.id(), orders, "OPTIONS", "500", "5\\d\\d", null, null, null));
        console.call(
                PUT_INTEGRATION_RESPONSE,
                new PutIntegrationResponseRequest(
                        api.id(),
                        orders,
                        "OPTIONS",
                        "204",
                        null,
                        Map.of("method.response.header.Access-Control-Allow-Methods", "'OPTIONS,POST'"),
                        Map.of("application/json", "{}"),
                        null));
        console.deploy(api.id(), "prod");
        console.replaceInStage(api.id(), "prod", "/tracingEnabled", "true");
        var response = send("OPTIONS", api.id(), "/prod/orders", "");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.text()).isEqualTo("{}");
        assertThat(response.headers().first("Access-Control-Allow-Methods")).hasValue("OPTIONS,POST");
        assertThat(response.headers().first("X-Amzn-Trace-Id")).isEmpty();
        assertThat(invocations).isEmpty();
        assertThat(segment().has("subsegments")).isFalse();
    }

    @Test
    void refusesRequestsThatLackRequiredParameters() {
        var api = console.createApi("shop");
        var orders = console.createPath(api, "orders");
        var validator =
                console.call(CREATE_REQUEST_VALIDATOR, new CreateRequestValidatorRequest(api.id(), "p", false, true));
        console.call(
                PUT_METHOD,
                PutMethodRequest.builder()
                        .restApiId(api.id())
                        .resourceId(orders)
                        .httpMethod("GET")
                        .authorizationType("NONE")
                        .requestValidatorId(validator.id())
                        .requestParameters(Map.of(
                                "method.request.querystring.q", true,
                                "method.request.header.X-Tenant", true,
                                "method.request.querystring.optional", false))
                        .build());
        console.putLambda(api.id(), orders, "GET", Console.FUNCTION);
        console.deploy(api.id(), "prod");
        var refused = send("GET", api.id(), "/prod/orders", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("{\"message\":\"Missing required request parameters: [X-Tenant, q]\"}");
        assertThat(send("GET", api.id(), "/prod/orders?q=1", "", "x-tenant", "a")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void closesItsEndpointWithTheNextDeployment() {
        var api = api("GET", "a");
        console.call(
                UPDATE_REST_API,
                new UpdateRestApiRequest(
                        api, List.of(new PatchOperation("replace", "/disableExecuteApiEndpoint", "true", null))));
        assertThat(send("GET", api, "/prod/a", "").status()).isEqualTo(200);
        console.deploy(api, "prod");
        assertThat(send("GET", api, "/prod/a", "").text()).isEqualTo("{\"message\":\"Forbidden\"}");
    }

    @Test
    void compressesLongAnswersForClientsThatAcceptIt() throws IOException {
        var api = api("GET", "a");
        console.call(
                UPDATE_REST_API,
                new UpdateRestApiRequest(
                        api, List.of(new PatchOperation("replace", "/minimumCompressionSize", "100", null))));
        console.deploy(api, "prod");
        var text = "ab".repeat(100);
        function = request -> succeeded("{\"body\":\"" + text + "\"}");
        var compressed = send("GET", api, "/prod/a", "", "Accept-Encoding", "br, gzip;q=0.8");
        assertThat(compressed.headers().first("Content-Encoding")).hasValue("gzip");
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        assertThat(send("GET", api, "/prod/a", "").text()).isEqualTo(text);
        assertThat(send("GET", api, "/prod/a", "", "Accept-Encoding", "gzip;q=0")
                        .text())
                .isEqualTo(text);
        function = request -> succeeded(OK);
        assertThat(send("GET", api, "/prod/a", "", "Accept-Encoding", "gzip").text())
                .isEqualTo("ok");
    }
}
