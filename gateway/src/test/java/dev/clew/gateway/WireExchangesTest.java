// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Arn;
import dev.clew.gateway.control.ControlPlane;
import dev.clew.gateway.definition.Definitions;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.Call;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.CredentialStore;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations through the front door, as they look on the wire: {@code >} is sent, {@code <} must come back. Ids count
 * up, so whatever an answer holds can be spelled out.
 */
@NullUnmarked // optional members of the answers are asserted, not guarded
class WireExchangesTest {
    private final FrontDoor door = new FrontDoor(
            List.of(ControlPlane.binding(
                    Definitions.open(new MemoryStore()), new SequentialIds(), new ManualClock(), false)),
            new Anybody(),
            AuthMode.OPEN,
            new ManualClock(),
            new SequentialIds(),
            FrontDoorConfig.DEFAULTS);

    private static final class Anybody implements CredentialStore {
        @Override
        public Optional<Credential> find(String accessKeyId) {
            return Optional.empty();
        }

        @Override
        public Call.Caller unverified(String accessKeyId) {
            return new Call.Caller(Arn.of("iam", "", "111111111111", "root"), "111111111111", accessKeyId);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipe", "errors"})
    void goAsWritten(String conversation) throws IOException {
        String expected;
        try (var file = WireExchangesTest.class.getResourceAsStream("exchanges/" + conversation + ".txt")) {
            expected = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        var actual = expected.strip().lines().collect(Collectors.joining("\n")).split("\n\n");
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
        var line = sent.getFirst().split(" ", 2);
        var response = send(line[0], line[1], String.join("\n", sent.subList(1, sent.size())));
        var actual = new StringBuilder();
        sent.forEach(part -> actual.append("> ").append(part).append('\n'));
        actual.append("< ").append(response.status());
        response.headers()
                .first("x-amzn-ErrorType")
                .ifPresent(type -> actual.append(' ').append(type));
        if (response.body().length > 0) {
            actual.append("\n< ").append(response.text());
        }
        return actual.toString();
    }

    private HttpResponse send(String method, String target, String body) {
        int question = target.indexOf('?');
        return door.handle(new HttpRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                HttpHeaders.of(
                        "Host", "localhost:4566",
                        "Accept", "application/json",
                        "Content-Type", "application/json",
                        "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20260807/us-east-1/apigateway/aws4_request,"
                                        + " SignedHeaders=host, Signature=0"),
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false));
    }
}
