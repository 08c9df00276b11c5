// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class AddressTest extends Fixture {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        abc.execute-api.us-east-1.amazonaws.com | /prod/orders/1                          | abc | prod | /orders/1
        abc.execute-api.localhost:4566          | /prod                                   | abc | prod | /
        ABC.Execute-API.localhost               | /prod/                                  | abc | prod | /
        localhost:4566                          | /_aws/execute-api/abc/prod/orders       | abc | prod | /orders
        localhost:4566                          | /_aws/execute-api/abc/prod              | abc | prod | /
        localhost:4566                          | /restapis/abc/prod/_user_request_/a/b   | abc | prod | /a/b
        localhost:4566                          | /restapis/abc/prod/_user_request_       | abc | prod | /
        abc.execute-api.localhost               | /restapis/x/y/_user_request_/z          | abc | restapis | /x/y/_user_request_/z
        """)
    void isFoundInHostOrPath(String host, String path, String api, String stage, String rest) {
        var request = request("GET", host, path, "");
        assertThat(gateway.claims(request)).isTrue();
        assertThat(ApiAddress.of(request)).contains(new ApiAddress(api, stage, rest));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:4566, /restapis/abc",
        "localhost:4566, /restapis/abc/resources/def",
        "localhost:4566, /restapis/abc/prod/_user_request_x/y",
        "localhost:4566, /restapis",
        "localhost:4566, /",
        "apigateway.us-east-1.amazonaws.com, /restapis",
        ".execute-api.localhost, /prod",
        "a.b.execute-api.localhost, /prod",
        "'', /prod"
    })
    void isNotSeenWhereThereIsNone(String host, String path) {
        assertThat(gateway.claims(request("GET", host, path, ""))).isFalse();
    }

    @Test
    void answersTheSameInEveryForm() {
        var api = api("GET", "orders");
        for (var target : new String[] {
            "/_aws/execute-api/" + api + "/prod/orders", "/restapis/" + api + "/prod/_user_request_/orders"
        }) {
            assertThat(gateway.handle(request("GET", "localhost:4566", target, ""))
                            .status())
                    .isEqualTo(200);
            assertThat(event().get("path").asString()).isEqualTo("/orders");
            assertThat(event().at("/requestContext/path").asString()).isEqualTo("/prod/orders");
            assertThat(event().at("/requestContext/domainName").asString()).isEqualTo("localhost");
        }
        assertThat(send("GET", api, "/prod/orders", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"nope, /prod/orders", "API, /nope/orders", "API, /", "API, /PROD/orders"})
    void isForbiddenIfThereIsNoSuchApiOrStage(String api, String path) {
        var existing = api("GET", "orders");
        var response = send("GET", api.equals("API") ? existing : api, path, "");
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(response.headers().first("x-amzn-ErrorType")).hasValue("ForbiddenException");
        assertThat(response.headers().first("x-amzn-RequestId")).isPresent();
    }
}
