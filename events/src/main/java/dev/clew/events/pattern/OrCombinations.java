// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the branches that the {@code $or} of a pattern expand to, before anything expands them: thirty characters per
 * {@code $or} of two would otherwise double the work of the compiler each time.
 */
final class OrCombinations {
    private static final String OR = "$or";

    private final int ceiling;

    private OrCombinations(int ceiling) {
        this.ceiling = ceiling;
    }

    /** Whether {@code pattern} expands to more than {@code limit} branches. False for what is not JSON. */
    static boolean exceed(String pattern, int limit) {
        if (!pattern.contains(OR)) {
            return false;
        }
        try {
            return new OrCombinations(limit + 1).of(JsonMapper.shared().readTree(pattern)) > limit;
        } catch (JacksonException malformed) {
            return false; // the compiler says what is wrong with it, and where
        }
    }

    private long of(JsonNode object) {
        long product = 1;
        for (var field : object.properties()) {
            var value = field.getValue();
            if (field.getKey().equals(OR) && value.isArray()) {
                long sum = 0;
                for (var branch : value) {
                    sum = Math.min(ceiling, sum + of(branch));
                }
                product *= Math.max(1, sum);
            } else if (value.isObject()) {
                product *= of(value);
            }
            product = Math.min(ceiling, product); // both factors stay below 2^31, so no product overflows
        }
        return product;
    }
}
