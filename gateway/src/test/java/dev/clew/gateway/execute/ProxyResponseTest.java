// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the Lambda proxy integration's answer, case by case. */
@NullUnmarked // optional members of the answers are asserted, not guarded
class ProxyResponseTest extends Fixture {
    final String api = api("ANY", "{proxy+}");

    private dev.clew.wire.http.HttpResponse answer(String payload, String... headers) {
        function = request -> succeeded(payload);
        return send("GET", api, "/prod/x", "", headers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"statusCode": 201, "body": "b"}                               | 201 | b
        {"statusCode": "202", "body": "b"}                             | 202 | b
        {"statusCode": 204}                                            | 204 | ``
        {"headers": {"a": "b"}}                                        | 200 | ``
        {"body": "b"}                                                  | 200 | b
        {"statusCode": 200, "headers": null, "body": null}             | 200 | ``
        {"statusCode": 200, "multiValueHeaders": null}                 | 200 | ``
        {"statusCode": 200, "body": "b", "isBase64Encoded": false}     | 200 | b
        {"statusCode": 200, "body": "Yg==", "isBase64Encoded": true}   | 200 | Yg==
        {"statusCode": 200, "body": "ü€😀"}                            | 200 | ü€😀
        """)
    void acceptsWhatTheServiceAccepts(String payload, int status, String body) {
        var response = answer(payload);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo(body);
        assertThat(response.headers().first("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "\"text\"",
                "17",
                "not json",
                "{\"statusCode\": 200",
                "{\"statusCode\": 200} {}",
                "{\"statusCode\": \"many\"}",
                "{\"statusCode\": null}",
                "{\"statusCode\": 20.5}",
                "{\"statusCode\": 100}",
                "{\"statusCode\": 600}",
                "{\"statusCode\": 99999999999999}",
                "{\"statusCode\": 200, \"extra\": 1}",
                "{\"statusCode\": 200, \"cookies\": []}",
                "{\"statusCode\": 200, \"body\": {}}",
                "{\"statusCode\": 200, \"body\": 17}",
                "{\"statusCode\": 200, \"headers\": []}",
                "{\"statusCode\": 200, \"headers\": {\"a\": {}}}",
                "{\"statusCode\": 200, \"headers\": {\"a b\": \"c\"}}",
                "{\"statusCode\": 200, \"headers\": {\"a\": \"x\\r\\nSet-Cookie: y\"}}",
                "{\"statusCode\": 200, \"multiValueHeaders\": {\"a\": \"b\"}}",
                "{\"statusCode\": 200, \"multiValueHeaders\": {\"a\": [[]]}}",
                "{\"statusCode\": 200, \"isBase64Encoded\": \"yes\"}"
            })
    void answersBadGatewayToAnythingElse(String payload) {
        var response = answer(payload);
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).isEqualTo("{\"message\": \"Internal server error\"}");
        assertThat(response.headers().first("x-amzn-ErrorType")).hasValue("InternalServerErrorException");
        assertThat(response.headers().first("X-Amzn-Trace-Id")).isEmpty();
        assertThat(response.headers().first("x-amzn-RequestId")).isPresent();
    }

    @Test
    void spellsBooleansAndNumbersInHeaders() {
        var headers = answer("{\"headers\": {\"a\": true, \"b\": 17, \"c\": 1.5, \"d\": null}}")
                .headers();
        assertThat(headers.first("a")).hasValue("true");
        assertThat(headers.first("b")).hasValue("17");
        assertThat(headers.first("c")).hasValue("1.5");
        assertThat(headers.first("d")).isEmpty();
    }

    @Test
    void mergesBothKindsOfHeaders() {
        var headers = answer("""
            {"headers": {"a": "value-solo", "b": "1", "c": "same"},
             "multiValueHeaders": {"a": ["value-multi"], "c": ["same"], "Set-Cookie": ["x=1", "y=2"]}}
            """).headers();
        assertThat(headers.all("a")).containsExactly("value-multi", "value-solo");
        assertThat(headers.all("b")).containsExactly("1");
        assertThat(headers.all("c")).containsExactly("same");
        assertThat(headers.all("Set-Cookie")).containsExactly("x=1", "y=2");
    }

    @Test
    void remapsOrDropsHeadersThatAreNotTheFunctions() {
        var headers = answer("""
            {"headers": {"Connection": "close", "Content-Length": 5, "Date": "now", "Server": "me",
             "WWW-Authenticate": "Basic", "Transfer-Encoding": "chunked", "x-amzn-RequestId": "mine"}}
            """).headers();
        for (var name : List.of("Connection", "Content-Length", "Date", "Server", "WWW-Authenticate")) {
            assertThat(headers.first(name)).as(name).isEmpty();
            assertThat(headers.first("x-amzn-Remapped-" + name)).as(name).isPresent();
        }
        assertThat(headers.first("Transfer-Encoding")).isEmpty();
        assertThat(headers.first("x-amzn-RequestId").orElseThrow()).isNotEqualTo("mine");
        assertThat(headers.first("x-amzn-Remapped-x-amzn-RequestId")).hasValue("mine");
    }

    @Test
    void decodesBinaryBodiesForClientsThatWantThem() {
        var binary = console.call(
                dev.clew.gateway.api.ApigatewayModel.CREATE_REST_API,
                dev.clew.gateway.api.CreateRestApiRequest.builder()
                        .name("images")
                        .binaryMediaTypes(List.of("image/png"))
                        .build());
        console.putMethod(binary.id(), binary.rootResourceId(), "GET");
        console.putLambda(binary.id(), binary.rootResourceId(), "GET", "f");
        console.deploy(binary.id(), "prod");
        var base64 = "{\"statusCode\": 200, \"body\": \"iVBORw==\", \"isBase64Encoded\": true}";
        function = request -> succeeded(base64);
        assertThat(send("GET", binary.id(), "/prod", "", "Accept", "image/png;q=0.9, */*")
                        .body())
                .containsExactly(0x89, 'P', 'N', 'G');
        assertThat(send("GET", binary.id(), "/prod", "", "Accept", "text/html").text())
                .isEqualTo("iVBORw==");
        function = request ->
                succeeded(base64.replace("\"body\"", "\"headers\":{\"Content-Type\":\"image/png\"},\"body\""));
        assertThat(send("GET", binary.id(), "/prod", "").body()).containsExactly(0x89, 'P', 'N', 'G');
        function = request -> succeeded("{\"body\": \"not base64!\", \"isBase64Encoded\": true}");
        assertThat(send("GET", binary.id(), "/prod", "", "Accept", "image/png").status())
                .isEqualTo(502);
    }

    @Test
    void refusesBodiesThatAreTooLong() {
        var response = answer("{\"body\": \"" + "x".repeat(10 * 1024 * 1024 + 1) + "\"}");
        assertThat(response.status()).isEqualTo(502);
    }
}
