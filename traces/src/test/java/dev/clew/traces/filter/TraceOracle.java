// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.digest.TraceDigest.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The slow, obvious evaluator: looks for everything in the documents that BatchGetTraces answers, again for every question.
 * Knows digests not at all, and of the summary only its root causes and annotations.
 */
final class TraceOracle {
    private final List<JsonNode> segments;
    private final TraceSummary summary;
    private final Map<String, JsonNode> entities = new HashMap<>();
    private final Map<String, JsonNode> tops = new HashMap<>();

    TraceOracle(List<JsonNode> documents, TraceSummary summary) {
        this.segments = documents.stream()
                .filter(document -> !document.path("type").asString("").equals("subsegment"))
                .toList();
        this.summary = summary;
        for (var document : segments) {
            walk(document, entity -> {
                entities.put(entity.get("id").asString(), entity);
                tops.put(entity.get("id").asString(), document);
                return false;
            });
        }
    }

    private static boolean walk(JsonNode entity, Predicate<JsonNode> visitor) {
        if (visitor.test(entity)) {
            return true;
        }
        for (var inner : entity.path("subsegments")) {
            if (walk(inner, visitor)) {
                return true;
            }
        }
        return false;
    }

    boolean holds(Expression expression) {
        return switch (expression) {
            case Expression.And(var all) -> all.stream().allMatch(this::holds);
            case Expression.Or(var any) -> any.stream().anyMatch(this::holds);
            case Expression.Not(Expression.Annotated(var key)) ->
                annotations(key).isEmpty();
            case Expression.Not(var negated) -> !holds(negated);
            case Expression.Present(var keyword) -> present(traceFact(keyword));
            case Expression.Compare(var keyword, var operator, var value) -> fits(traceFact(keyword), operator, value);
            case Expression.Annotated(var key) ->
                annotations(key).stream().anyMatch(value -> !Boolean.FALSE.equals(value));
            case Expression.CompareAnnotation(var key, var operator, var value) ->
                annotations(key).stream().anyMatch(fact -> fits(List.of(fact), operator, value));
            case Expression.Service(var node, var block) -> service(node, block);
            case Expression.Edge(var from, var to, var block) -> edge(from, to, block);
            case Expression.Cause cause -> new CauseOracle(summary).holds(cause);
            case Expression.CauseLike _, Expression.InGroup _ -> throw new UnsupportedOperationException();
        };
    }

    // Facts are lists: empty if missing. A flag is a list of one Boolean.

    private static boolean present(List<?> fact) {
        return !fact.isEmpty() && !fact.getFirst().equals(false);
    }

    private static boolean fits(List<?> facts, Operator operator, Value value) {
        return facts.stream().anyMatch(fact -> switch (value) {
            case Value.Flag(boolean flag) ->
                fact instanceof Boolean known && (operator == Operator.EQUAL) == (known == flag);
            case Value.Text(String text) -> fact instanceof String known && fitsText(known, operator, text);
            case Value.Number(double number) ->
                fact instanceof Double known && fitsNumber(Double.compare(known, number), operator);
        });
    }

    private static boolean fitsText(String fact, Operator operator, String text) {
        return switch (operator) {
            case EQUAL -> fact.equals(text);
            case NOT_EQUAL -> !fact.equals(text);
            case CONTAINS -> fact.indexOf(text) >= 0;
            case BEGINS_WITH -> fact.indexOf(text) == 0;
            case ENDS_WITH -> fact.length() >= text.length() && fact.lastIndexOf(text) == fact.length() - text.length();
            default -> throw new IllegalArgumentException(operator.text());
        };
    }

    private static boolean fitsNumber(int comparison, Operator operator) {
        return switch (operator) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
            case GREATER -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
            default -> throw new IllegalArgumentException(operator.text());
        };
    }

    private List<JsonNode> real() {
        return segments.stream().filter(segment -> !inferred(segment)).toList();
    }

    private static boolean inferred(JsonNode segment) {
        return segment.path("inferred").asBoolean(false);
    }

    private @Nullable JsonNode root() {
        var byStart = real().stream()
                .sorted(Comparator.comparingDouble((JsonNode segment) -> start(segment))
                        .thenComparing(segment -> segment.get("id").asString()))
                .toList();
        return byStart.stream()
                .filter(segment -> !segment.has("parent_id"))
                .findFirst()
                .or(() -> byStart.stream().findFirst())
                .orElse(null);
    }

    private boolean hasRoot() {
        var root = root();
        return root != null && !root.has("parent_id");
    }

    private static double start(JsonNode entity) {
        return entity.get("start_time").asDouble();
    }

    private static boolean ended(JsonNode entity) {
        return entity.has("end_time");
    }

    private static double end(JsonNode entity) {
        return ended(entity) ? entity.get("end_time").asDouble() : start(entity);
    }

    private static int status(JsonNode entity) {
        return entity.path("http").path("response").path("status").asInt(-1);
    }

    private static boolean is(JsonNode entity, Keyword flag) {
        int status = status(entity);
        return switch (flag) {
            case THROTTLE -> entity.path("throttle").asBoolean(false) || status == 429;
            case ERROR -> entity.path("error").asBoolean(false) || status >= 400 && status < 500;
            case FAULT -> entity.path("fault").asBoolean(false) || status >= 500 && status < 600;
            case OK -> !is(entity, Keyword.THROTTLE) && !is(entity, Keyword.ERROR) && !is(entity, Keyword.FAULT);
            default -> throw new IllegalArgumentException(flag.word());
        };
    }

    private static double seconds(double from, double to) {
        return Math.round(Math.round((to - from) * 1e6) / 1e3) / 1e3;
    }

    private List<?> traceFact(Keyword keyword) {
        var root = root();
        return switch (keyword) {
            case OK, ERROR, FAULT -> List.of(root != null && is(root, keyword));
            case THROTTLE -> List.of(segments.stream().anyMatch(segment -> is(segment, Keyword.THROTTLE)));
            case PARTIAL ->
                List.of(!hasRoot() || segments.stream().anyMatch(segment -> walk(segment, entity -> !ended(entity))));
            case INFERRED -> List.of(segments.stream().anyMatch(TraceOracle::inferred));
            case RESPONSE_TIME ->
                root != null && hasRoot() && ended(root) ? List.of(seconds(start(root), end(root))) : List.of();
            case DURATION -> duration(real());
            case HTTP_STATUS, HTTP_URL, HTTP_METHOD, HTTP_USER_AGENT, HTTP_CLIENT_IP ->
                root == null ? List.of() : http(root, keyword);
            case USER -> distinct(segment -> List.of(segment.path("user").asString("")));
            case RESOURCE_ARN ->
                distinct(segment -> List.of(segment.path("resource_arn").asString("")));
            case INSTANCE_ID -> distinct(segment -> ec2(segment, "instance_id"));
            case AVAILABILITY_ZONE -> distinct(segment -> ec2(segment, "availability_zone"));
            case ACCOUNT_ID ->
                distinct(segment ->
                        List.of(segment.path("aws").path("account_id").asString("")));
            default -> throw new IllegalArgumentException(keyword.word());
        };
    }

    private List<?> duration(List<JsonNode> of) {
        var starts = new TreeSet<Double>();
        var ends = new TreeSet<Double>();
        of.forEach(segment -> walk(segment, entity -> {
            starts.add(start(entity));
            if (ended(entity)) {
                ends.add(end(entity));
            }
            return false;
        }));
        return ends.isEmpty() ? List.of() : List.of(seconds(starts.first(), ends.last()));
    }

    private static List<?> http(JsonNode entity, Keyword keyword) {
        var request = entity.path("http").path("request");
        var text = switch (keyword) {
            case HTTP_STATUS -> MissingNode.getInstance();
            case HTTP_URL -> request.path("url");
            case HTTP_METHOD -> request.path("method");
            case HTTP_USER_AGENT -> request.path("user_agent");
            case HTTP_CLIENT_IP -> request.path("client_ip");
            default -> throw new IllegalArgumentException(keyword.word());
        };
        if (keyword == Keyword.HTTP_STATUS) {
            return status(entity) < 0 ? List.of() : List.of((double) status(entity));
        }
        return text.isMissingNode() ? List.of() : List.of(text.asString());
    }

    private List<String> distinct(Function<JsonNode, List<String>> facts) {
        var found = new TreeSet<String>();
        segments.forEach(segment -> found.addAll(facts.apply(segment)));
        found.remove("");
        return List.copyOf(found);
    }

    private static List<String> ec2(JsonNode segment, String member) {
        var found = new ArrayList<String>();
        walk(segment, entity -> {
            if (!inferred(segment) && entity.path("aws").path("ec2").has(member)) {
                found.add(entity.path("aws").path("ec2").get(member).asString());
            }
            return false;
        });
        return found;
    }

    private List<Object> annotations(String key) {
        var values = Objects.requireNonNull(summary.annotations()).getOrDefault(key, List.of());
        var found = new ArrayList<Object>();
        for (var value : values) {
            var annotation = Objects.requireNonNull(value.annotationValue());
            if (annotation.stringValue() != null) {
                found.add(annotation.stringValue());
            } else if (annotation.numberValue() != null) {
                found.add(annotation.numberValue());
            } else {
                found.add(Objects.requireNonNull(annotation.booleanValue()));
            }
        }
        return found;
    }

    private Node node(JsonNode segment) {
        var account = segment.path("aws").path("account_id").asString(null);
        var origin = segment.path("origin").asString(null);
        if (!inferred(segment)) {
            return new Node(segment.get("name").asString(), origin, account);
        }
        if (origin == null) {
            return new Node(segment.get("name").asString(), "remote", null);
        }
        if (origin.equals("Database::SQL")) {
            return new Node(segment.get("name").asString(), origin, null);
        }
        var aws = segment.path("aws");
        for (var member : List.of("queue_url", "table_name")) {
            if (aws.has(member)) {
                return new Node(aws.get(member).asString(), origin, account);
            }
        }
        return new Node(segment.get("name").asString(), origin, account);
    }

    private boolean service(NodeSelector wanted, @Nullable Expression block) {
        var root = root();
        if (block == null
                && root != null
                && wanted.matches(new Node(root.get("name").asString(), "client", null))) {
            return true;
        }
        return segments.stream()
                .anyMatch(segment -> wanted.matches(node(segment))
                        && (block == null || holdsOf(block, segment, segment, inferred(segment))));
    }

    private boolean edge(NodeSelector from, NodeSelector to, @Nullable Expression block) {
        for (var segment : segments) {
            if (!to.matches(node(segment))) {
                continue;
            }
            if (segment.equals(root())
                    && from.matches(new Node(segment.get("name").asString(), "client", null))
                    && (block == null || holdsOfClient(block, segment))) {
                return true;
            }
            var caller = entities.get(segment.path("parent_id").asString(""));
            if (caller != null) {
                var top = Objects.requireNonNull(tops.get(caller.get("id").asString()));
                if (from.matches(node(top)) && (block == null || holdsOf(block, caller, top, inferred(segment)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean holdsOf(Expression block, JsonNode entity, JsonNode top, boolean inferred) {
        return holdsOf(block, keyword -> callFact(keyword, entity, top, inferred, node(top)));
    }

    private boolean holdsOfClient(Expression block, JsonNode root) {
        var client = new Node(root.get("name").asString(), "client", null);
        return holdsOf(block, keyword -> callFact(keyword, root, root, false, client));
    }

    static boolean holdsOf(Expression block, Function<Keyword, List<?>> facts) {
        return switch (block) {
            case Expression.And(var all) -> all.stream().allMatch(one -> holdsOf(one, facts));
            case Expression.Or(var any) -> any.stream().anyMatch(one -> holdsOf(one, facts));
            case Expression.Not(var negated) -> !holdsOf(negated, facts);
            case Expression.Present(var keyword) -> present(facts.apply(keyword));
            case Expression.Compare(var keyword, var operator, var value) ->
                fits(facts.apply(keyword), operator, value);
            default -> throw new IllegalArgumentException(block.toString());
        };
    }

    private List<?> callFact(Keyword keyword, JsonNode entity, JsonNode top, boolean inferred, Node node) {
        var root = root();
        return switch (keyword) {
            case OK, ERROR, FAULT, THROTTLE -> List.of(is(entity, keyword));
            case PARTIAL -> List.of(!ended(entity));
            case INFERRED -> List.of(inferred);
            case ROOT -> List.of(root != null && node(root).equals(node));
            case RESPONSE_TIME -> ended(entity) ? List.of(seconds(start(entity), end(entity))) : List.of();
            case DURATION -> ended(entity) ? duration(List.of(entity)) : List.of();
            case USER -> top.has("user") ? List.of(top.get("user").asString()) : List.of();
            case RESOURCE_ARN ->
                top.has("resource_arn") ? List.of(top.get("resource_arn").asString()) : List.of();
            case INSTANCE_ID -> ec2(top, "instance_id");
            case AVAILABILITY_ZONE -> ec2(top, "availability_zone");
            case ACCOUNT_ID -> node.account() == null ? List.of() : List.of(node.account());
            default -> http(entity, keyword);
        };
    }
}
