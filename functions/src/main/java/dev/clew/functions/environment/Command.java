// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.util.List;
import java.util.Map;

/**
 * How a runtime is started.
 *
 * @param words program and arguments
 * @param variables that this runtime needs beside those of every environment
 */
record Command(List<String> words, Map<String, String> variables) {
    Command {
        words = List.copyOf(words);
        variables = Map.copyOf(variables);
    }
}
