// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.ServiceModel.Protocol;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.shape.Unit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorTest {
    private static final OperationModel<Unit, Unit> LOOK =
            new OperationModel<>("Look", "GET", "/look/{what}", 200, Unit.SHAPE, Unit.SHAPE);

    private final List<Call> calls = new ArrayList<>();
    private final FrontDoor door = Doors.open(List.of(rest("one"), rest("two")));

    @Test
    void tellsHandlersWhatSurroundsTheCall() {
        var answer = door.handle(get("/look/x", "one/eu-west-1", "localhost:4566"));

        var call = calls.getFirst();
        assertThat(answer.headers().first("x-amzn-RequestId")).hasValue(call.requestId());
        assertThat(call.scope()).isEqualTo(new Scope("222222222222", "eu-west-1"));
        assertThat(call.caller()).isEqualTo(Doors.caller(Doors.KEY));
        assertThat(call.trace())
                .isEqualTo(TraceHeader.parse("Root=1-58406520-a006649127e371903a2de979;Sampled=1")
                        .orElseThrow());
        assertThat(call.endpoint()).isEqualTo(URI.create("http://localhost:4566"));
        assertThat(call.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU-WEST-1", "eu/west", "a!b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void takesTheDefaultForWhatIsNoRegion(String region) {
        door.handle(get("/look/x", "one/" + region, "localhost"));

        assertThat(calls).allSatisfy(call -> assertThat(call.scope().region()).isEqualTo("us-east-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:4566, http://localhost:4566",
        "[::1]:80, http://[::1]:80",
        "'', http://localhost",
        "a b, http://localhost",
        "evil/path, http://localhost",
        "user@, http://localhost",
    })
    void namesOnlyEndpointsThatAreOne(String host, String endpoint) {
        door.handle(get("/look/x", "one/us-east-1", host));

        assertThat(calls.getFirst().endpoint()).isEqualTo(URI.create(endpoint));
    }

    @Test
    void asksUnsignedRequestsForASignatureWhereSeveralServicesCouldBeMeant() {
        var request = new HttpRequest("GET", "/look/x", "", HttpHeaders.EMPTY, new byte[0], "127.0.0.1", false);

        var answer = door.handle(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Several services have this path");
        assertThat(door.handle(request, "two").status()).isEqualTo(200);
        assertThatThrownBy(() -> door.handle(request, "three")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToServeTwoServicesThatShareASigningName() {
        var services = List.of(rest("one"), rest("one"));

        assertThatThrownBy(() -> Doors.open(services)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        var config = new FrontDoorConfig("111111111111", "us-east-1", 100, 10, 128, 3, Duration.ofMinutes(15));
        var small = new FrontDoor(
                SampleServices.all(), new Doors.Keys(), AuthMode.OPEN, new ManualClock(), new SequentialIds(), config);

        var answer = small.handle(post("/v1/raw/x", "12345678901"));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers().first("x-amzn-ErrorType")).hasValue("RequestEntityTooLargeException");
        assertThat(answer.text()).contains("Request must be smaller than 10 bytes for the PutRaw operation");
        assertThat(small.handle(post("/v1/raw/x", "1234567890")).status()).isEqualTo(202);
        assertThat(small.handle(post("/v1/raw/x", "").withQuery("a&b&c&d")).status())
                .isEqualTo(202);
        var put = new HttpRequest("PUT", "/v1/parcels/x", "a&b&c&d", HttpHeaders.EMPTY, new byte[0], "", false);
        assertThat(small.handle(put).text()).contains("more than 3 parameters");
    }

    @Test
    void refusesDocumentsThatAreTooDeep() {
        var deep = "[".repeat(200) + "]".repeat(200);

        var answer = Doors.open().handle(post("/v1/box", "{\"unknown\":" + deep + '}'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("nesting depth");
    }

    @Test
    void answersEvenWhenAHandlerOverflowsItsStack() {
        var binding = ServiceBinding.builder(model("one"))
                .bind(LOOK, (input, call) -> {
                    throw new StackOverflowError();
                })
                .build();

        var answer = Doors.open(List.of(binding)).handle(get("/look/x", "one/us-east-1", "localhost"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.headers().first("x-amzn-ErrorType")).hasValue("InternalFailure");
    }

    private ServiceBinding rest(String id) {
        return ServiceBinding.builder(model(id))
                .bind(LOOK, (input, call) -> {
                    calls.add(call);
                    return Unit.VALUE;
                })
                .build();
    }

    private static ServiceModel model(String id) {
        return new ServiceModel(
                id, id, List.of(Protocol.REST_JSON), id, "", "", "1", "", List.of(LOOK), List.of(), List.of());
    }

    private static HttpRequest get(String path, String serviceAndRegion, String host) {
        var parts = serviceAndRegion.split("/", 2);
        var headers = HttpHeaders.of(
                "Host",
                host,
                "X-Amzn-Trace-Id",
                "Root=1-58406520-a006649127e371903a2de979;Sampled=1",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + Doors.KEY + "/20260807/" + parts[1] + '/' + parts[0]
                        + "/aws4_request, SignedHeaders=host, Signature=0");
        return new HttpRequest("GET", path, "", headers, new byte[0], "127.0.0.1", false);
    }

    private static HttpRequest post(String path, String body) {
        return new HttpRequest(
                "POST",
                path,
                "",
                HttpHeaders.of("Host", "localhost"),
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false);
    }
}
