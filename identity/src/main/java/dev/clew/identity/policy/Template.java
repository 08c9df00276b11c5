// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy, maybe with variables: {@code arn:aws:sqs:*:*:${aws:username, 'nobody'}-*}. Immutable.
 *
 * <p>What a variable brings stands for itself, wildcards included. A variable that has neither a single value nor a
 * default leaves the whole text without a value, and such a text matches nothing.
 */
final class Template {
    private final String source;
    private final List<Part> parts;
    private final @Nullable Glob glob;
    private final @Nullable ArnPattern arn;

    private sealed interface Part {
        /** As written; {@code *} and {@code ?} may be wildcards. */
        record Written(String text) implements Part {}

        /** One of {@code ${*}}, {@code ${?}}, {@code ${$}}. */
        record Escaped(String text) implements Part {}

        record Variable(String key, @Nullable String otherwise) implements Part {}
    }

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
        var constant = keys().isEmpty() ? resolve(RequestContext.EMPTY) : null;
        this.glob = constant;
        this.arn = constant == null ? null : ArnPattern.of(constant);
    }

    /**
     * The template that {@code text} spells.
     *
     * @param variables whether {@code ${…}} means anything: not before version 2012-10-17
     */
    static Template of(String text, boolean variables) {
        var parts = new ArrayList<Part>();
        int from = 0;
        while (variables) {
            int open = text.indexOf("${", from);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            parts.add(new Part.Written(text.substring(from, open)));
            parts.add(variable(text.substring(open + 2, close)));
            from = close + 1;
        }
        parts.add(new Part.Written(text.substring(from)));
        return new Template(text, parts);
    }

    private static Part variable(String body) {
        if (body.equals("*") || body.equals("?") || body.equals("$")) {
            return new Part.Escaped(body);
        }
        int comma = body.indexOf(',');
        if (comma < 0) {
            return new Part.Variable(body.strip(), null);
        }
        var otherwise = body.substring(comma + 1).strip();
        boolean quoted = otherwise.length() >= 2 && otherwise.startsWith("'") && otherwise.endsWith("'");
        return new Part.Variable(
                body.substring(0, comma).strip(), quoted ? otherwise.substring(1, otherwise.length() - 1) : null);
    }

    /** The context keys that its variables name. */
    List<String> keys() {
        return parts.stream()
                .filter(Part.Variable.class::isInstance)
                .map(part -> ((Part.Variable) part).key())
                .toList();
    }

    /** The text without wildcards: every character stands for itself. */
    Optional<String> text(RequestContext context) {
        var text = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Written(var written) -> text.append(written);
                case Part.Escaped(var escaped) -> text.append(escaped);
                case Part.Variable variable -> {
                    var value = value(variable, context);
                    if (value == null) {
                        return Optional.empty();
                    }
                    text.append(value);
                }
            }
        }
        return Optional.of(text.toString());
    }

    Optional<Glob> glob(RequestContext context) {
        return Optional.ofNullable(glob == null ? resolve(context) : glob);
    }

    Optional<ArnPattern> arn(RequestContext context) {
        return arn == null ? glob(context).map(ArnPattern::of) : Optional.of(arn);
    }

    private @Nullable Glob resolve(RequestContext context) {
        var pattern = Glob.builder();
        for (var part : parts) {
            switch (part) {
                case Part.Written(var written) -> pattern.pattern(written);
                case Part.Escaped(var escaped) -> pattern.literal(escaped);
                case Part.Variable variable -> {
                    var value = value(variable, context);
                    if (value == null) {
                        return null;
                    }
                    pattern.literal(value);
                }
            }
        }
        return pattern.build();
    }

    private static @Nullable String value(Part.Variable variable, RequestContext context) {
        var values = context.values(variable.key());
        return values.size() == 1 ? values.getFirst() : variable.otherwise();
    }

    /** As the policy spells it. */
    @Override
    public String toString() {
        return source;
    }
}
