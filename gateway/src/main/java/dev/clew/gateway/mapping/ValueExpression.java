// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The right side of a parameter mapping: {@code 'text'}, {@code method.request.header.Name}, {@code context.stage}, … */
public sealed interface ValueExpression {
    /** The value for this request, or null if the request has none. */
    @Nullable
    String value(RequestValues request);

    /** A constant in single quotes. */
    record Literal(String text) implements ValueExpression {
        @Override
        public String value(RequestValues request) {
            return text;
        }
    }

    record Header(String name) implements ValueExpression {
        @Override
        public @Nullable String value(RequestValues request) {
            return request.header(name);
        }
    }

    record Query(String name) implements ValueExpression {
        @Override
        public @Nullable String value(RequestValues request) {
            return request.query(name);
        }
    }

    record Path(String name) implements ValueExpression {
        @Override
        public @Nullable String value(RequestValues request) {
            return request.path(name);
        }
    }

    record Context(String variable) implements ValueExpression {
        @Override
        public @Nullable String value(RequestValues request) {
            return request.context(variable);
        }
    }

    record StageVariable(String name) implements ValueExpression {
        @Override
        public @Nullable String value(RequestValues request) {
            return request.stageVariable(name);
        }
    }

    /** The expression that {@code text} spells, or nothing. Never throws. */
    static Optional<ValueExpression> parse(String text) {
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            return Optional.of(new Literal(text.substring(1, text.length() - 1)));
        }
        return after("method.request.header.", text)
                .<ValueExpression>map(Header::new)
                .or(() -> after("method.request.querystring.", text).map(Query::new))
                .or(() -> after("method.request.path.", text).map(Path::new))
                .or(() -> after("context.", text).map(Context::new))
                .or(() -> after("stageVariables.", text).map(StageVariable::new));
    }

    private static Optional<String> after(String prefix, String text) {
        return text.startsWith(prefix) && text.length() > prefix.length()
                ? Optional.of(text.substring(prefix.length()))
                : Optional.empty();
    }
}
