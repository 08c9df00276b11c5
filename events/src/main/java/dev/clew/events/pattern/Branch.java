// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.event.ruler.Patterns;

/**
 * One conjunction of a compiled pattern: what each field must match.
 *
 * <p>The engine (1.8.1) errs when one of its machines holds patterns of different kinds for the same field. Beside any
 * rule with {@code {"wildcard": "*…"}}, {@code {"equals-ignore-case": "ab"}} matches {@code "xab"} too; beside a numeric
 * range, an exact string may be missed. A rule must not match more or less because of its neighbours. So every field of
 * a branch has patterns of one {@link Kind}, and a machine only takes branches that agree with it on each field's kind.
 * {@code ReferenceAgreementTest} found both errors, and finds none with this.
 */
record Branch(Map<String, List<Patterns>> fields, Map<String, Kind> kinds) {
    /** A pattern may need several branches only so that fields are of one kind; this many are worth it. */
    private static final int MOST_SPLIT = 1_000;

    /** Patterns that the engine keeps apart from the others of a field only if we do. */
    enum Kind {
        PLAIN,
        /** Numeric ranges and addresses. */
        RANGE,
        WILDCARD,
        IGNORING_CASE,
        /** Several of them, in a pattern too large to be split: safe only in a machine of its own. */
        MIXED;

        static Kind of(Patterns pattern) {
            return switch (pattern.type()) {
                case NUMERIC_RANGE -> RANGE;
                case WILDCARD, ANYTHING_BUT_WILDCARD -> WILDCARD;
                case EQUALS_IGNORE_CASE,
                        PREFIX_EQUALS_IGNORE_CASE,
                        SUFFIX_EQUALS_IGNORE_CASE,
                        ANYTHING_BUT_IGNORE_CASE -> IGNORING_CASE;
                case EXACT,
                        ABSENT,
                        EXISTS,
                        PREFIX,
                        SUFFIX,
                        NUMERIC_EQ,
                        ANYTHING_BUT,
                        ANYTHING_BUT_PREFIX,
                        ANYTHING_BUT_SUFFIX -> PLAIN;
            };
        }
    }

    /** Branches that together match what {@code compiled} matches. */
    static List<Branch> of(List<Map<String, List<Patterns>>> compiled) {
        int most = Math.max(1, MOST_SPLIT / compiled.size());
        return compiled.stream().flatMap(fields -> split(fields, most).stream()).toList();
    }

    private static List<Branch> split(Map<String, List<Patterns>> fields, int most) {
        List<Map<String, List<Patterns>>> partial = List.of(Map.of());
        for (var field : fields.entrySet()) {
            var byKind = field.getValue().stream()
                    .distinct()
                    .collect(Collectors.groupingBy(Kind::of, () -> new EnumMap<>(Kind.class), Collectors.toList()));
            if ((long) partial.size() * byKind.size() > most) {
                return List.of(new Branch(fields, kinds(fields)));
            }
            partial = partial.stream()
                    .flatMap(branch -> byKind.values().stream().map(patterns -> with(branch, field.getKey(), patterns)))
                    .toList();
        }
        return partial.stream().map(branch -> new Branch(branch, kinds(branch))).toList();
    }

    private static Map<String, List<Patterns>> with(
            Map<String, List<Patterns>> branch, String field, List<Patterns> patterns) {
        var more = new HashMap<>(branch);
        more.put(field, patterns);
        return more;
    }

    private static Map<String, Kind> kinds(Map<String, List<Patterns>> fields) {
        var kinds = new HashMap<String, Kind>();
        fields.forEach((name, patterns) -> {
            Set<Kind> all = EnumSet.noneOf(Kind.class);
            patterns.forEach(pattern -> all.add(Kind.of(pattern)));
            kinds.put(name, all.size() == 1 ? all.iterator().next() : Kind.MIXED);
        });
        return kinds;
    }

    /** Whether a machine whose fields have the kinds {@code taken} may hold this branch too. */
    boolean fits(Map<String, Kind> taken) {
        return kinds.entrySet().stream().allMatch(field -> {
            var there = taken.get(field.getKey());
            return there == null || there == field.getValue() && there != Kind.MIXED;
        });
    }
}
