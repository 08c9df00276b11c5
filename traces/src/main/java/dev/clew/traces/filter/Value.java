// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

/** What an expression compares a fact with. */
public sealed interface Value {
    record Text(String text) implements Value {}

    record Number(double number) implements Value {}

    record Flag(boolean flag) implements Value {}

    default Keyword.Kind kind() {
        return switch (this) {
            case Text _ -> Keyword.Kind.TEXT;
            case Number _ -> Keyword.Kind.NUMBER;
            case Flag _ -> Keyword.Kind.FLAG;
        };
    }
}
