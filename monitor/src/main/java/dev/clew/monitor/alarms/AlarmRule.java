// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.core.Arn;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a composite alarm: {@code ALARM("a") AND NOT (OK(b) OR TRUE)}. Bounded in nesting; its length is bounded by the model.
 * Immutable once read.
 */
final class AlarmRule {
    private static final int DEEPEST = 50;
    private static final int MOST_ALARMS = 100;

    /** A part of the rule. */
    private sealed interface Term {
        boolean holds(Function<String, @Nullable AlarmState> states);

        record Constant(boolean value) implements Term {
            @Override
            public boolean holds(Function<String, @Nullable AlarmState> states) {
                return value;
            }
        }

        record InState(String alarm, AlarmState state) implements Term {
            @Override
            public boolean holds(Function<String, @Nullable AlarmState> states) {
                return states.apply(alarm) == state;
            }
        }

        record Not(Term term) implements Term {
            @Override
            public boolean holds(Function<String, @Nullable AlarmState> states) {
                return !term.holds(states);
            }
        }

        record Both(Term left, Term right) implements Term {
            @Override
            public boolean holds(Function<String, @Nullable AlarmState> states) {
                return left.holds(states) && right.holds(states);
            }
        }

        record Either(Term left, Term right) implements Term {
            @Override
            public boolean holds(Function<String, @Nullable AlarmState> states) {
                return left.holds(states) || right.holds(states);
            }
        }
    }

    private final Term term;
    private final Set<String> alarms;

    private AlarmRule(Term term, Set<String> alarms) {
        this.term = term;
        this.alarms = alarms;
    }

    /** @throws IllegalArgumentException if {@code text} is no rule; the message says why */
    static AlarmRule parse(String text) {
        var reader = new Reader(text);
        var term = reader.either();
        reader.end();
        return new AlarmRule(term, reader.alarms);
    }

    /** Names of the alarms that it looks at. */
    Set<String> alarms() {
        return alarms;
    }

    /** @param states the state of an alarm, null if there is none of that name */
    boolean holds(Function<String, @Nullable AlarmState> states) {
        return term.holds(states);
    }

    private static final class Reader {
        private final String text;
        private final Set<String> alarms = new LinkedHashSet<>();
        private int at;
        private int depth;

        Reader(String text) {
            this.text = text;
        }

        Term either() {
            if (++depth > DEEPEST) {
                throw new IllegalArgumentException("it is nested deeper than " + DEEPEST);
            }
            var left = both();
            while (takeWord("OR")) {
                left = new Term.Either(left, both());
            }
            depth--;
            return left;
        }

        private Term both() {
            var left = one();
            while (takeWord("AND")) {
                left = new Term.Both(left, one());
            }
            return left;
        }

        private Term one() {
            boolean negated = false;
            while (takeWord("NOT")) {
                negated = !negated;
            }
            var plain = plain();
            return negated ? new Term.Not(plain) : plain;
        }

        private Term plain() {
            if (take('(')) {
                var inner = either();
                expect(')');
                return inner;
            }
            if (takeWord("TRUE")) {
                return new Term.Constant(true);
            }
            if (takeWord("FALSE")) {
                return new Term.Constant(false);
            }
            for (var state : AlarmState.values()) {
                if (takeWord(state.name())) {
                    expect('(');
                    var alarm = name();
                    expect(')');
                    alarms.add(alarm);
                    if (alarms.size() > MOST_ALARMS) {
                        throw new IllegalArgumentException("it names more than " + MOST_ALARMS + " alarms");
                    }
                    return new Term.InState(alarm, state);
                }
            }
            throw new IllegalArgumentException("a condition is missing at position " + at);
        }

        private String name() {
            skipBlanks();
            char first = at < text.length() ? text.charAt(at) : ')';
            boolean quoted = first == '"' || first == '\'';
            int end = quoted ? text.indexOf(first, at + 1) : text.indexOf(')', at);
            if (end < 0) {
                throw new IllegalArgumentException("the name at position " + at + " does not end");
            }
            var name = text.substring(quoted ? at + 1 : at, end).strip();
            at = quoted ? end + 1 : end;
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name is missing at position " + at);
            }
            return Arn.parse(name)
                    .filter(arn ->
                            arn.service().equals("cloudwatch") && arn.resource().startsWith("alarm:"))
                    .map(arn -> arn.resource().substring("alarm:".length()))
                    .orElse(name);
        }

        private boolean take(char symbol) {
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != symbol) {
                return false;
            }
            at++;
            return true;
        }

        private void expect(char symbol) {
            if (!take(symbol)) {
                throw new IllegalArgumentException("'" + symbol + "' is missing at position " + at);
            }
        }

        private boolean takeWord(String word) {
            skipBlanks();
            int end = at + word.length();
            if (!text.startsWith(word, at)
                    || end < text.length()
                            && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                return false;
            }
            at = end;
            return true;
        }

        void end() {
            skipBlanks();
            if (at < text.length()) {
                throw new IllegalArgumentException("'" + text.charAt(at) + "' is not expected at position " + at);
            }
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
