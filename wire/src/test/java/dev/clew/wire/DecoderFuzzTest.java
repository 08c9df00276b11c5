// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever comes in, the front door answers, and never blames itself. */
class DecoderFuzzTest {
    private static final int MUTANTS = 40;

    private final List<HttpRequest> corpus = corpus();

    @ParameterizedTest
    @Seeds(60)
    void answersMutantsOfGoodRequests(long seed) {
        var random = new SplittableRandom(seed);
        var open = Doors.open();
        var verifying = Doors.verifying(new ManualClock());
        for (int i = 0; i < MUTANTS; i++) {
            var request = mutant(corpus.get(random.nextInt(corpus.size())), random);
            assertAnswered(open, request);
            assertAnswered(verifying, request);
        }
    }

    @ParameterizedTest
    @Seeds(40)
    void answersRandomBodies(long seed) {
        var random = new SplittableRandom(seed);
        var door = Doors.open();
        for (var request : corpus) {
            var body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            assertAnswered(door, withBody(request, body));
        }
    }

    private static void assertAnswered(FrontDoor door, HttpRequest request) {
        var answer = door.handle(request);
        assertThat(answer.status())
                .as(() -> request.method() + ' ' + request.path() + '?' + request.query() + '\n' + request.text()
                        + "\n-> " + answer.text())
                .isNotEqualTo(500)
                .isBetween(200, 503);
        assertThat(answer.headers().first("x-amzn-RequestId")).isPresent();
    }

    private static HttpRequest mutant(HttpRequest request, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                new HttpRequest(
                        request.method(),
                        '/' + text(mutated(request.path().substring(1).getBytes(StandardCharsets.UTF_8), random)),
                        request.query(),
                        request.headers(),
                        request.body(),
                        request.remoteAddress(),
                        false);
            case 1 ->
                request.withQuery(text(mutated((request.query() + "&a=b").getBytes(StandardCharsets.UTF_8), random)));
            case 2 -> {
                var headers = HttpHeaders.builder();
                request.headers()
                        .forEach((name, value) ->
                                headers.add(name, text(mutated(value.getBytes(StandardCharsets.UTF_8), random))));
                yield request.withHeaders(headers.build());
            }
            default -> withBody(request, mutated(request.body(), random));
        };
    }

    private static byte[] mutated(byte[] original, SplittableRandom random) {
        var bytes = Arrays.copyOf(original, original.length);
        for (int changes = random.nextInt(1, 4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> { // repeats a part
                    var part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 9)));
                    var longer = Arrays.copyOf(bytes, bytes.length + part.length);
                    System.arraycopy(part, 0, longer, bytes.length, part.length);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static HttpRequest withBody(HttpRequest request, byte[] body) {
        return new HttpRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                body,
                request.remoteAddress(),
                request.secure());
    }

    /** The golden requests, but for those that make a handler fail on purpose. */
    private static List<HttpRequest> corpus() {
        try {
            return GoldenExchangeTest.exchanges().stream()
                    .filter(name -> !name.contains("bug"))
                    .map(name -> {
                        try {
                            return Exchange.parse(Files.readString(Path.of("src/test/resources/golden", name)))
                                    .request();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
