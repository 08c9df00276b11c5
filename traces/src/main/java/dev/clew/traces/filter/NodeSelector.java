// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.digest.TraceDigest.Node;
import org.jspecify.annotations.Nullable;

/** Which nodes an expression speaks about: those with all the parts that are given. */
public record NodeSelector(
        @Nullable String name,
        @Nullable String type,
        @Nullable String account) {
    public static final NodeSelector ANY = new NodeSelector(null, null, null);

    public boolean matches(Node node) {
        return (name == null || name.equals(node.name()))
                && (type == null || type.equals(node.type()))
                && (account == null || account.equals(node.account()));
    }
}
