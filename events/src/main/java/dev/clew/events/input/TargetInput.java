// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import java.util.Map;
import java.util.Optional;

/** How a target wants its input made. */
public sealed interface TargetInput {
    /** The event as it is. */
    record Whole() implements TargetInput {}

    /** Always the same JSON text. */
    record Constant(String json) implements TargetInput {}

    /** One value of the event. */
    record Selected(String path) implements TargetInput {}

    /** A template whose placeholders stand for values of the event. */
    record Transformed(Map<String, String> paths, String template) implements TargetInput {
        public Transformed {
            paths = Map.copyOf(paths);
        }
    }

    /** The input, or why there can be none. */
    sealed interface Rendered {
        /** JSON text for the target. */
        record Text(String json) implements Rendered {}

        /** Nothing can be delivered; {@code reason} for people. */
        record Impossible(String reason) implements Rendered {}
    }

    /** What is wrong with this input for the target {@code id}, in the service's words; nothing if it is fine. */
    default Optional<String> problem(String id) {
        return switch (this) {
            case Whole _ -> Optional.empty();
            case Constant(String json) ->
                JsonText.isValue(json)
                        ? Optional.empty()
                        : Optional.of("JSON syntax error in input for target " + id + ".");
            case Selected(String path) ->
                JsonPath.parse(path).isPresent()
                        ? Optional.empty()
                        : Optional.of("Invalid InputPath for target " + id + ".");
            case Transformed transformed -> Template.problem(transformed, id);
        };
    }

    /** The input for one event. */
    default Rendered render(Source source) {
        return switch (this) {
            case Whole _ -> new Rendered.Text(source.event());
            case Constant(String json) -> new Rendered.Text(json);
            case Selected(String text) -> {
                var value = JsonPath.parse(text)
                        .map(path -> path.select(source.event()))
                        .orElse(null);
                yield value == null
                        ? new Rendered.Impossible("InputPath " + text + " selects nothing in the event")
                        : new Rendered.Text(value);
            }
            case Transformed transformed -> Template.render(transformed, source);
        };
    }
}
