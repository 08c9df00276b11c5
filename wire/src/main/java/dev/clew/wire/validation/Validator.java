// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.validation;

import dev.clew.wire.shape.Member;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks one input against its model and words everything that is wrong as the original does:
 *
 * <pre>
 * 2 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than
 * or equal to 1; Value null at 'targets.1.member.id' failed to satisfy constraint: Member must not be null
 * </pre>
 *
 * <p>At most {@value #MOST_PROBLEMS} problems are told, and values only up to a bounded length. Sensitive values are
 * left out. A pattern must match the whole text.
 */
public final class Validator {
    private static final int MOST_PROBLEMS = 50;

    private final List<String> problems = new ArrayList<>(0);

    private Validator() {}

    /** What is wrong with {@code input}, or nothing. */
    public static Optional<String> check(Structure<?> structure, Object input) {
        var validator = new Validator();
        validator.structure(structure, input, null);
        return validator.message();
    }

    private Optional<String> message() {
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        var count = problems.size() == 1 ? "1 validation error" : problems.size() + " validation errors";
        return Optional.of(count + " detected: " + String.join("; ", problems));
    }

    private void structure(Structure<?> structure, Object record, @Nullable Path parent) {
        var values = structure.values(record);
        var members = structure.members();
        for (int i = 0; i < values.length && problems.size() < MOST_PROBLEMS; i++) {
            var member = members.get(i);
            var value = values[i];
            if (value != null) {
                value(member.shape(), value, new Path(parent, member));
            } else if (member.required()) {
                fail("Value null", new Path(parent, member), "Member must not be null");
            }
        }
    }

    private void value(Shape shape, Object value, Path path) {
        switch (shape) {
            case Shape.Text text -> text(text, (String) value, path);
            case Shape.Int range -> whole(range.min(), range.max(), ((Number) value).longValue(), path);
            case Shape.Long64 range -> whole(range.min(), range.max(), ((Number) value).longValue(), path);
            case Shape.Real range -> real(range, ((Number) value).doubleValue(), path);
            case Shape.Blob blob -> {
                int length = ((byte[]) value).length;
                length(shape, value, length, blob.min(), blob.max(), path);
            }
            case Shape.ListOf list -> list(list, (List<?>) value, path);
            case Shape.MapOf map -> map(map, (Map<?, ?>) value, path);
            case Structure<?> structure -> structure(structure, value, path);
            case Shape.Bool _, Shape.Time _, Shape.Document _ -> {} // nothing to break
        }
    }

    private void text(Shape.Text shape, String value, Path path) {
        if (lengthFits(shape, value)) {
            if (!matches(shape.pattern(), value)) {
                fail(shape, value, path, Rules.pattern(shape));
            }
        } else {
            int length = value.codePointCount(0, value.length());
            length(shape, value, length, shape.min(), shape.max(), path);
            if (value.length() <= Rules.LONGEST_MATCHED && !matches(shape.pattern(), value)) {
                fail(shape, value, path, Rules.pattern(shape));
            }
        }
        if (!shape.values().isEmpty() && !shape.values().contains(value)) {
            fail(shape, value, path, Rules.values(shape));
        }
    }

    /** Counts characters, as the models do, only where the count of UTF-16 units leaves a doubt. */
    private static boolean lengthFits(Shape.Text shape, String value) {
        int units = value.length();
        if (units <= shape.max() && units / 2 >= shape.min()) {
            return true;
        }
        int characters = value.codePointCount(0, units);
        return characters <= shape.max() && characters >= shape.min();
    }

    /** Java's matcher recurses over groups: a text that exhausts the stack does not count as a match. */
    private static boolean matches(@Nullable Pattern pattern, String value) {
        try {
            return pattern == null || pattern.matcher(value).matches();
        } catch (StackOverflowError e) {
            return false;
        }
    }

    private void length(Shape shape, Object value, int length, int min, int max, Path path) {
        if (length > max) {
            fail(shape, value, path, Rules.maxLength(max));
        }
        if (length < min) {
            fail(shape, value, path, Rules.minLength(min));
        }
    }

    private void whole(long min, long max, long value, Path path) {
        if (value > max) {
            fail("Value '" + value + "'", path, Rules.MAX_VALUE + max);
        }
        if (value < min) {
            fail("Value '" + value + "'", path, Rules.MIN_VALUE + min);
        }
    }

    private void real(Shape.Real range, double value, Path path) {
        if (value > range.max()) {
            fail("Value '" + value + "'", path, Rules.MAX_VALUE + Rules.number(range.max()));
        }
        if (value < range.min()) {
            fail("Value '" + value + "'", path, Rules.MIN_VALUE + Rules.number(range.min()));
        }
    }

    private void list(Shape.ListOf shape, List<?> items, Path path) {
        length(shape, items, items.size(), shape.min(), shape.max(), path);
        switch (shape.element().get()) {
            case Shape.Text element -> {
                if (!items.stream().allMatch(item -> fits(element, (String) item))) {
                    fail(shape, items, path, "Member must satisfy constraint: " + Rules.all(element));
                }
            }
            case Shape element -> {
                for (int i = 0; i < items.size() && problems.size() < MOST_PROBLEMS; i++) {
                    value(element, items.get(i), path.member(i + 1));
                }
            }
        }
    }

    private void map(Shape.MapOf shape, Map<?, ?> entries, Path path) {
        length(shape, entries, entries.size(), shape.min(), shape.max(), path);
        if (shape.key() instanceof Shape.Text key
                && !entries.keySet().stream().allMatch(text -> fits(key, (String) text))) {
            fail(shape, entries, path, "Map keys must satisfy constraint: " + Rules.all(key));
        }
        switch (shape.value().get()) {
            case Shape.Text value -> {
                if (!entries.values().stream().allMatch(text -> fits(value, (String) text))) {
                    fail(shape, entries, path, "Map value must satisfy constraint: " + Rules.all(value));
                }
            }
            case Shape value -> {
                for (var entry : entries.entrySet()) {
                    if (problems.size() < MOST_PROBLEMS) {
                        value(value, entry.getValue(), path.entry(String.valueOf(entry.getKey())));
                    }
                }
            }
        }
    }

    private static boolean fits(Shape.Text shape, String value) {
        return lengthFits(shape, value)
                && matches(shape.pattern(), value)
                && (shape.values().isEmpty() || shape.values().contains(value));
    }

    private void fail(Shape shape, Object value, Path path, String rule) {
        var shown = Rendering.of(shape, value);
        fail(shown.isEmpty() ? "Value" : "Value '" + shown.get() + "'", path, rule);
    }

    private void fail(String value, Path path, String rule) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(value + " at '" + path + "' failed to satisfy constraint: " + rule);
        }
    }

    /** Where a value stands; spelled only when it is needed. */
    private record Path(@Nullable Path parent, Member member, String suffix) {
        Path(@Nullable Path parent, Member member) {
            this(parent, member, "");
        }

        Path member(int number) {
            return new Path(parent, member, suffix + '.' + number + ".member");
        }

        Path entry(String key) {
            return new Path(parent, member, suffix + '.' + Rendering.shortened(key) + ".member");
        }

        @Override
        public String toString() {
            return (parent == null ? "" : parent + ".") + Rendering.camelCase(member.name()) + suffix;
        }
    }
}
