// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.ManualClock;
import dev.clew.wire.auth.Signer;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A verifying front door: who gets in, and what the others are told in each protocol. */
class SignedCallsTest {
    private final ManualClock clock = new ManualClock();
    private final FrontDoor door = Doors.verifying(clock);

    /** One harmless call per protocol, with the codes and statuses of refusal. */
    enum Client {
        JSON("clerk", 400, 400, "Exception"),
        REST("depot", 400, 403, "Exception"),
        QUERY("registry", 400, 403, ""),
        CBOR("meter", 400, 400, "Exception");

        private final String service;
        private final int incomplete;
        private final int refused;
        private final String suffix;

        Client(String service, int incomplete, int refused, String suffix) {
            this.service = service;
            this.incomplete = incomplete;
            this.refused = refused;
            this.suffix = suffix;
        }

        HttpRequest request() {
            return switch (this) {
                case JSON -> post("/", "{}", "Host", "localhost:4566", "X-Amz-Target", "Clerk_20260807.Ping");
                case REST -> post("/v1/raw/a%20b/../c%3Ad", "body", "Host", "localhost:4566");
                case QUERY ->
                    post(
                            "/",
                            "Action=Ping&Version=2026-08-07",
                            "Host",
                            "localhost:4566",
                            "Content-Type",
                            "application/x-www-form-urlencoded");
                case CBOR ->
                    post(
                            "/service/Meter/operation/Ping",
                            "",
                            "Host",
                            "localhost:4566",
                            "smithy-protocol",
                            "rpc-v2-cbor");
            };
        }

        String code(HttpResponse response) {
            return switch (this) {
                case REST -> response.headers().first("x-amzn-ErrorType").orElse("");
                case JSON, QUERY, CBOR -> response.text();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsInWhoSignsWell(Client client) {
        assertThat(door.handle(signed(client)).status()).isBetween(200, 202);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhoDoesNotSign(Client client) {
        var answer = door.handle(client.request());

        assertThat(answer.status()).isEqualTo(client.refused);
        assertThat(client.code(answer)).contains("MissingAuthenticationToken" + client.suffix);
        assertThat(answer.headers().first("x-amzn-RequestId")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheWrongSecret(Client client) {
        var signer = new Signer(Doors.KEY, "not the secret", null, "us-east-1", client.service);

        var answer = door.handle(signer.sign(client.request(), clock.instant()));

        assertThat(answer.status()).isEqualTo(client.refused);
        assertThat(client.code(answer))
                .contains(client == Client.QUERY ? "SignatureDoesNotMatch" : "InvalidSignatureException");
    }

    @Test
    void tellsStrangersNothingOfWhatIsUnsupported() {
        var levitate = post("/v1/levitate", "", "Host", "localhost:4566");
        var depot = new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", "depot");
        var liar = new Signer(Doors.KEY, "not the secret", null, "us-east-1", "depot");

        assertThat(door.handle(depot.sign(levitate, clock.instant())).status()).isEqualTo(501);
        assertThat(door.handle(liar.sign(levitate, clock.instant())).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnUnknownKey(Client client) {
        var signer = new Signer("AKIDNOBODY", Doors.SECRET, null, "us-east-1", client.service);

        var answer = door.handle(signer.sign(client.request(), clock.instant()));

        assertThat(answer.status()).isEqualTo(client.refused);
        assertThat(client.code(answer))
                .contains(client == Client.QUERY ? "InvalidClientTokenId" : "UnrecognizedClientException");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAHeaderThatIsNotWhole(Client client) {
        var request = with(
                signed(client),
                headers -> headers.set(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260807/us-east-1/" + client.service
                                + "/aws4_request"));

        var answer = door.handle(request);

        assertThat(answer.status()).isEqualTo(client.incomplete);
        assertThat(client.code(answer)).contains("IncompleteSignature" + client.suffix);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnExpiredSession(Client client) {
        var signer = new Signer(Doors.EXPIRED_KEY, Doors.SECRET, Doors.TOKEN, "us-east-1", client.service);

        var answer = door.handle(signer.sign(client.request(), clock.instant()));

        assertThat(answer.status()).isEqualTo(client.refused);
        assertThat(client.code(answer)).contains("ExpiredToken" + client.suffix);
    }

    @Test
    void wordsAStaleDateAsTheOriginalDoes() {
        var request = signed(Client.JSON);
        clock.advance(Duration.ofMinutes(16));

        assertThat(door.handle(request).text())
                .contains("Signature expired: 20260807T100000Z is now earlier than 20260807T100100Z"
                        + " (20260807T101600Z - 15 min.)");
    }

    @Test
    void refusesADateInTheFuture() {
        var request = new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", "clerk")
                .sign(Client.JSON.request(), clock.instant().plus(Duration.ofMinutes(16)));

        assertThat(door.handle(request).text()).contains("Signature not yet current: 20260807T101600Z");
    }

    @Test
    void toleratesSomeSkew() {
        var request = signed(Client.JSON);
        clock.advance(Duration.ofMinutes(14));

        assertThat(door.handle(request).status()).isEqualTo(200);
    }

    @Test
    void refusesABodyChangedOnTheWay() {
        var request = signed(Client.JSON);
        var changed = new HttpRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                "{\"more\":1}".getBytes(StandardCharsets.UTF_8),
                request.remoteAddress(),
                false);

        assertThat(door.handle(changed).text()).contains("InvalidSignatureException");
    }

    @Test
    void refusesAHeaderChangedOnTheWay() {
        var request = with(signed(Client.JSON), headers -> headers.set("X-Amz-Target", "Clerk_20260807.Echo"));

        assertThat(door.handle(request).text()).contains("InvalidSignatureException");
    }

    @Test
    void refusesAnAmazonHeaderThatIsNotSigned() {
        var request = with(signed(Client.JSON), headers -> headers.set("X-Amz-Extra", "1"));

        assertThat(door.handle(request).text()).contains("'x-amz-extra' must be a 'SignedHeader'");
    }

    @Test
    void refusesASignatureForAnotherService() {
        var request = new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", "depot")
                .sign(Client.JSON.request(), clock.instant());

        assertThat(door.handle(request).text()).contains("Credential should be scoped to correct service: 'clerk'.");
    }

    @Test
    void wantsTheTokenOfASession() {
        var request = Client.JSON.request();
        var with = new Signer(Doors.SESSION_KEY, Doors.SECRET, Doors.TOKEN, "us-east-1", "clerk");
        var without = new Signer(Doors.SESSION_KEY, Doors.SECRET, null, "us-east-1", "clerk");
        var other = new Signer(Doors.SESSION_KEY, Doors.SECRET, "token-2", "us-east-1", "clerk");
        var needless = new Signer(Doors.KEY, Doors.SECRET, "token-1", "us-east-1", "clerk");

        assertThat(door.handle(with.sign(request, clock.instant())).status()).isEqualTo(200);
        assertThat(door.handle(without.sign(request, clock.instant())).text()).contains("UnrecognizedClientException");
        assertThat(door.handle(other.sign(request, clock.instant())).text()).contains("UnrecognizedClientException");
        assertThat(door.handle(needless.sign(request, clock.instant())).text()).contains("UnrecognizedClientException");
    }

    @Test
    void checksADeclaredPayloadHash() {
        var hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; // of nothing
        var request = with(Client.JSON.request(), headers -> headers.set("X-Amz-Content-Sha256", hash));
        var signer = new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", "clerk");

        assertThat(door.handle(signer.sign(request, clock.instant())).text())
                .contains("does not match what was computed");
    }

    @Test
    void takesAnUnsignedPayloadOverTlsOnly() {
        var plain = with(Client.JSON.request(), headers -> headers.set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"));
        var secure = new HttpRequest(
                plain.method(), plain.path(), plain.query(), plain.headers(), plain.body(), "127.0.0.1", true);
        var signer = new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", "clerk");

        assertThat(door.handle(signer.sign(plain, clock.instant())).status()).isEqualTo(400);
        assertThat(door.handle(signer.sign(secure, clock.instant())).status()).isEqualTo(200);
    }

    @Test
    void takesAPresignedQueryUntilItExpires() {
        var unsigned = new HttpRequest(
                "GET",
                "/",
                "Version=2026-08-07&Action=Ping",
                HttpHeaders.of("Host", "localhost:4566"),
                new byte[0],
                "127.0.0.1",
                false);
        var request = new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", "registry")
                .presign(unsigned, clock.instant(), Duration.ofMinutes(30));

        assertThat(door.handle(request).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(29));
        assertThat(door.handle(request).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        assertThat(door.handle(request).text())
                .contains("SignatureDoesNotMatch")
                .contains("Signature expired");
    }

    @Test
    void trustsTheListenerThatForcesAService() {
        assertThat(door.handle(Client.REST.request(), "depot").status()).isEqualTo(202);
    }

    private HttpRequest signed(Client client) {
        return new Signer(Doors.KEY, Doors.SECRET, null, "us-east-1", client.service)
                .sign(client.request(), clock.instant());
    }

    private static HttpRequest post(String path, String body, String... headers) {
        return new HttpRequest(
                "POST", path, "", HttpHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8), "127.0.0.1", false);
    }

    private static HttpRequest with(HttpRequest request, UnaryOperator<HttpHeaders.Builder> change) {
        return request.withHeaders(change.apply(request.headers().toBuilder()).build());
    }
}
