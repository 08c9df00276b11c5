// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Shape.Time.Format;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Simple values as text: labels, query parameters, headers, form fields, XML elements. */
final class TextValues {
    private TextValues() {}

    /** @throws dev.clew.wire.ServiceException if {@code text} spells no value of {@code shape} */
    static Object parse(Shape shape, String text) {
        var value = parsed(shape, text);
        if (value == null) {
            throw Malformed.text(shape);
        }
        return value;
    }

    private static @Nullable Object parsed(Shape shape, String text) {
        try {
            return switch (shape) {
                case Shape.Text _, Shape.Document _ -> text;
                case Shape.Bool _ ->
                    switch (text) {
                        case "true", "True", "TRUE" -> Boolean.TRUE;
                        case "false", "False", "FALSE" -> Boolean.FALSE;
                        default -> null;
                    };
                case Shape.Int _ -> Integer.valueOf(text);
                case Shape.Long64 _ -> Long.valueOf(text);
                case Shape.Real _ -> {
                    double value = Double.parseDouble(text);
                    yield Double.isFinite(value) ? (Object) value : null;
                }
                case Shape.Time _ -> Timestamps.parse(text);
                case Shape.Blob _ -> Base64.getMimeDecoder().decode(text);
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @param timeFormat how to spell a moment unless its shape says otherwise */
    static String text(Shape shape, Object value, Format timeFormat) {
        return switch (shape) {
            case Shape.Time time ->
                Timestamps.text((Instant) value, time.format() == null ? timeFormat : time.format());
            case Shape.Blob _ -> Base64.getEncoder().encodeToString((byte[]) value);
            case Shape.Real _ -> real(((Number) value).doubleValue());
            default -> value.toString();
        };
    }

    /** Without an exponent where that is readable: not every client understands one. */
    private static String real(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value) + ".0"
                : Double.toString(value);
    }
}
