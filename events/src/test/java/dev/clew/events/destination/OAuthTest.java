// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.ConnectionBodyParameter;
import dev.clew.events.api.ConnectionHeaderParameter;
import dev.clew.events.api.ConnectionHttpParameters;
import dev.clew.events.api.ConnectionQueryStringParameter;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.UpdateConnectionAuthRequestParameters;
import dev.clew.events.api.UpdateConnectionOAuthClientRequestParameters;
import dev.clew.events.api.UpdateConnectionOAuthRequestParameters;
import dev.clew.events.api.UpdateConnectionRequest;
import dev.clew.events.destination.ApiDestinationTarget.Outcome;
import dev.clew.events.ledger.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OAuthTest extends DestinationFixture {
    private final AtomicInteger granted = new AtomicInteger();

    private void grantsTokens() {
        authority.answers(exchange -> RecordingServer.reply(
                exchange,
                200,
                "{\"access_token\":\"token-" + granted.incrementAndGet()
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
    }

    private String connected() {
        grantsTokens();
        var arn = connect("partner", "OAUTH_CLIENT_CREDENTIALS", oauth("POST", null));
        runBackground();
        return destination("orders", arn, endpoint.url("/"), "POST");
    }

    @Test
    void aConnectionIsAuthorizingUntilATokenIsGranted() {
        grantsTokens();
        connect("partner", "OAUTH_CLIENT_CREDENTIALS", oauth("POST", null));
        assertThat(describe("partner").connectionState()).isEqualTo("AUTHORIZING");
        assertThat(describe("partner").lastAuthorizedTime()).isNull();
        clock.advance(Duration.ofSeconds(1));
        runBackground();
        assertThat(describe("partner").connectionState()).isEqualTo("AUTHORIZED");
        assertThat(describe("partner").lastAuthorizedTime()).isEqualTo(clock.instant());
        var asked = authority.last();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.body()).isEqualTo("grant_type=client_credentials&client_id=client&client_secret=s3cret");
    }

    @Test
    void theRequestCarriesTheConnectionsParameters() {
        grantsTokens();
        var extras = new ConnectionHttpParameters(
                List.of(new ConnectionHeaderParameter("X-Tenant", "7", false)),
                List.of(new ConnectionQueryStringParameter("v", "2", false)),
                List.of(new ConnectionBodyParameter("scope", "read write", false)));
        connect("posted", "OAUTH_CLIENT_CREDENTIALS", oauth("PUT", extras));
        runBackground();
        assertThat(authority.last().method()).isEqualTo("PUT");
        assertThat(authority.last().uri()).isEqualTo("/token?v=2");
        assertThat(authority.last().header("X-Tenant")).isEqualTo("7");
        assertThat(authority.last().body()).endsWith("&scope=read%20write");
        connect("got", "OAUTH_CLIENT_CREDENTIALS", oauth("GET", extras));
        runBackground();
        assertThat(authority.last().uri())
                .isEqualTo("/token?v=2&grant_type=client_credentials&client_id=client&client_secret=s3cret"
                        + "&scope=read%20write");
        assertThat(authority.last().body()).isEmpty();
    }

    @Test
    void aTokenIsAskedForOnceAndAgainWhenItExpires() {
        var arn = connected();
        for (int i = 0; i < 3; i++) {
            assertThat(deliver(arn, "{}")).isEqualTo(new Outcome.Delivered(200));
        }
        assertThat(authority.asked()).hasSize(1);
        assertThat(endpoint.last().header("Authorization")).isEqualTo("Bearer token-1");
        clock.advance(Duration.ofHours(1));
        deliver(arn, "{}");
        assertThat(endpoint.last().header("Authorization")).isEqualTo("Bearer token-2");
    }

    @Test
    void aRefusedTokenIsReplacedBeforeTheNextTry() {
        var arn = connected();
        endpoint.answers(401, "");
        assertThat(deliver(arn, "{}")).isInstanceOf(Outcome.Retryable.class);
        endpoint.answers(200, "");
        assertThat(deliver(arn, "{}")).isEqualTo(new Outcome.Delivered(200));
        assertThat(endpoint.last().header("Authorization")).isEqualTo("Bearer token-2");
    }

    @Test
    void otherCredentialsGetAnotherToken() {
        var arn = connected();
        calls.call(
                EventsModel.UPDATE_CONNECTION,
                new UpdateConnectionRequest(
                        "partner",
                        null,
                        null,
                        UpdateConnectionAuthRequestParameters.builder()
                                .oAuthParameters(UpdateConnectionOAuthRequestParameters.builder()
                                        .clientParameters(
                                                new UpdateConnectionOAuthClientRequestParameters(null, "newer"))
                                        .build())
                                .build()));
        assertThat(describe("partner").connectionState()).isEqualTo("AUTHORIZING");
        assertThat(deliver(arn, "{}"))
                .isEqualTo(new Outcome.Retryable(
                        ErrorCode.SDK_CLIENT_ERROR, "the connection partner is AUTHORIZING", null, null));
        runBackground();
        assertThat(deliver(arn, "{}")).isEqualTo(new Outcome.Delivered(200));
        assertThat(authority.last().body()).endsWith("client_id=client&client_secret=newer");
        assertThat(endpoint.last().header("Authorization")).isEqualTo("Bearer token-2");
    }

    @Test
    void aRefusalIsToldWithoutTheSecret() {
        authority.answers(400, "{\"error\":\"invalid_client\",\"hint\":\"s3cret\"}");
        connect("partner", "OAUTH_CLIENT_CREDENTIALS", oauth("POST", null));
        runBackground();
        assertThat(describe("partner").connectionState()).isEqualTo("DEAUTHORIZED");
        assertThat(describe("partner").stateReason()).isEqualTo("No token was granted: HTTP 400");
        authority.answers(200, "no JSON");
        calls.call(EventsModel.UPDATE_CONNECTION, new UpdateConnectionRequest("partner", "again", null, null));
        runBackground();
        assertThat(describe("partner").stateReason())
                .isEqualTo("No token was granted: the answer holds no access_token");
    }

    @Test
    void anAuthorityThatHangsIsNotWaitedForLong() {
        var arn = connected();
        var usual = DestinationsConfig.DEFAULTS;
        reopen(new DestinationsConfig(
                true, true, Duration.ofMillis(300), usual.maxAnswerBytes(), usual.maxRateWait(), usual.perScope()));
        authority.hangs();
        assertThat(deliver(arn, "{}"))
                .isEqualTo(new Outcome.Retryable(
                        ErrorCode.CONNECTION_FAILURE,
                        "no token from " + authority.url("/token") + ": no answer within 300 ms",
                        null,
                        null));
        assertThat(endpoint.asked()).isEmpty();
    }

    @Test
    void authorizingGoesOnAfterARestart() {
        grantsTokens();
        connect("partner", "OAUTH_CLIENT_CREDENTIALS", oauth("POST", null));
        reopen(DestinationsConfig.DEFAULTS);
        assertThat(describe("partner").connectionState()).isEqualTo("AUTHORIZING");
        destinations.start();
        runBackground();
        assertThat(describe("partner").connectionState()).isEqualTo("AUTHORIZED");
    }
}
