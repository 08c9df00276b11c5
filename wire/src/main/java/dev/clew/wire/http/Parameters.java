// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decoded names and values of a query string or a form, in order; names may repeat. Immutable. */
public final class Parameters {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(List.of());

    private final List<Parameter> parameters;

    /** One name with its value; "" if it came without an equals sign. */
    public record Parameter(String name, String value) {}

    private Parameters(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /**
     * What {@code encoded} spells.
     *
     * @throws TooManyException beyond {@code limit} parameters
     */
    public static Parameters parse(String encoded, int limit) {
        if (encoded.isEmpty()) {
            return NONE;
        }
        var parameters = new ArrayList<Parameter>();
        int start = 0;
        while (start <= encoded.length()) {
            int end = encoded.indexOf('&', start);
            if (end < 0) {
                end = encoded.length();
            }
            if (end > start) {
                if (parameters.size() == limit) {
                    throw new TooManyException(limit);
                }
                parameters.add(parameter(encoded.substring(start, end)));
            }
            start = end + 1;
        }
        return new Parameters(List.copyOf(parameters));
    }

    private static Parameter parameter(String encoded) {
        int equals = encoded.indexOf('=');
        return equals < 0
                ? new Parameter(PercentEncoding.decodeForm(encoded), "")
                : new Parameter(
                        PercentEncoding.decodeForm(encoded.substring(0, equals)),
                        PercentEncoding.decodeForm(encoded.substring(equals + 1)));
    }

    /** All of them in order. */
    public List<Parameter> list() {
        return parameters;
    }

    /** The first value of this name, or null. */
    public @Nullable String first(String name) {
        for (var parameter : parameters) {
            if (parameter.name.equals(name)) {
                return parameter.value;
            }
        }
        return null;
    }

    /** Every value of this name in order. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name.equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** There were more parameters than anyone needs. */
    public static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooManyException(int limit) {
            super("more than " + limit + " parameters", null, false, false);
        }
    }
}
