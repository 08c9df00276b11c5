// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which operations of a service are bound, and why the others are not: the reviewed file {@code {service}.operations}.
 *
 * <pre>
 * bound:
 *   CreateFunction
 * unsupported: provisioned capacity means nothing on one machine
 *   CreateCapacityProvider
 * </pre>
 *
 * @param reasons by operation; "" for one that is bound
 */
record OperationList(Map<String, String> reasons) {
    /** @throws IllegalStateException that names every operation of the model left out, listed twice, or unknown */
    static OperationList read(Path file, Set<String> modelled) throws IOException {
        var reasons = new LinkedHashMap<String, String>();
        String reason = null;
        var problems = new TreeSet<String>();
        for (var line : Files.readAllLines(file)) {
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (text.equals("bound:")) {
                reason = "";
            } else if (text.startsWith("unsupported:")) {
                reason = text.substring("unsupported:".length()).strip();
                if (reason.isEmpty()) {
                    problems.add("a reason is missing: '" + text + "'");
                }
            } else if (reason == null) {
                problems.add(text + " stands before any heading");
            } else if (reasons.put(text, reason) != null) {
                problems.add(text + " is listed twice");
            } else if (!modelled.contains(text)) {
                problems.add(text + " is not in the model");
            }
        }
        modelled.stream()
                .filter(name -> !reasons.containsKey(name))
                .forEach(name -> problems.add(name + " is neither bound nor declared unsupported"));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(file + ": " + problems);
        }
        return new OperationList(reasons);
    }

    boolean binds(String operation) {
        return "".equals(reasons.get(operation));
    }
}
