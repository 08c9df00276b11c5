// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations through the front door, as they look on the wire: {@code >} is sent, {@code <} must come back. The first line sent is
 * {@code json OPERATION}, {@code form PATH} or {@code get PATH?QUERY}; a form's parameters stand one a line. Ids count up and
 * the clock stands still, so whatever an answer holds can be spelled out.
 */
class WireExchangesTest {
    private final Server server = Server.start();

    @ParameterizedTest
    @ValueSource(strings = {"json", "query", "query-by-path"})
    void goAsWritten(String conversation) throws IOException {
        String expected;
        try (var file = Objects.requireNonNull(
                WireExchangesTest.class.getResourceAsStream("exchanges/" + conversation + ".txt"))) {
            expected = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        var actual = expected.strip().split("\n\n");
        for (int i = 0; i < actual.length; i++) {
            actual[i] = actual[i].startsWith(">") ? exchange(actual[i]) : actual[i];
        }
        assertThat(String.join("\n\n", actual) + "\n").isEqualTo(expected);
    }

    private String exchange(String text) {
        var sent = text.lines()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .toList();
        var first = sent.getFirst().split(" ", 2);
        var rest = sent.subList(1, sent.size());
        var response = switch (first[0]) {
            case "json" -> server.send(Server.json(first[1], String.join("\n", rest), Map.of()));
            case "form" -> server.send(Server.form(first[1], String.join("&", rest)));
            case "get" -> get(first[1]);
            default -> throw new IllegalArgumentException(first[0]);
        };
        var error = response.headers().first("x-amzn-query-error");
        return sent.stream().map(line -> "> " + line + '\n').collect(Collectors.joining())
                + "< " + response.status() + error.map(code -> ' ' + code).orElse("")
                + (response.body().length == 0 ? "" : "\n< " + response.text());
    }

    private HttpResponse get(String target) {
        var parts = target.split("\\?", 2);
        return server.send(new HttpRequest(
                "GET", parts[0], parts[1], HttpHeaders.of("Host", Server.HOST), new byte[0], "127.0.0.1", false));
    }
}
