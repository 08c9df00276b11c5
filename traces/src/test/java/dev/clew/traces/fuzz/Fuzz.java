// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property on input at random. By itself a few hundred seeds, the same each time; with {@code -Dclew.fuzz.seconds=600}
 * for so long, on other seeds each time. A failure names its seed: {@code -Dclew.fuzz.seed=N} tries that one alone.
 */
public final class Fuzz {
    private static final List<String> ODDITIES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "NaN",
            "\"NaN\"",
            "1e999",
            "-1e-999",
            "1e308",
            "9223372036854775808",
            "-0.0",
            "1.7976931348623157E308",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "{}",
            "[]",
            "[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "\"id\":\"0000000000000001\",",
            "\"parent_id\":\"0000000000000001\",",
            "\"subsegments\":[{}],",
            "\"start_time\":-5,",
            "\"end_time\":1e300,",
            "\"in_progress\":true,",
            "\"annotations\":{\"a\":1e400},",
            "(",
            ")",
            "!",
            "AND",
            "OR",
            "\"",
            "\\",
            ",",
            ":",
            "}",
            "]",
            "\n",
            "\u00e9",
            "\ud83e\uddf6");

    private Fuzz() {}

    /** @param runs how many seeds without a time */
    public static void run(int runs, Consumer<Random> property) {
        var only = Long.getLong("clew.fuzz.seed");
        int seconds = Integer.getInteger("clew.fuzz.seconds", 0);
        if (only != null) {
            property.accept(new Random(only));
        } else if (seconds == 0) {
            for (long seed = 1; seed <= runs; seed++) {
                once(seed, property);
            }
        } else {
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            for (long seed = System.nanoTime(); System.nanoTime() < end; seed++) {
                once(seed, property);
            }
        }
    }

    private static void once(long seed, Consumer<Random> property) {
        try {
            property.accept(new Random(seed));
        } catch (Throwable e) {
            throw new AssertionError("fails with -Dclew.fuzz.seed=" + seed, e);
        }
    }

    /** {@code text} with a few changes. */
    public static String mutant(String text, Random random) {
        return new String(mutant(text.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
    }

    /** {@code bytes} with a few changes. */
    public static byte[] mutant(byte[] bytes, Random random) {
        var mutant = bytes;
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutant = changed(mutant, random);
        }
        return mutant;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 6));
        return switch (random.nextInt(7)) {
            case 0 -> spliced(bytes, from, to, new byte[0]);
            case 1 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 2 -> spliced(bytes, from, to, oddity(random));
            case 3 -> spliced(bytes, from, from, oddity(random));
            case 4 -> spliced(bytes, from, to, value(bytes, random));
            case 5 -> {
                var noise = new byte[random.nextInt(5)];
                random.nextBytes(noise);
                yield spliced(bytes, from, to, noise);
            }
            default -> {
                int times = 1 << random.nextInt(12);
                var part = Arrays.copyOfRange(bytes, from, to);
                yield part.length * times > 200_000
                        ? bytes
                        : spliced(
                                bytes,
                                from,
                                to,
                                new String(part, StandardCharsets.ISO_8859_1)
                                        .repeat(times)
                                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        };
    }

    private static byte[] oddity(Random random) {
        return ODDITIES.get(random.nextInt(ODDITIES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(byte[] bytes, Random random) {
        int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(40)));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        var result = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(between, 0, result, from, between.length);
        System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
        return result;
    }
}
