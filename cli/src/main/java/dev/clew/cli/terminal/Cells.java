// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

/**
 * Text measured in terminal cells: East Asian wide characters and emoji take two, combining marks none. Names in a trace
 * come from outside, so control characters, which could steer the terminal, never pass.
 */
public final class Cells {
    private static final String ELLIPSIS = "…";

    private Cells() {}

    /** Cells that {@code text} takes. */
    public static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    /** {@code text} with every control or direction-changing character replaced. */
    public static String printable(String text) {
        if (text.codePoints().noneMatch(Cells::steers)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints().map(c -> steers(c) ? '\ufffd' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** The printable form of {@code text}, ending in an ellipsis if it would take more than {@code cells}. */
    public static String fit(String text, int cells) {
        var clean = printable(text);
        if (width(clean) <= cells) {
            return clean;
        }
        if (cells <= 0) {
            return "";
        }
        var kept = new StringBuilder();
        int used = 0;
        for (int c : clean.codePoints().toArray()) {
            used += width(c);
            if (used > cells - 1) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append(ELLIPSIS).toString();
    }

    private static boolean steers(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029;
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> wide(c) ? 2 : 1;
        };
    }

    private static boolean wide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0x303e)
                || (c >= 0x3041 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1f64f)
                || (c >= 0x1f900 && c <= 0x1f9ff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
