// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.Sampler;
import dev.clew.gateway.api.GetStageRequest;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The order of the recipe, as curl sends it, byte for byte in event and segment. */
@NullUnmarked // optional members of the answers are asserted, not guarded
class RecipeTest extends Fixture {
    final dev.clew.gateway.api.RestApi api = console.recipe();

    private HttpResponse order() {
        var body = "{\"productId\": \"12345\", \"quantity\": 1}";
        return gateway.handle(new HttpRequest(
                "POST",
                "/prod/orders/customer123",
                "",
                HttpHeaders.of(
                        "Host", api.id() + ".execute-api.us-east-1.amazonaws.com",
                        "User-Agent", "curl/8.5.0",
                        "Accept", "*/*",
                        "Content-Type", "application/json",
                        "Content-Length", Integer.toString(body.length())),
                body.getBytes(StandardCharsets.UTF_8),
                "198.51.100.7",
                true));
    }

    @Test
    void handsTheFunctionTheEventOfTheService() throws IOException {
        var response = order();
        var event = event();
        var context = event.get("requestContext");
        assertThat(event.toString())
                .isEqualTo(golden("recipe-event.json")
                        .replace("API", api.id())
                        .replace("TRACE", invocations.getLast().trace().root().text())
                        .replace(
                                "EXTENDED",
                                response.headers().first("x-amz-apigw-id").orElseThrow())
                        .replace(
                                "REQUEST",
                                response.headers().first("x-amzn-RequestId").orElseThrow())
                        .replace("RESOURCE", context.get("resourceId").asString())
                        .replace(
                                "DEPLOYMENT",
                                console.call(GET_STAGE, new GetStageRequest(api.id(), "prod"))
                                        .deploymentId()));
        assertThat(context.get("resourceId").asString()).matches("[a-z0-9]{6}");
        assertThat(context.get("requestId").asString()).matches("[0-9a-f-]{36}");
        assertThat(context.get("extendedRequestId").asString()).matches("[A-Za-z0-9_-]{15}=");
    }

    @Test
    void invokesOnBehalfOfTheMethod() {
        order();
        var invocation = invocations.getLast();
        assertThat(invocation.function()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:order-service");
        assertThat(invocation.sourceArn())
                .isEqualTo("arn:aws:execute-api:us-east-1:111111111111:" + api.id() + "/prod/POST/orders/{customerId}");
        assertThat(invocation.patience()).isEqualTo(Duration.ofSeconds(29));
    }

    @Test
    void answersAsTheFunctionSays() {
        function = request -> succeeded("""
            {"statusCode": 200,
             "headers": {"Content-Type": "application/json", "X-Amzn-Trace-Id": ""},
             "body": "{\\"status\\": \\"created\\"}"}
            """);
        var response = order();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"status\": \"created\"}");
        assertThat(response.headers().all("Content-Type")).containsExactly("application/json");
        assertThat(response.headers().first("x-amzn-RequestId")).isPresent();
        assertThat(response.headers().first("x-amz-apigw-id")).isPresent();
        assertThat(response.headers().all("X-Amzn-Trace-Id"))
                .containsExactly("Root=" + invocations.getLast().trace().root());
    }

    @Test
    void writesTheSegmentOfTheService() throws IOException {
        console.replaceInStage(api.id(), "prod", "/tracingEnabled", "true");
        decision = new Sampler.Decision(true, "orders");
        function = after(Duration.ofMillis(63), succeeded("{\"statusCode\": 201, \"body\": \"ok\"}"));
        var response = order();
        var segment = segment();
        var parent = invocations.getLast().trace().parent();
        assertThat(segment.toString())
                .isEqualTo(golden("stage-segment.json")
                        .replace("API", api.id())
                        .replace("TRACE", invocations.getLast().trace().root().text())
                        .replace(
                                "EXTENDED",
                                response.headers().first("x-amz-apigw-id").orElseThrow())
                        .replace(
                                "REQUEST",
                                response.headers().first("x-amzn-RequestId").orElseThrow())
                        .replace("SEGMENT", segment.get("id").asString())
                        .replace("LAMBDA", parent.text()));
    }

    @Test
    void goesOnAfterARestart() {
        console.replaceInStage(api.id(), "prod", "/tracingEnabled", "true");
        restart();
        assertThat(order().status()).isEqualTo(200);
        assertThat(segments()).hasSize(1);
    }

    private static String golden(String name) throws IOException {
        try (var file = RecipeTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(file).toString();
        }
    }
}
