// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.trace;

import dev.clew.core.Check;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The id of a segment or subsegment: 16 lower-case hex digits, unique within its trace. */
public record SegmentId(String text) {
    private static final int LENGTH = 16;

    public SegmentId {
        Check.argument(wellFormed(text), "segment id: '" + text + "' (expected: 16 hex digits)");
    }

    /** The id with these 64 bits. */
    public static SegmentId of(long bits) {
        return new SegmentId(HexFormat.of().toHexDigits(bits));
    }

    /** The id that {@code text} spells in either case, or nothing. Never throws. */
    public static Optional<SegmentId> parse(String text) {
        return wellFormed(text) ? Optional.of(new SegmentId(text.toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    private static boolean wellFormed(String text) {
        return text.length() == LENGTH && text.chars().allMatch(HexFormat::isHexDigit);
    }

    @Override
    public String toString() {
        return text;
    }
}
