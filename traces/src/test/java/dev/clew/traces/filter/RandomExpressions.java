// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.filter.Expression.CauseKind;
import dev.clew.traces.filter.Expression.CausePart;
import dev.clew.traces.filter.Keyword.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expressions about the words of {@link RandomTraces}, and their text. */
public final class RandomExpressions {
    private final Random random;

    private RandomExpressions(Random random) {
        this.random = random;
    }

    public static Expression any(Random random) {
        return new RandomExpressions(random).expression(Place.TRACE, 3);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Expression expression(Place place, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 6 ->
                new Expression.And(Stream.generate(() -> expression(place, depth - 1))
                        .limit(2)
                        .toList());
            case 7 ->
                new Expression.Or(Stream.generate(() -> expression(place, depth - 1))
                        .limit(2)
                        .toList());
            case 8 -> new Expression.Not(expression(place, depth - 1));
            case 0, 1 -> place == Place.TRACE ? complex() : keyword(place);
            default -> keyword(place);
        };
    }

    private Expression keyword(Place place) {
        var keyword = any(Arrays.stream(Keyword.values())
                .filter(one -> one.standsIn(place))
                .toList());
        if (random.nextInt(4) == 0) {
            return new Expression.Present(keyword);
        }
        return switch (keyword.kind()) {
            case FLAG ->
                new Expression.Compare(keyword, operator(Keyword.Kind.FLAG), new Value.Flag(random.nextBoolean()));
            case NUMBER ->
                new Expression.Compare(keyword, operator(Keyword.Kind.NUMBER), new Value.Number(number(keyword)));
            case TEXT -> text(operator(Keyword.Kind.TEXT), keyword);
        };
    }

    private Operator operator(Keyword.Kind kind) {
        return any(Arrays.stream(Operator.values())
                .filter(one -> one.compares(kind))
                .toList());
    }

    private double number(Keyword keyword) {
        return switch (keyword) {
            case HTTP_STATUS -> any(RandomTraces.STATUSES);
            case INDEX -> random.nextInt(4);
            case COVERAGE -> any(List.of(0.5, 0.75, 0.9, 1.0));
            default -> any(List.of(0.0, 0.25, 0.5, 1.0, 2.5, 3.0));
        };
    }

    private Expression text(Operator operator, Keyword keyword) {
        var value = any(
                switch (keyword) {
                    case HTTP_URL -> RandomTraces.URLS;
                    case HTTP_METHOD -> List.of("GET", "POST");
                    case HTTP_CLIENT_IP -> List.of("10.0.0.1", "10.0.0.2");
                    case USER, HTTP_USER_AGENT -> RandomTraces.USERS;
                    case AVAILABILITY_ZONE -> List.of("us-east-1a", "us-east-1b");
                    case INSTANCE_ID -> List.of("i-0", "i-1");
                    case RESOURCE_ARN -> List.of("arn:aws:lambda:us-east-1:111111111111:function:fn");
                    case ACCOUNT_ID -> RandomTraces.ACCOUNTS;
                    case TYPE -> List.of("AWS::Lambda", "remote", "AWS::DynamoDB::Table");
                    case MESSAGE -> RandomTraces.MESSAGES;
                    default -> RandomTraces.NAMES;
                });
        return new Expression.Compare(keyword, operator, new Value.Text(part(operator, value)));
    }

    private String part(Operator operator, String value) {
        int cut = random.nextInt(value.length());
        return switch (operator) {
            case BEGINS_WITH -> value.substring(0, cut);
            case ENDS_WITH -> value.substring(cut);
            case CONTAINS -> value.substring(cut, Math.min(value.length(), cut + 3));
            default -> value;
        };
    }

    private NodeSelector node() {
        return switch (random.nextInt(6)) {
            case 0 -> NodeSelector.ANY;
            case 1 ->
                new NodeSelector(
                        null, any(List.of("AWS::Lambda", "client", "remote", "Database::SQL", "AWS::S3")), null);
            case 2 -> new NodeSelector(any(RandomTraces.NAMES), any(RandomTraces.ORIGINS), null);
            case 3 -> new NodeSelector(null, null, any(RandomTraces.ACCOUNTS));
            default -> new NodeSelector(any(List.of("api", "shop", "fn", "db@host", "users", "SQS")), null, null);
        };
    }

    private Expression complex() {
        boolean block = random.nextBoolean();
        return switch (random.nextInt(4)) {
            case 0 -> new Expression.Service(node(), block ? expression(Place.CALL, 2) : null);
            case 1 -> new Expression.Edge(node(), node(), block ? expression(Place.CALL, 2) : null);
            case 2 -> annotation();
            default -> cause(block);
        };
    }

    private Expression annotation() {
        var key = any(RandomTraces.KEYS);
        return switch (any(RandomTraces.VALUES)) {
            case String text -> {
                var operator = operator(Keyword.Kind.TEXT);
                yield new Expression.CompareAnnotation(key, operator, new Value.Text(part(operator, text)));
            }
            case Boolean flag ->
                random.nextBoolean()
                        ? new Expression.Annotated(key)
                        : new Expression.CompareAnnotation(key, operator(Keyword.Kind.FLAG), new Value.Flag(flag));
            case Number number ->
                new Expression.CompareAnnotation(
                        key, operator(Keyword.Kind.NUMBER), new Value.Number(number.doubleValue()));
            default -> throw new IllegalStateException();
        };
    }

    private Expression cause(boolean block) {
        var kind = any(List.of(CauseKind.values()));
        var part = any(
                kind == CauseKind.RESPONSE_TIME
                        ? List.of(CausePart.SERVICE, CausePart.ENTITY)
                        : List.of(CausePart.values()));
        var place = switch (part) {
            case SERVICE -> Place.CAUSE_SERVICE;
            case ENTITY -> kind == CauseKind.RESPONSE_TIME ? Place.SLOW_ENTITY : Place.CAUSE_ENTITY;
            case EXCEPTION -> Place.CAUSE_EXCEPTION;
        };
        return new Expression.Cause(kind, part, block ? expression(place, 2) : null);
    }

    /** What {@link FilterLanguage} reads as {@code expression}. */
    public static String text(Expression expression) {
        return switch (expression) {
            case Expression.And(var all) -> joined(all, " ");
            case Expression.Or(var any) -> joined(any, " or ");
            case Expression.Not(var negated) -> "!(" + text(negated) + ")";
            case Expression.Present(var keyword) -> keyword.word();
            case Expression.Compare(var keyword, var operator, var value) ->
                keyword.word() + ' ' + operator.text() + ' ' + text(value);
            case Expression.Annotated(var key) -> "annotation[" + key + "]";
            case Expression.CompareAnnotation(var key, var operator, var value) ->
                "annotation." + key + ' ' + operator.text() + ' ' + text(value);
            case Expression.Service(var node, var block) -> "service(" + text(node) + ")" + block(block);
            case Expression.Edge(var from, var to, var block) ->
                "edge(" + text(from) + ", " + text(to) + ")" + block(block);
            case Expression.Cause(var kind, var part, var block) ->
                ("rootcause." + kind.name().replace("_", "") + "." + part.name()).toLowerCase(Locale.ROOT)
                        + block(block);
            case Expression.CauseLike _, Expression.InGroup _ -> throw new IllegalArgumentException();
        };
    }

    private static String joined(List<Expression> parts, String with) {
        return String.join(
                with, parts.stream().map(part -> "(" + text(part) + ")").toList());
    }

    private static String block(@Nullable Expression block) {
        return block == null ? "" : " { " + text(block) + " }";
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Value.Number(double number) -> Double.toString(number);
            case Value.Flag(boolean flag) -> Boolean.toString(flag);
        };
    }

    private static String text(NodeSelector node) {
        if (node.type() == null && node.account() == null) {
            return node.name() == null ? "" : '"' + node.name() + '"';
        }
        var parts = Stream.of(part("name", node.name()), part("type", node.type()), part("account.id", node.account()))
                .filter(part -> !part.isEmpty())
                .toList();
        return "id(" + String.join(", ", parts) + ")";
    }

    private static String part(String word, @Nullable String value) {
        return value == null ? "" : word + ": \"" + value + '"';
    }
}
