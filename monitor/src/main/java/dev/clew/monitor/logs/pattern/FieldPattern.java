// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Conditions on the fields of a message between spaces: {@code [ip, ..., status = 4*, bytes > 1000]}. A field in
 * brackets or double quotes may hold spaces. Without dots the number of fields must be the same.
 *
 * @param leading fields before the dots; all fields, if there are no dots
 * @param trailing fields after the dots
 * @param open whether there are dots
 */
record FieldPattern(List<Field> leading, List<Field> trailing, boolean open) implements FilterPattern {
    /** A field's name and what it must satisfy. */
    record Field(String name, Predicate<String> condition) {}

    FieldPattern {
        leading = List.copyOf(leading);
        trailing = List.copyOf(trailing);
    }

    static FieldPattern parse(Cursor cursor) {
        cursor.expect("[");
        var leading = new ArrayList<Field>();
        var trailing = new ArrayList<Field>();
        boolean open = false;
        do {
            if (cursor.take("...")) {
                if (open) {
                    throw cursor.invalid("only one ... expected");
                }
                open = true;
            } else {
                (open ? trailing : leading).add(field(cursor));
            }
        } while (cursor.take(","));
        cursor.expect("]");
        cursor.expectEnd();
        return new FieldPattern(leading, trailing, open);
    }

    private static Field field(Cursor cursor) {
        var names = new ArrayList<String>();
        var condition = Condition.<String>parse(cursor, leaf -> comparison(leaf, names));
        var name = names.getFirst();
        if (!names.stream().allMatch(name::equals)) {
            throw cursor.invalid("one field expected between commas, not " + names);
        }
        return new Field(name, condition);
    }

    private static Predicate<String> comparison(Cursor cursor, List<String> names) {
        cursor.peekAfterSpace();
        var name = cursor.run(Cursor::isWordPart);
        if (name.isEmpty()) {
            throw cursor.invalid("the name of a field expected");
        }
        names.add(name);
        var test = ValueTest.parseIfAny(cursor);
        return test == null ? value -> true : test::accepts;
    }

    @Override
    public boolean matches(String message) {
        var values = split(message);
        return fits(values)
                && satisfied(leading, values, 0)
                && satisfied(trailing, values, values.size() - trailing.size());
    }

    private static boolean satisfied(List<Field> fields, List<String> values, int from) {
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).condition().test(values.get(from + i))) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(List<String> values) {
        int named = leading.size() + trailing.size();
        return open ? values.size() >= named : values.size() == named;
    }

    @Override
    public Map<String, String> extract(String message) {
        var extracted = new LinkedHashMap<String, String>();
        var values = split(message);
        if (fits(values)) {
            for (int i = 0; i < leading.size(); i++) {
                extracted.put("$" + leading.get(i).name(), values.get(i));
            }
            int from = values.size() - trailing.size();
            for (int i = 0; i < trailing.size(); i++) {
                extracted.put("$" + trailing.get(i).name(), values.get(from + i));
            }
        }
        return extracted;
    }

    /** The fields of a message; no more than needed to see that there are too many. */
    private List<String> split(String message) {
        int enough = open ? Integer.MAX_VALUE : leading.size() + 1;
        var values = new ArrayList<String>();
        int at = 0;
        while (values.size() < enough) {
            while (at < message.length() && Character.isWhitespace(message.charAt(at))) {
                at++;
            }
            if (at == message.length()) {
                break;
            }
            int end = closing(message, at);
            if (end > 0) {
                values.add(message.substring(at + 1, end));
                at = end + 1;
            } else {
                int start = at;
                while (at < message.length() && !Character.isWhitespace(message.charAt(at))) {
                    at++;
                }
                values.add(message.substring(start, at));
            }
        }
        return values;
    }

    /** Where the bracket or quote at {@code at} is closed; not positive if there is none. */
    private static int closing(String message, int at) {
        return switch (message.charAt(at)) {
            case '"' -> message.indexOf('"', at + 1);
            case '[' -> message.indexOf(']', at + 1);
            default -> -1;
        };
    }
}
