// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A parsed policy. Immutable.
 *
 * @param version {@code 2012-10-17}, or {@code 2008-10-17}, the language without variables
 * @param id the element {@code Id}, or null
 */
public record PolicyDocument(String version, @Nullable String id, List<Statement> statements) {
    /** A policy that allows nothing: it stands for one that is gone but still limits. */
    public static final PolicyDocument NOTHING = new PolicyDocument("2012-10-17", null, List.of());

    static final String VARIABLES_SINCE = "2012-10-17";
    static final String FIRST_VERSION = "2008-10-17";

    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /** The condition keys that its conditions and variables ask for, as spelled, in order of their names. */
    public Set<String> contextKeys() {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var statement : statements) {
            for (var condition : statement.conditions()) {
                keys.add(condition.key());
                condition.values().forEach(value -> keys.addAll(value.keys()));
            }
            if (statement.resources() != null) {
                statement.resources().of().forEach(resource -> keys.addAll(resource.keys()));
            }
        }
        return keys;
    }
}
