// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

/** Patterns of sampling rules: {@code *} for any characters, {@code ?} for exactly one; case does not matter. */
final class Glob {
    private Glob() {}

    /** Whether the whole of {@code text} matches. Time is bounded by the product of both lengths. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1; // last star seen, and how far it has swallowed
        int swallowed = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                swallowed = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || same(pattern.charAt(p), text.charAt(t)))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++swallowed;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
