// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any run of characters and {@code ?} for any one. Immutable.
 *
 * <p>Matching keeps a single point of return, the latest {@code *}: what an earlier one could still give, a later one
 * gives too. So the worst case is pattern length times text length, where a regular expression of the same pattern can
 * take exponentially long.
 */
final class Glob {
    private static final int RUN = -1;
    private static final int ONE = -2;

    private final int[] tokens;
    private final boolean wild;

    private Glob(int[] tokens) {
        this.tokens = tokens;
        this.wild = Arrays.stream(tokens).anyMatch(token -> token < 0);
    }

    static Glob of(String pattern) {
        return builder().pattern(pattern).build();
    }

    static Builder builder() {
        return new Builder();
    }

    boolean matches(String text) {
        if (!wild) {
            return text.length() == tokens.length && startsWithTokens(text);
        }
        int at = 0;
        int token = 0;
        int run = -1;
        int resume = 0;
        while (at < text.length()) {
            if (token < tokens.length && (tokens[token] == ONE || tokens[token] == text.charAt(at))) {
                at++;
                token++;
            } else if (token < tokens.length && tokens[token] == RUN) {
                run = token++;
                resume = at;
            } else if (run >= 0) {
                token = run + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == RUN) {
            token++;
        }
        return token == tokens.length;
    }

    private boolean startsWithTokens(String text) {
        for (int i = 0; i < tokens.length; i++) {
            if (text.charAt(i) != tokens[i]) {
                return false;
            }
        }
        return true;
    }

    /** The pieces between colons; the last of at most {@code limit} holds what is left. */
    List<Glob> split(int limit) {
        var parts = new ArrayList<Glob>();
        int start = 0;
        for (int i = 0; i < tokens.length && parts.size() < limit - 1; i++) {
            if (tokens[i] == ':') {
                parts.add(new Glob(Arrays.copyOfRange(tokens, start, i)));
                start = i + 1;
            }
        }
        parts.add(new Glob(Arrays.copyOfRange(tokens, start, tokens.length)));
        return parts;
    }

    /** Joins patterns and literal texts. */
    static final class Builder {
        private int[] tokens = new int[16];
        private int length;

        /** Text in which {@code *} and {@code ?} are wildcards. */
        Builder pattern(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                add(c == '*' ? RUN : c == '?' ? ONE : c);
            }
            return this;
        }

        /** Text that stands for itself. */
        Builder literal(String text) {
            for (int i = 0; i < text.length(); i++) {
                add(text.charAt(i));
            }
            return this;
        }

        private void add(int token) {
            if (length == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * length);
            }
            tokens[length++] = token;
        }

        Glob build() {
            return new Glob(Arrays.copyOf(tokens, length));
        }
    }
}
