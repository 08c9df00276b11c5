// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.shape;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value in a service model, with the constraints the front door checks.
 *
 * <p>Values are plain Java: {@link Text} is a {@code String} (enumerations too), {@link Blob} a {@code byte[]},
 * {@link Bool} a {@code Boolean}, {@link Int} an {@code Integer}, {@link Long64} a {@code Long}, {@link Real} a
 * {@code Double}, {@link Time} an {@code Instant}, {@link ListOf} a {@code List}, {@link MapOf} a {@code Map} with text
 * keys, {@link Structure} its generated record, {@link Document} the Java form of any JSON.
 */
public sealed interface Shape permits Shape.Simple, Structure {
    /** Every shape that is not a structure. */
    sealed interface Simple extends Shape {}

    /**
     * Text.
     *
     * @param min least length in characters, 0 if unbounded
     * @param max greatest length, {@code Integer.MAX_VALUE} if unbounded
     * @param pattern the whole text must match; null if any
     * @param values the enumeration's values; empty if open
     * @param sensitive must not appear in logs or messages
     */
    record Text(int min, int max, @Nullable Pattern pattern, List<String> values, boolean sensitive) implements Simple {
        /** Text without constraints. */
        public static final Text ANY = new Text(0, Integer.MAX_VALUE, null, List.of(), false);

        public Text {
            values = List.copyOf(values);
        }
    }

    /** Bytes: base64 in JSON and XML, raw as an HTTP payload. */
    record Blob(int min, int max, boolean sensitive) implements Simple {}

    record Bool() implements Simple {}

    record Int(long min, long max) implements Simple {}

    record Long64(long min, long max) implements Simple {}

    /** Both float and double of the models. */
    record Real(double min, double max) implements Simple {}

    /** A moment; how it is spelled depends on protocol and place unless the model fixes it. */
    record Time(@Nullable Format format) implements Simple {
        /** Spellings of a timestamp. */
        public enum Format {
            EPOCH_SECONDS,
            ISO_8601,
            HTTP_DATE
        }
    }

    /**
     * A list.
     *
     * @param memberName element name in XML and query ("member" unless the model says otherwise)
     * @param flattened whether elements stand without a wrapper in XML and query
     */
    record ListOf(Supplier<Shape> element, String memberName, boolean flattened, int min, int max) implements Simple {}

    /** A map with text keys; names as in {@link ListOf}. */
    record MapOf(
            Shape key, Supplier<Shape> value, String keyName, String valueName, boolean flattened, int min, int max)
            implements Simple {}

    /** Any JSON value: maps, lists, strings, numbers, booleans, null. */
    record Document() implements Simple {}
}
