// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.ConnectionBodyParameter;
import dev.clew.events.api.ConnectionHeaderParameter;
import dev.clew.events.api.ConnectionHttpParameters;
import dev.clew.events.api.ConnectionQueryStringParameter;
import dev.clew.events.api.CreateApiDestinationRequest;
import dev.clew.events.api.CreateConnectionAuthRequestParameters;
import dev.clew.events.api.DeauthorizeConnectionRequest;
import dev.clew.events.api.DeleteConnectionRequest;
import dev.clew.events.api.EventsModel;
import dev.clew.events.destination.ApiDestinationTarget.Outcome;
import dev.clew.events.ledger.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationDeliveryTest extends DestinationFixture {
    private static final String EVENT = "{\"id\":\"1\",\"detail\":{\"amount\":1.50}}";

    @Test
    void aDeliveryIsARequestWithTheEventTheCredentialsAndTheTrace() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/hook?v=2"), "POST");
        assertThat(deliver(arn, EVENT)).isEqualTo(new Outcome.Delivered(200));
        var asked = endpoint.last();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.uri()).isEqualTo("/hook?v=2");
        assertThat(asked.body()).isEqualTo(EVENT);
        assertThat(asked.header("Authorization")).isEqualTo("Basic YWRhOmh1bnRlcjI=");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(asked.header("User-Agent")).isEqualTo("Amazon/EventBridge/ApiDestinations");
        assertThat(asked.header("X-Amzn-Trace-Id"))
                .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=2558e4c43a5bc9ce;Sampled=1");
    }

    @Test
    void theTraceStaysHereWhereTheSettingSaysSo() {
        var arn = destination("orders", connect("partner", "API_KEY", apiKey()), endpoint.url("/"), "PUT");
        reopen(DestinationsConfig.DEFAULTS.with(true, false));
        assertThat(deliver(arn, EVENT)).isEqualTo(new Outcome.Delivered(200));
        assertThat(endpoint.last().header("X-Amzn-Trace-Id")).isEmpty();
        assertThat(endpoint.last().header("X-Key")).isEqualTo("k-123");
        assertThat(endpoint.last().method()).isEqualTo("PUT");
    }

    @Test
    void theConnectionsParametersWinOverTheTargets() {
        var extras = new ConnectionHttpParameters(
                List.of(new ConnectionHeaderParameter("x-team", "ours", false)),
                List.of(new ConnectionQueryStringParameter("key", "a b&c", true)),
                List.of(new ConnectionBodyParameter("token", "t", true)));
        var connection = connect(
                "partner",
                "API_KEY",
                new CreateConnectionAuthRequestParameters(null, null, apiKey().apiKeyAuthParameters(), extras));
        var arn = destination("orders", connection, endpoint.url("/v1/*/items/*"), "POST");
        var parameters = new HttpParameters(
                List.of("a/b c", "7"),
                Map.of("X-Team", "theirs", "X-Own", "kept", "Content-Type", "application/cloudevents+json"),
                Map.of("key", "theirs"));
        assertThat(deliver(arn, EVENT, parameters)).isEqualTo(new Outcome.Delivered(200));
        var asked = endpoint.last();
        assertThat(asked.uri()).isEqualTo("/v1/a%2Fb%20c/items/7?key=a%20b%26c");
        assertThat(asked.header("X-Team")).isEqualTo("ours");
        assertThat(asked.header("X-Own")).isEqualTo("kept");
        assertThat(asked.header("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(asked.body()).isEqualTo("{\"id\":\"1\",\"detail\":{\"amount\":1.50},\"token\":\"t\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS"})
    void methodsWithoutABodySendNone(String method) {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), method);
        assertThat(deliver(arn, EVENT)).isEqualTo(new Outcome.Delivered(200));
        assertThat(endpoint.last().method()).isEqualTo(method);
        assertThat(endpoint.last().body()).isEmpty();
        assertThat(endpoint.last().header("Content-Type")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400", "403", "404", "413", "422"})
    void otherRefusalsAreFinal(int status) {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/a?key=k-123"), "POST");
        endpoint.answers(status, "no");
        assertThat(deliver(arn, EVENT))
                .isEqualTo(new Outcome.Final(
                        ErrorCode.ERROR_FROM_TARGET, "POST " + endpoint.url("/a") + ": HTTP " + status, status));
    }

    @ParameterizedTest
    @CsvSource({
        "401, ERROR_FROM_TARGET",
        "407, ERROR_FROM_TARGET",
        "409, ERROR_FROM_TARGET",
        "429, THROTTLING",
        "500, ERROR_FROM_TARGET",
        "503, ERROR_FROM_TARGET"
    })
    void overloadAndFaultsAreRetried(int status, ErrorCode code) {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        endpoint.answers(status, "later");
        assertThat(deliver(arn, EVENT))
                .isEqualTo(new Outcome.Retryable(code, "POST " + endpoint.url("/") + ": HTTP " + status, status, null));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "0, 0",
        "'Fri, 07 Aug 2026 10:01:30 GMT', 90",
        "'Fri, 07 Aug 2026 09:00:00 GMT', 0",
        "999999999, 86400",
    })
    void theEndpointSaysHowLongToWait(String header, long seconds) {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        retryAfter(header);
        assertThat(deliver(arn, EVENT))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void aNegativeWaitEndsRetryingAndNonsenseChangesNothing() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        retryAfter("-1");
        assertThat(deliver(arn, EVENT)).isInstanceOf(Outcome.Final.class);
        retryAfter("soon");
        assertThat(deliver(arn, EVENT))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.retryAfter()).isNull());
    }

    private void retryAfter(String value) {
        endpoint.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            RecordingServer.reply(exchange, 503, "");
        });
    }

    @Test
    void redirectsAreNotFollowed() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        endpoint.answers(exchange -> {
            exchange.getResponseHeaders().set("Location", authority.url("/elsewhere"));
            RecordingServer.reply(exchange, 307, "");
        });
        assertThat(deliver(arn, EVENT)).isInstanceOf(Outcome.Final.class);
        assertThat(authority.asked()).isEmpty();
    }

    @Test
    void anEndpointThatHangsTimesOut() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        reopen(impatient());
        endpoint.hangs();
        assertThat(deliver(arn, EVENT))
                .isEqualTo(new Outcome.Retryable(
                        ErrorCode.TIMEOUT, "POST " + endpoint.url("/") + ": no answer within 300 ms", null, null));
    }

    @Test
    void anAnswerThatNeverEndsTimesOut() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        reopen(impatient());
        endpoint.answers(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            Thread.currentThread().join(); // until the server is closed
        });
        assertThat(deliver(arn, EVENT))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    private static DestinationsConfig impatient() {
        var usual = DestinationsConfig.DEFAULTS;
        return new DestinationsConfig(
                true, true, Duration.ofMillis(300), usual.maxAnswerBytes(), usual.maxRateWait(), usual.perScope());
    }

    @Test
    void onlyTheBeginOfAnAnswerIsRead() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        endpoint.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var chunk = new byte[8_192];
            try {
                while (true) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException hungUp) {
                return;
            }
        });
        assertThat(deliver(arn, EVENT)).isEqualTo(new Outcome.Delivered(200));
    }

    @Test
    void nobodyThereIsRetried() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        endpoint.close();
        assertThat(deliver(arn, EVENT))
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.code()).isEqualTo(ErrorCode.CONNECTION_FAILURE));
    }

    @Test
    void whatCannotBeARequestIsFinal() {
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/*/*"), "POST");
        var few = new HttpParameters(List.of("1"), Map.of(), Map.of());
        assertThat(deliver(arn, EVENT, few))
                .isEqualTo(new Outcome.Final(
                        ErrorCode.INVALID_PARAMETER,
                        "the endpoint's path has more wildcards than PathParameterValues: 1",
                        null));
        var restricted = new HttpParameters(List.of("1", "2"), Map.of("Content-Length", "0"), Map.of());
        assertThat(deliver(arn, EVENT, restricted))
                .isEqualTo(new Outcome.Final(
                        ErrorCode.INVALID_PARAMETER, "the header Content-Length cannot be sent", null));
        assertThat(endpoint.asked()).isEmpty();
    }

    @Test
    void metadataServicesAreNeverCalled() {
        var arn = destination(
                "orders", connect("partner", "BASIC", basic()), "http://169.254.169.254/latest/meta-data", "GET");
        assertThat(deliver(arn, EVENT))
                .isEqualTo(new Outcome.Final(
                        ErrorCode.CONNECTION_FAILURE,
                        "GET http://169.254.169.254/latest/meta-data: the host 169.254.169.254 has a link-local"
                                + " address",
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "0.0.0.0", "[::1]", "[fd00::1]"})
    void theOwnNetworkIsNotCalledWhereTheSettingSaysSo(String host) {
        reopen(DestinationsConfig.DEFAULTS.with(false, true));
        var arn = destination("orders", connect("partner", "BASIC", basic()), "https://" + host + "/", "POST");
        assertThat(deliver(arn, EVENT))
                .isInstanceOfSatisfying(
                        Outcome.Final.class,
                        outcome -> assertThat(outcome.reason()).endsWith("is not public"));
    }

    @Test
    void deliveriesTakeTurnsUnderTheRateLimit() {
        var connection = connect("partner", "BASIC", basic());
        var arn = destination(CreateApiDestinationRequest.builder()
                .name("slow")
                .connectionArn(connection)
                .invocationEndpoint(endpoint.url("/"))
                .httpMethod("POST")
                .invocationRateLimitPerSecond(2));
        for (int i = 0; i < 3; i++) {
            assertThat(deliver(arn, EVENT)).isEqualTo(new Outcome.Delivered(200));
        }
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofMillis(500));
        clock.advance(Duration.ofMinutes(1));
        deliver(arn, EVENT);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aTurnTooFarAwayIsAThrottle() {
        var limit = new RateLimit();
        assertThat(limit.reserve(0, 1, Duration.ofSeconds(1))).contains(Duration.ZERO);
        assertThat(limit.reserve(0, 1, Duration.ofSeconds(1))).contains(Duration.ofSeconds(1));
        assertThat(limit.reserve(0, 1, Duration.ofSeconds(1))).isEmpty();
        assertThat(limit.reserve(1_000_000_000L, 1, Duration.ofSeconds(1))).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatIsNotThereIsFinalAndWhatIsNotAuthorizedWaits() {
        assertThat(deliver("arn:aws:events:us-east-1:111111111111:api-destination/no/1", EVENT))
                .isEqualTo(new Outcome.Final(
                        ErrorCode.NO_RESOURCE,
                        "no API destination arn:aws:events:us-east-1:111111111111:api-destination/no/1",
                        null));
        var arn = destination("orders", connect("partner", "BASIC", basic()), endpoint.url("/"), "POST");
        calls.call(EventsModel.DEAUTHORIZE_CONNECTION, new DeauthorizeConnectionRequest("partner"));
        assertThat(deliver(arn, EVENT))
                .isEqualTo(new Outcome.Retryable(
                        ErrorCode.SDK_CLIENT_ERROR, "the connection partner is DEAUTHORIZED", null, null));
        calls.call(EventsModel.DELETE_CONNECTION, new DeleteConnectionRequest("partner"));
        assertThat(deliver(arn, EVENT)).isInstanceOf(Outcome.Final.class);
        connect("partner", "BASIC", basic());
        assertThat(deliver(arn, EVENT))
                .as("a new one of the same name is another")
                .isInstanceOf(Outcome.Final.class);
        assertThat(endpoint.asked()).isEmpty();
    }
}
