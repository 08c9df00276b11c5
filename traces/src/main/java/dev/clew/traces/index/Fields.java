// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.filter.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** The names of the index's fields, and the terms in them. A format of its own: change {@link #VERSION} with it. */
final class Fields {
    static final String VERSION = "1";

    static final String KEY = "key";
    static final String SCOPE = "scope";
    static final String TIME = "time";
    static final String ID = "id";
    /** The words of what is there, true, or somewhere in the trace. */
    static final String FACT = "fact";
    /** Nodes by each of their parts and all of them. */
    static final String NODE = "node";
    /** Annotations by key and value. */
    static final String ANNOTATION = "annotation";

    /** Something is inferred only later than the trace was indexed. */
    static final String PENDING = "pending";

    private static final char SEPARATOR = '\0';

    private Fields() {}

    /** Flags of single requests: {@code any.fault} if one of them failed. */
    static String any(Keyword flag) {
        return "any." + flag.word();
    }

    /** A root cause of some kind. */
    static String cause(String kind) {
        return "cause." + kind;
    }

    /** All terms of a node: one for each choice of parts that can be asked for. */
    static List<String> node(Node node) {
        var terms = new ArrayList<String>();
        for (int parts = 1; parts < 8; parts++) {
            boolean type = (parts & 2) != 0;
            boolean account = (parts & 4) != 0;
            if ((!type || node.type() != null) && (!account || node.account() != null)) {
                terms.add(node(
                        (parts & 1) == 0 ? null : node.name(),
                        type ? node.type() : null,
                        account ? node.account() : null));
            }
        }
        return terms;
    }

    static String node(@Nullable String name, @Nullable String type, @Nullable String account) {
        return part(name) + SEPARATOR + part(type) + SEPARATOR + part(account);
    }

    private static String part(@Nullable String part) {
        return part == null ? "" : '=' + part;
    }

    static String annotation(String key) {
        return key + SEPARATOR;
    }

    static String text(String key, String value) {
        return key + SEPARATOR + 's' + value;
    }

    static String flag(String key, boolean value) {
        return key + SEPARATOR + 'b' + value;
    }

    /** The order of such terms is the order of the numbers. */
    static String number(String key, double value) {
        long sortable = NumericUtils.doubleToSortableLong(value == 0 ? 0 : value) ^ Long.MIN_VALUE;
        return key + SEPARATOR + 'n' + "%016x".formatted(sortable);
    }
}
