// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
    private final HostGuard guard = new HostGuard(Set.of("clew.internal"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4566",
                "127.0.0.1:4566",
                "[::1]:4566",
                "a1b2c3.execute-api.us-east-1.amazonaws.com",
                "A1B2C3.execute-api.localhost:4566",
                "clew.internal",
                "CLEW.internal:80"
            })
    void acceptsTheNamesByWhichClientsReachUs(String host) {
        assertThat(guard.ours(request("Host", host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "amazonaws.com.evil.example",
                "evilamazonaws.com",
                "10.0.0.1"
            })
    void refusesAReboundName(String host) {
        assertThat(guard.ours(request("Host", host))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:4566", "http://127.0.0.1:3000", "https://clew.internal"})
    void acceptsPagesOfThisMachine(String origin) {
        assertThat(guard.localOrigin(request("Origin", origin))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "file://", "http://localhost.evil.example", "::"})
    void refusesForeignPages(String origin) {
        assertThat(guard.localOrigin(request("Origin", origin))).isFalse();
    }

    private static HttpRequest request(String header, String value) {
        return new HttpRequest("POST", "/", "", HttpHeaders.of(header, value), new byte[0], "127.0.0.1", false);
    }
}
