// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Text with {@code $context.variable} and {@code $stageVariables.name} in it, read once and filled in per request:
 * access log formats and the templates of gateway responses. Immutable.
 */
public final class ContextFormat {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{?(context|stageVariables)\\.([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)}?");

    private final List<Part> parts;

    private sealed interface Part {}

    private record Text(String text) implements Part {}

    private record Variable(ValueExpression expression) implements Part {}

    private ContextFormat(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The format that {@code text} spells. Never throws: what is no variable is text. */
    public static ContextFormat parse(String text) {
        var parts = new ArrayList<Part>();
        var variables = VARIABLE.matcher(text);
        int end = 0;
        while (variables.find()) {
            parts.add(new Text(text.substring(end, variables.start())));
            parts.add(new Variable(
                    variables.group(1).equals("context")
                            ? new ValueExpression.Context(variables.group(2))
                            : new ValueExpression.StageVariable(variables.group(2))));
            end = variables.end();
        }
        parts.add(new Text(text.substring(end)));
        return new ContextFormat(parts);
    }

    /** The text for {@code request}, with {@code absent} where it has no value. */
    public String format(RequestValues request, String absent) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(
                    switch (part) {
                        case Text(String constant) -> constant;
                        case Variable(ValueExpression expression) ->
                            Objects.requireNonNullElse(expression.value(request), absent);
                    });
        }
        return text.toString();
    }
}
