// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;

/** What the front door writes it also reads: an answer sent back as a request is answered with the same bytes. */
class RoundTripTest {
    private final FrontDoor door = Doors.open();

    @ParameterizedTest
    @Seeds(50)
    void jsonComesBackAsItWent(long seed) {
        assertComesBack(seed, "/", "X-Amz-Target", "Clerk_20260807.Echo");
    }

    @ParameterizedTest
    @Seeds(50)
    void cborComesBackAsItWent(long seed) {
        assertComesBack(seed, "/service/Meter/operation/Echo", "smithy-protocol", "rpc-v2-cbor");
    }

    private void assertComesBack(long seed, String path, String... headers) {
        var random = new SplittableRandom(seed);
        var service = path.equals("/") ? "clerk" : "meter";
        var value = (Bag) some(SampleServices.EVERYTHING, random, 0);
        var source = ServiceBinding.builder(binding(service).service());
        binding(service).bound().forEach((name, bound) -> rebind(source, bound, value));
        var first = Doors.open(List.of(source.build())).handle(request(path, new byte[0], headers));

        var second = door.handle(request(path, first.body(), headers));

        assertThat(second.status()).as(second::text).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    private static ServiceBinding binding(String id) {
        return SampleServices.all().stream()
                .filter(binding -> binding.service().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The same operation, except that the echo answers {@code value} whatever it hears. */
    @SuppressWarnings("unchecked")
    private static <I, O> void rebind(ServiceBinding.Builder builder, ServiceBinding.Bound<I, O> bound, Bag value) {
        var echo = bound.model().name().equals("Echo");
        builder.bind(bound.model(), echo ? (input, call) -> (O) value : bound.handler());
    }

    private static HttpRequest request(String path, byte[] body, String... headers) {
        return new HttpRequest("POST", path, "", HttpHeaders.of(headers), body, "127.0.0.1", false);
    }

    /** A value that satisfies the sample shapes' constraints. */
    private static Object some(Shape shape, SplittableRandom random, int depth) {
        return switch (shape) {
            case Structure<?> structure -> {
                var values = new @Nullable Object[structure.members().size()];
                for (int i = 0; i < values.length; i++) {
                    var member = structure.members().get(i);
                    if (member.required() || (depth < 5 && random.nextInt(4) > 0)) {
                        values[i] = some(member.shape(), random, depth + 1);
                    }
                }
                yield structure.construct(values);
            }
            case Shape.Text text
            when !text.values().isEmpty() ->
                text.values().get(random.nextInt(text.values().size()));
            case Shape.Text text when text.pattern() != null -> "n" + random.nextInt(1_000);
            case Shape.Text _ -> "\u0000\u2028\"\\\n<\uD83D\uDE00 " + random.nextInt();
            case Shape.Blob _ -> {
                var bytes = new byte[random.nextInt(16)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case Shape.Bool _ -> random.nextBoolean();
            case Shape.Int _ -> random.nextInt(101);
            case Shape.Long64 _ -> random.nextLong();
            case Shape.Real _ -> random.nextDouble(-1e9, 1e9);
            case Shape.Time _ -> Instant.ofEpochMilli(random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L));
            case Shape.ListOf list -> {
                var items = new ArrayList<Object>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    items.add(some(list.element().get(), random, depth + 1));
                }
                yield items;
            }
            case Shape.MapOf map -> {
                var entries = new LinkedHashMap<String, Object>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    entries.put("k" + i, some(map.value().get(), random, depth + 1));
                }
                yield entries;
            }
            case Shape.Document _ -> List.of("text", 1, 2.5, true, List.of());
        };
    }
}
