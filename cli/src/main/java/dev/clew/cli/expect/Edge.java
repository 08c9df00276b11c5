// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.expect;

import picocli.CommandLine;

/** A call from one service to another, {@code A->B} on the command line. */
record Edge(String from, String to) {
    /** The filter expression that holds of traces with this edge. */
    String filter() {
        return "edge(" + quoted(from) + ", " + quoted(to) + ")";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }

    /** Reads the command line's form. */
    static final class Reader implements CommandLine.ITypeConverter<Edge> {
        @Override
        public Edge convert(String text) {
            int arrow = text.indexOf("->");
            var from = arrow < 0 ? "" : text.substring(0, arrow).strip();
            var to = arrow < 0 ? "" : text.substring(arrow + 2).strip();
            if (from.isEmpty() || to.isEmpty()) {
                throw new CommandLine.TypeConversionException("'" + text + "' (expected: two services, A->B)");
            }
            return new Edge(from, to);
        }
    }
}
