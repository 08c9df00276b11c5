// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import dev.clew.traces.filter.Expression;
import dev.clew.traces.filter.Filter;
import dev.clew.traces.filter.FilterRules;
import dev.clew.traces.filter.Keyword;
import dev.clew.traces.filter.NodeSelector;
import dev.clew.traces.filter.Operator;
import dev.clew.traces.filter.Value;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.jspecify.annotations.Nullable;

/** Compiles filters to queries that find every trace that matches, and as few others as the index can tell apart. */
final class QueryCompiler {
    private final FilterRules rules;

    private QueryCompiler(FilterRules rules) {
        this.rules = rules;
    }

    static Query compile(Filter filter) {
        return new QueryCompiler(filter.rules()).bounds(filter.expression()).most();
    }

    private Bounds bounds(Expression expression) {
        return switch (expression) {
            case Expression.And(var all) ->
                Bounds.all(all.stream().map(this::bounds).toList());
            case Expression.Or(var any) ->
                Bounds.any(any.stream().map(this::bounds).toList());
            case Expression.Not(Expression.Annotated(var key))
            when rules.negatedAnnotationIsAbsent() ->
                Bounds.exactly(annotation(Fields.annotation(key))).negated();
            case Expression.Not(var negated) -> bounds(negated).negated();
            case Expression.Present(var keyword) -> present(keyword);
            case Expression.Compare(var keyword, var operator, var value) -> compare(keyword, operator, value);
            case Expression.Annotated(var key) -> Bounds.atMost(annotation(Fields.annotation(key)));
            case Expression.CompareAnnotation(var key, var operator, var value) -> annotation(key, operator, value);
            case Expression.Service(var node, var block) -> service(node, block);
            case Expression.Edge(var from, var to, var block) ->
                Bounds.atMost(Bounds.joined(List.of(node(from), node(to), somewhere(block)), Occur.MUST));
            case Expression.Cause(var kind, var _, var _) -> Bounds.atMost(fact(Fields.cause(kind.name())));
            case Expression.CauseLike _ ->
                Bounds.atMost(Bounds.joined(
                        Stream.of(Expression.CauseKind.values())
                                .map(kind -> fact(Fields.cause(kind.name())))
                                .toList(),
                        Occur.SHOULD));
            case Expression.InGroup _ -> Bounds.UNKNOWN;
        };
    }

    private static Query fact(String word) {
        return new TermQuery(new Term(Fields.FACT, word));
    }

    private static Query annotation(String term) {
        return new TermQuery(new Term(Fields.ANNOTATION, IndexDocument.cut(term)));
    }

    private static Bounds present(Keyword keyword) {
        return switch (keyword) {
            case INFERRED, ACCOUNT_ID -> unlessPending(fact(keyword.word()));
            default -> Bounds.exactly(fact(keyword.word()));
        };
    }

    /** What {@code query} finds holds for certain only of traces in which nothing waits to be inferred. */
    private static Bounds unlessPending(Query query) {
        return new Bounds(query, Bounds.without(query, fact(Fields.PENDING)));
    }

    private Bounds compare(Keyword keyword, Operator operator, Value value) {
        return switch (value) {
            case Value.Flag(boolean flag) ->
                (operator == Operator.EQUAL) == flag
                        ? present(keyword)
                        : present(keyword).negated();
            case Value.Number(double number) -> Bounds.exactly(number(keyword, operator, number));
            case Value.Text(String text) -> text(keyword, operator, text);
        };
    }

    private static Query number(Keyword keyword, Operator operator, double number) {
        var field = keyword.word();
        double value = number == 0 ? 0 : number; // -0 equals 0 for the filter, not for the index
        return switch (operator) {
            case EQUAL -> range(field, zeroBelow(value), value);
            case NOT_EQUAL -> Bounds.without(fact(field), range(field, zeroBelow(value), value));
            case LESS -> range(field, Double.NEGATIVE_INFINITY, Math.nextDown(zeroBelow(value)));
            case AT_MOST -> range(field, Double.NEGATIVE_INFINITY, value);
            case GREATER -> range(field, Math.nextUp(value), Double.POSITIVE_INFINITY);
            case AT_LEAST -> range(field, zeroBelow(value), Double.POSITIVE_INFINITY);
            case CONTAINS, BEGINS_WITH, ENDS_WITH -> Bounds.NONE;
        };
    }

    private static double zeroBelow(double value) {
        return value == 0 ? -0.0 : value;
    }

    private static Query range(String field, double least, double most) {
        return DoublePoint.newRangeQuery(field, least, most);
    }

    private Bounds text(Keyword keyword, Operator operator, String text) {
        var there = fact(keyword.word());
        if (rules.ignoreCase() || tooLong(text)) {
            return Bounds.atMost(there);
        }
        var field = keyword.word();
        boolean several = switch (keyword) {
            case USER, AVAILABILITY_ZONE, INSTANCE_ID, RESOURCE_ARN, ACCOUNT_ID -> true;
            default -> false;
        };
        var found = matching(field, "", operator, text);
        if (operator == Operator.NOT_EQUAL) {
            return several ? Bounds.atMost(there) : Bounds.exactly(Bounds.without(there, found));
        }
        return keyword == Keyword.ACCOUNT_ID ? unlessPending(found) : Bounds.exactly(found);
    }

    private static boolean tooLong(String text) {
        return text.length() > IndexDocument.MAX_TERM / 8; // longer than any text that is indexed whole
    }

    /** Terms that begin with {@code prefix} and whose rest fits; for != those that are equal. */
    private static Query matching(String field, String prefix, Operator operator, String text) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> new TermQuery(new Term(field, prefix + text));
            case BEGINS_WITH -> new PrefixQuery(new Term(field, prefix + text));
            case CONTAINS -> new WildcardQuery(new Term(field, escaped(prefix) + '*' + escaped(text) + '*'));
            case ENDS_WITH -> new WildcardQuery(new Term(field, escaped(prefix) + '*' + escaped(text)));
            case LESS, AT_MOST, GREATER, AT_LEAST -> Bounds.NONE;
        };
    }

    private static String escaped(String text) {
        return text.replaceAll("[*?\\\\]", "\\\\$0");
    }

    private Bounds annotation(String key, Operator operator, Value value) {
        var there = annotation(Fields.annotation(key));
        return switch (value) {
            case Value.Flag(boolean flag) ->
                Bounds.exactly(annotation(Fields.flag(key, (operator == Operator.EQUAL) == flag)));
            case Value.Number(double number) ->
                operator == Operator.NOT_EQUAL ? Bounds.atMost(there) : Bounds.exactly(range(key, operator, number));
            case Value.Text(String text) ->
                rules.ignoreCase() || operator == Operator.NOT_EQUAL || tooLong(key + text)
                        ? Bounds.atMost(there)
                        : Bounds.exactly(matching(Fields.ANNOTATION, Fields.text(key, ""), operator, text));
        };
    }

    private static Query range(String key, Operator operator, double number) {
        var term = Fields.number(key, number);
        var first = Fields.number(key, Double.NEGATIVE_INFINITY);
        var last = Fields.number(key, Double.POSITIVE_INFINITY);
        return switch (operator) {
            case EQUAL -> annotation(term);
            case LESS -> TermRangeQuery.newStringRange(Fields.ANNOTATION, first, term, true, false);
            case AT_MOST -> TermRangeQuery.newStringRange(Fields.ANNOTATION, first, term, true, true);
            case GREATER -> TermRangeQuery.newStringRange(Fields.ANNOTATION, term, last, false, true);
            case AT_LEAST -> TermRangeQuery.newStringRange(Fields.ANNOTATION, term, last, true, true);
            case NOT_EQUAL, CONTAINS, BEGINS_WITH, ENDS_WITH -> Bounds.NONE;
        };
    }

    private static Query node(NodeSelector node) {
        if (node.equals(NodeSelector.ANY)) {
            return Bounds.ALL;
        }
        var term = Fields.node(node.name(), node.type(), node.account());
        return tooLong(term) ? Bounds.ALL : new TermQuery(new Term(Fields.NODE, term));
    }

    private static Bounds service(NodeSelector node, @Nullable Expression block) {
        var touched = node(node);
        if (block == null) {
            return touched.equals(Bounds.ALL) ? Bounds.UNKNOWN : unlessPending(touched);
        }
        return Bounds.atMost(Bounds.joined(List.of(touched, somewhere(block)), Occur.MUST));
    }

    /** Traces that have a request of which {@code block} may hold. */
    private static Query somewhere(@Nullable Expression block) {
        return switch (block) {
            case null -> Bounds.ALL;
            case Expression.And(var all) ->
                Bounds.joined(all.stream().map(QueryCompiler::somewhere).toList(), Occur.MUST);
            case Expression.Or(var any) ->
                Bounds.joined(any.stream().map(QueryCompiler::somewhere).toList(), Occur.SHOULD);
            case Expression.Present(var keyword) -> somewhere(keyword);
            case Expression.Compare(var keyword, var operator, Value.Flag(boolean flag)) ->
                (operator == Operator.EQUAL) == flag ? somewhere(keyword) : Bounds.ALL;
            default -> Bounds.ALL;
        };
    }

    private static Query somewhere(Keyword flag) {
        return switch (flag) {
            case ERROR, THROTTLE, FAULT, PARTIAL -> fact(Fields.any(flag));
            case INFERRED -> fact(flag.word());
            default -> Bounds.ALL;
        };
    }
}
