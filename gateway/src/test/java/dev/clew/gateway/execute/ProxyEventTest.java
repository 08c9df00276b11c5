// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.Console;
import dev.clew.gateway.api.CreateRestApiRequest;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked // optional members of the answers are asserted, not guarded
class ProxyEventTest extends Fixture {
    final String api = api("ANY", "{proxy+}");

    private JsonNode eventOf(String target, String body, String... headers) {
        assertThat(send("PUT", api, target, body, headers).status()).isEqualTo(200);
        return event();
    }

    @Test
    void keepsNamesOfHeadersAsTheyCame() {
        var event = eventOf("/prod/x", "", "tEsT-HEADeR", "a");
        assertThat(event.get("headers").get("tEsT-HEADeR").asString()).isEqualTo("a");
        assertThat(event.get("multiValueHeaders").get("tEsT-HEADeR").toString()).isEqualTo("[\"a\"]");
    }

    @Test
    void showsTheLastOfRepeatedHeadersAndAllOfThem() {
        var event = eventOf("/prod/x", "", "X-A", "1", "x-a", "2");
        assertThat(event.get("headers").get("X-A").asString()).isEqualTo("2");
        assertThat(event.get("multiValueHeaders").get("X-A").toString()).isEqualTo("[\"1\",\"2\"]");
    }

    @Test
    void hidesHeadersOfTheConnectionAndSignatures() {
        var headers = eventOf(
                        "/prod/x",
                        "b",
                        "Content-Length",
                        "1",
                        "Connection",
                        "keep-alive",
                        "Transfer-Encoding",
                        "chunked",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKID/x")
                .get("headers");
        assertThat(headers.propertyNames())
                .containsExactly("Host", "X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto");
        assertThat(eventOf("/prod/x", "", "Authorization", "Bearer t")
                        .get("headers")
                        .get("Authorization")
                        .asString())
                .isEqualTo("Bearer t");
    }

    @Test
    void addsItselfToTheProxiesOnTheWay() {
        var headers = eventOf("/prod/x", "", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "gopher")
                .get("headers");
        assertThat(headers.get("X-Forwarded-For").asString()).isEqualTo("203.0.113.9, 198.51.100.7");
        assertThat(headers.get("X-Forwarded-Proto").asString()).isEqualTo("http");
        assertThat(headers.get("X-Forwarded-Port").asString()).isEqualTo("4566");
    }

    @Test
    void decodesTheQuery() {
        var event = eventOf("/prod/x?a=1&b=x%20y&a=2+3&c&=z&d=%C3%BC&%65=f", "");
        assertThat(event.get("queryStringParameters").toString())
                .isEqualTo("{\"a\":\"2 3\",\"b\":\"x y\",\"c\":\"\",\"d\":\"ü\",\"e\":\"f\"}");
        assertThat(event.get("multiValueQueryStringParameters").get("a").toString())
                .isEqualTo("[\"1\",\"2 3\"]");
        assertThat(eventOf("/prod/x?", "").get("queryStringParameters").isNull())
                .isTrue();
    }

    @Test
    void decodesPathParametersButNotThePath() {
        var event = eventOf("/prod/a%20b/c%2Fd/", "");
        assertThat(event.get("path").asString()).isEqualTo("/a%20b/c%2Fd/");
        assertThat(event.at("/requestContext/path").asString()).isEqualTo("/prod/a%20b/c%2Fd/");
        assertThat(event.at("/pathParameters/proxy").asString()).isEqualTo("a b/c/d");
        assertThat(event.get("resource").asString()).isEqualTo("/{proxy+}");
    }

    @Test
    void tellsTheVerbReallyUsedOnAnAnyMethod() {
        eventOf("/prod/x", "");
        assertThat(event().get("httpMethod").asString()).isEqualTo("PUT");
        assertThat(invocations.getLast().sourceArn()).endsWith("/prod/PUT/{proxy+}");
    }

    @Test
    void hasNoBodyWhenThereIsNone() {
        assertThat(eventOf("/prod/x", "").get("body").isNull()).isTrue();
        assertThat(event().get("isBase64Encoded").asBoolean()).isFalse();
        assertThat(eventOf("/prod/x", "ü\"\n").get("body").asString()).isEqualTo("ü\"\n");
    }

    @Test
    void encodesBodiesOfBinaryTypes() {
        var images = console.call(
                CREATE_REST_API,
                CreateRestApiRequest.builder()
                        .name("images")
                        .binaryMediaTypes(List.of("image/png"))
                        .build());
        console.putMethod(images.id(), images.rootResourceId(), "POST");
        console.putLambda(images.id(), images.rootResourceId(), "POST", "f");
        console.deploy(images.id(), "prod");
        for (var type : List.of("image/png", "IMAGE/PNG; q=1", "text/plain")) {
            gateway.handle(new HttpRequest(
                    "POST",
                    "/prod",
                    "",
                    HttpHeaders.of("Host", host(images.id()), "Content-Type", type),
                    new byte[] {(byte) 0x89, 'P', 'N', 'G'},
                    "198.51.100.7",
                    false));
            boolean binary = type.toLowerCase(java.util.Locale.ROOT).startsWith("image/png");
            assertThat(event().get("isBase64Encoded").asBoolean()).isEqualTo(binary);
            assertThat(event().get("body").asString()).isEqualTo(binary ? "iVBORw==" : "\uFFFDPNG");
        }
    }

    @Test
    void addsMappedParameters() {
        var mapped = console.createApi("mapped");
        var resource = console.createPath(mapped, "{id}");
        console.putMethod(mapped.id(), resource, "GET");
        console.call(
                PUT_INTEGRATION,
                Console.lambda(mapped.id(), resource, "GET", "f")
                        .requestParameters(Map.of(
                                "integration.request.header.x-literal", "'text'",
                                "integration.request.header.x-id", "method.request.path.id",
                                "integration.request.header.x-none", "method.request.header.none",
                                "integration.request.querystring.stage", "context.stage",
                                "integration.request.querystring.q", "method.request.querystring.p"))
                        .build());
        console.deploy(mapped.id(), "prod");
        send("GET", mapped.id(), "/prod/17?p=1", "");
        var headers = event().get("headers");
        assertThat(headers.get("x-literal").asString()).isEqualTo("text");
        assertThat(headers.get("x-id").asString()).isEqualTo("17");
        assertThat(headers.has("x-none")).isFalse();
        assertThat(event().at("/queryStringParameters/stage").asString()).isEqualTo("prod");
        assertThat(event().at("/queryStringParameters/q").asString()).isEqualTo("1");
    }

    @Test
    void takesARequestIdThatIsAUuid() {
        var id = "af73b8ac-9cad-4324-9be0-754004906215";
        assertThat(eventOf("/prod/x", "", "x-amzn-requestid", id)
                        .at("/requestContext/requestId")
                        .asString())
                .isEqualTo(id);
        assertThat(eventOf("/prod/x", "", "x-amzn-requestid", "me")
                        .at("/requestContext/requestId")
                        .asString())
                .matches("[0-9a-f-]{36}");
    }
}
