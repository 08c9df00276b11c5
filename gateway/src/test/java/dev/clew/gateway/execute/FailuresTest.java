// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.Console;
import dev.clew.gateway.api.PutGatewayResponseRequest;
import dev.clew.gateway.execute.FunctionInvoker.Outcome;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class FailuresTest extends Fixture {
    final String api = api("POST", "orders", "{id}");

    private void assertFailure(HttpResponse response, int status, String body, String errorType) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo(body);
        assertThat(response.headers().first("x-amzn-ErrorType")).hasValue(errorType);
        assertThat(response.headers().first("Content-Type")).hasValue("application/json");
        assertThat(response.headers().first("X-Amzn-Trace-Id")).isEmpty();
        assertThat(response.headers().first("x-amzn-RequestId")).isPresent();
        assertThat(response.headers().first("x-amz-apigw-id")).isPresent();
    }

    private HttpResponse order(Outcome outcome) {
        function = request -> outcome;
        return send("POST", api, "/prod/orders/1", "");
    }

    @Test
    void answersBadGatewayWhenTheFunctionFails() {
        assertFailure(
                order(new Outcome.FunctionError("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), "KeyError")),
                502,
                "{\"message\": \"Internal server error\"}",
                "InternalServerErrorException");
    }

    @Test
    void answersInternalErrorWhenTheFunctionCannotBeInvoked() {
        for (var outcome : new Outcome[] {
            new Outcome.Refused("no statement"),
            new Outcome.NotFound(),
            new Outcome.Throttled(),
            new Outcome.Failed("x")
        }) {
            assertFailure(
                    order(outcome), 500, "{\"message\": \"Internal server error\"}", "InternalServerErrorException");
        }
    }

    @Test
    void answersGatewayTimeoutWhenTheFunctionTakesTooLong() {
        assertFailure(
                order(new Outcome.TimedOut()),
                504,
                "{\"message\": \"Endpoint request timed out\"}",
                "InternalServerErrorException");
    }

    @Test
    void answersInternalErrorWhenTheBackendVerbIsNotPost() {
        var broken = console.createApi("broken");
        console.putMethod(broken.id(), broken.rootResourceId(), "GET");
        console.call(
                PUT_INTEGRATION,
                Console.lambda(broken.id(), broken.rootResourceId(), "GET", "f")
                        .integrationHttpMethod("GET")
                        .build());
        console.deploy(broken.id(), "prod");
        assertFailure(
                send("GET", broken.id(), "/prod", ""),
                500,
                "{\"message\": \"Internal server error\"}",
                "InternalServerErrorException");
        assertThat(invocations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prod/orders", "/prod", "/prod/orders/1/2", "/prod/nope"})
    void missesTheTokenOnUnknownPaths(String path) {
        assertFailure(
                send("POST", api, path, ""),
                403,
                "{\"message\":\"Missing Authentication Token\"}",
                "MissingAuthenticationTokenException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "FETCH", "PROPFIND", "ANY", "post", "TRACE"})
    void missesTheTokenOnOtherVerbs(String verb) {
        assertFailure(
                send(verb, api, "/prod/orders/1", ""),
                403,
                "{\"message\":\"Missing Authentication Token\"}",
                "MissingAuthenticationTokenException");
    }

    @Test
    void refusesBodiesOfMoreThanTenMegabytes() {
        for (int length : new int[] {10 * 1024 * 1024, 10 * 1024 * 1024 + 1}) {
            var response = gateway.handle(new HttpRequest(
                    "POST",
                    "/prod/orders/1",
                    "",
                    HttpHeaders.of("Host", host(api)),
                    new byte[length],
                    "198.51.100.7",
                    false));
            if (length <= 10 * 1024 * 1024) {
                assertThat(response.status()).isEqualTo(200);
            } else {
                assertFailure(
                        response,
                        413,
                        "{\"message\":\"HTTP content length exceeded 10485760 bytes.\"}",
                        "RequestTooLargeException");
            }
        }
    }

    @Test
    void refusesFloodsOfHeaders() {
        var headers = HttpHeaders.builder().add("Host", host(api));
        for (int i = 0; i < 2_000; i++) {
            headers.add("X-" + i, "v");
        }
        var response = gateway.handle(
                new HttpRequest("POST", "/prod/orders/1", "", headers.build(), new byte[0], "198.51.100.7", false));
        assertFailure(response, 413, "{\"message\":\"Request Too Long\"}", "RequestTooLargeException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/prod/orders/%", "/prod/orders/%zz", "/prod/orders/1?a=%", "/prod/orders/1?%f=1", "/prod/%1/2"})
    void refusesBrokenPercentEncoding(String target) {
        assertFailure(
                send("POST", api, target, ""),
                400,
                "{\"message\":\"Malformed percent-encoding in the URL\"}",
                "BadRequestException");
    }

    @Test
    void answersAsCustomized() {
        console.call(
                PUT_GATEWAY_RESPONSE,
                new PutGatewayResponseRequest(
                        api,
                        "MISSING_AUTHENTICATION_TOKEN",
                        "404",
                        Map.of(
                                "gatewayresponse.header.Access-Control-Allow-Origin", "'*'",
                                "gatewayresponse.header.X-Asked", "method.request.header.X-Ask"),
                        Map.of("application/json", "{\"m\":$context.error.messageString,\"p\":\"$context.path\"}")));
        console.call(
                PUT_GATEWAY_RESPONSE,
                new PutGatewayResponseRequest(
                        api, "DEFAULT_5XX", null, null, Map.of("text/plain", "sorry: $context.error.responseType")));
        assertThat(send("POST", api, "/prod/nope", "").status())
                .as("before it is deployed")
                .isEqualTo(403);
        console.deploy(api, "prod");
        var missing = send("POST", api, "/prod/nope", "", "X-Ask", "a");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("{\"m\":\"Missing Authentication Token\",\"p\":\"/prod/nope\"}");
        assertThat(missing.headers().first("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(missing.headers().first("X-Asked")).hasValue("a");
        var timeout = order(new Outcome.TimedOut());
        assertThat(timeout.status()).isEqualTo(504);
        assertThat(timeout.text()).isEqualTo("sorry: INTEGRATION_TIMEOUT");
        assertThat(timeout.headers().first("Content-Type")).hasValue("text/plain");
        assertThat(order(succeededWith("nonsense")).text()).isEqualTo("sorry: DEFAULT_5XX");
    }

    private static Outcome succeededWith(String payload) {
        return succeeded(payload);
    }
}
