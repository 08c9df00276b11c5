// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.trace;

import dev.clew.core.Check;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A trace id in the X-Ray form {@code 1-5759e988-bd862e3fe1be46a994272793}: version, epoch second, 96 random bits, in
 * lower-case hex.
 */
public record TraceId(String text) implements Comparable<TraceId> {
    private static final int LENGTH = 35;
    private static final HexFormat HEX = HexFormat.of();

    public TraceId {
        Check.argument(wellFormed(text), "trace id: '" + text + "' (expected: 1-{8 hex}-{24 hex})");
    }

    /** The id of a trace that starts at {@code epochSecond}, with 96 bits from {@code high} and {@code low}. */
    public static TraceId of(long epochSecond, long high, int low) {
        return new TraceId(
                "1-" + HEX.toHexDigits((int) epochSecond) + '-' + HEX.toHexDigits(high) + HEX.toHexDigits(low));
    }

    /** The id that {@code text} spells in either case, or nothing. Never throws. */
    public static Optional<TraceId> parse(String text) {
        return wellFormed(text) ? Optional.of(new TraceId(text.toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    /** The id that {@code text} spells in X-Ray's form or as 32 hex digits, or nothing. Never throws. */
    public static Optional<TraceId> ofEither(String text) {
        return text.length() == 32 ? parse("1-" + text.substring(0, 8) + '-' + text.substring(8)) : parse(text);
    }

    /** The id as the 32 hex digits of W3C and OpenTelemetry. */
    public String w3c() {
        return text.substring(2, 10) + text.substring(11);
    }

    /** Seconds since the epoch at which the trace began, as its creator saw it. */
    public long epochSecond() {
        return Long.parseLong(text, 2, 10, 16);
    }

    private static boolean wellFormed(String text) {
        if (text.length() != LENGTH || text.charAt(0) != '1' || text.charAt(1) != '-' || text.charAt(10) != '-') {
            return false;
        }
        for (int i = 2; i < LENGTH; i++) {
            if (i != 10 && !HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(TraceId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
