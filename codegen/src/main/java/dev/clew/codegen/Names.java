// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java names for the model's names. */
final class Names {
    /** Names that a record component may not have. */
    private static final Set<String> FORBIDDEN =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait", "builder");

    private Names() {}

    /** {@code FunctionName → functionName}, {@code KMSKeyArn → kmsKeyArn}, {@code default → default_}. */
    static String component(String name) {
        int upper = 0;
        while (upper < name.length() && Character.isUpperCase(name.charAt(upper))) {
            upper++;
        }
        int head = upper <= 1 || upper == name.length() ? upper : upper - 1;
        var result = name.substring(0, head).toLowerCase(Locale.ROOT) + name.substring(head);
        result = result.replaceAll("[^A-Za-z0-9_]", "_");
        return SourceVersion.isKeyword(result) || FORBIDDEN.contains(result) ? result + "_" : result;
    }

    /** {@code CreateFunction → CREATE_FUNCTION}, {@code GetRestApis → GET_REST_APIS}. */
    static String constant(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9_]", "_")
                .toUpperCase(Locale.ROOT);
    }

    /** {@code lambda → Lambda}. */
    static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
