// SPDX-License-Identifier: Apache-2.0
package dev.clew.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Tables of cases kept as text: one case a line, columns two or more spaces apart, comments after {@code #}. */
public final class Cases {
    private Cases() {}

    /** The cases in the resource {@code name} beside {@code test}, the columns as strings. */
    public static Stream<Arguments> of(Class<?> test, String name) {
        try (var file = Objects.requireNonNull(test.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.split(" {2,}")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
