// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import static dev.clew.traces.filter.FilterLanguage.column;

import dev.clew.traces.filter.Expression.CauseKind;
import dev.clew.traces.filter.Expression.CausePart;
import dev.clew.traces.filter.Keyword.Place;
import dev.clew.traces.filter.grammar.FilterParser.AnnotationContext;
import dev.clew.traces.filter.grammar.FilterParser.BlockContext;
import dev.clew.traces.filter.grammar.FilterParser.ComparisonContext;
import dev.clew.traces.filter.grammar.FilterParser.ConjunctionContext;
import dev.clew.traces.filter.grammar.FilterParser.EdgeContext;
import dev.clew.traces.filter.grammar.FilterParser.EntityContext;
import dev.clew.traces.filter.grammar.FilterParser.EntityIdContext;
import dev.clew.traces.filter.grammar.FilterParser.ExpressionContext;
import dev.clew.traces.filter.grammar.FilterParser.GroupContext;
import dev.clew.traces.filter.grammar.FilterParser.OperatorContext;
import dev.clew.traces.filter.grammar.FilterParser.PrimaryContext;
import dev.clew.traces.filter.grammar.FilterParser.RootCauseContext;
import dev.clew.traces.filter.grammar.FilterParser.RootCauseJsonContext;
import dev.clew.traces.filter.grammar.FilterParser.SelectorContext;
import dev.clew.traces.filter.grammar.FilterParser.ServiceContext;
import dev.clew.traces.filter.grammar.FilterParser.UnaryContext;
import dev.clew.traces.filter.grammar.FilterParser.ValueContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Turns a syntax tree into an {@link Expression} and checks that everything fits where it stands. */
final class ExpressionReader {
    Expression expression(ExpressionContext tree) {
        return expression(tree, Place.TRACE);
    }

    EntitySelector selector(SelectorContext tree) {
        if (tree.edge() != null) {
            var edge = edge(tree.edge());
            return new EntitySelector.OfEdge(
                    edge.from(), edge.to(), edge.block(), byId(tree.edge().from) || byId(tree.edge().to));
        }
        if (tree.service() != null) {
            var service = service(tree.service());
            return new EntitySelector.OfService(
                    service.node(), service.block(), byId(tree.service().entity()));
        }
        return new EntitySelector.OfService(id(tree.entityId()), null, true);
    }

    private static boolean byId(@Nullable EntityContext entity) {
        return entity != null && entity.entityId() != null;
    }

    private Expression expression(ExpressionContext tree, Place place) {
        var any = tree.conjunction().stream()
                .map(conjunction -> conjunction(conjunction, place))
                .toList();
        return any.size() == 1 ? any.getFirst() : new Expression.Or(any);
    }

    private Expression conjunction(ConjunctionContext tree, Place place) {
        var all = tree.unary().stream().map(unary -> unary(unary, place)).toList();
        return all.size() == 1 ? all.getFirst() : new Expression.And(all);
    }

    private Expression unary(UnaryContext tree, Place place) {
        var primary = primary(tree.primary(), place);
        return tree.NO() == null && tree.NOT() == null ? primary : new Expression.Not(primary);
    }

    private Expression primary(PrimaryContext tree, Place place) {
        if (tree.expression() != null) {
            return expression(tree.expression(), place);
        }
        if (tree.comparison() != null) {
            return comparison(tree.comparison(), place);
        }
        if (place != Place.TRACE) {
            var symbol = tree.getStart();
            throw FilterProblem.word(symbol.getText(), column(symbol), place);
        }
        if (tree.service() != null) {
            return service(tree.service());
        }
        if (tree.edge() != null) {
            return edge(tree.edge());
        }
        if (tree.annotation() != null) {
            return annotation(tree.annotation());
        }
        if (tree.group() != null) {
            return group(tree.group());
        }
        return tree.rootCause() == null ? like(tree.rootCauseJson()) : rootCause(tree.rootCause());
    }

    private static Expression comparison(ComparisonContext tree, Place place) {
        var word = tree.WORD().getSymbol();
        var keyword = Keyword.find(word.getText())
                .filter(known -> known.standsIn(place))
                .orElseThrow(() -> FilterProblem.word(word.getText(), column(word), place));
        if (tree.operator() == null) {
            return new Expression.Present(keyword);
        }
        var operator = operator(tree.operator(), keyword.kind(), keyword.word());
        boolean takesBareword = keyword == Keyword.NAME || keyword == Keyword.TYPE;
        var value = value(tree.value(), takesBareword);
        if (value.kind() != keyword.kind()) {
            throw wrongValue(tree.value(), keyword.kind());
        }
        return new Expression.Compare(keyword, operator, value);
    }

    private static Operator operator(OperatorContext tree, Keyword.Kind kind, String subject) {
        var token = tree.getStart();
        var operator = switch (token.getText().toUpperCase(Locale.ROOT)) {
            case "=" -> Operator.EQUAL;
            case "!=" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.AT_MOST;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.AT_LEAST;
            case "CONTAINS" -> Operator.CONTAINS;
            case "BEGINSWITH" -> Operator.BEGINS_WITH;
            default -> Operator.ENDS_WITH;
        };
        if (!operator.compares(kind)) {
            throw FilterProblem.at(
                    column(token),
                    "Operator '" + operator.text() + "' does not fit '" + subject + "'",
                    Operator.all(kind));
        }
        return operator;
    }

    private static Value value(ValueContext tree, boolean takesBareword) {
        var token = tree.getStart();
        if (tree.STRING() != null) {
            return new Value.Text(text(token));
        }
        if (tree.NUMBER() != null) {
            double number = Double.parseDouble(token.getText());
            if (!Double.isFinite(number)) {
                throw FilterProblem.symbol(token.getText(), column(token), "a number that fits into 64 bits");
            }
            return new Value.Number(number);
        }
        if (tree.TRUE() != null || tree.FALSE() != null) {
            return new Value.Flag(tree.TRUE() != null);
        }
        if (!takesBareword) {
            throw FilterProblem.symbol(token.getText(), column(token), "a \"string\", a number, true or false");
        }
        return new Value.Text(token.getText());
    }

    private static RuntimeException wrongValue(ValueContext tree, Keyword.Kind kind) {
        var expected = switch (kind) {
            case FLAG -> "true or false";
            case NUMBER -> "a number";
            case TEXT -> "a \"string\"";
        };
        return FilterProblem.symbol(tree.getText(), column(tree.getStart()), expected);
    }

    /** What a quoted token says. A backslash before anything but a quote or a backslash stands for itself. */
    private static String text(Token token) {
        return unquoted(token.getText());
    }

    private static String unquoted(String quoted) {
        var inner = quoted.substring(1, quoted.length() - 1);
        return inner.indexOf('\\') < 0 ? inner : inner.replaceAll("\\\\([\"\\\\])", "$1");
    }

    private static Expression annotation(AnnotationContext tree) {
        var key = key(tree.ANNOTATION().getText());
        if (tree.operator() == null) {
            return new Expression.Annotated(key);
        }
        var value = value(tree.value(), false);
        return new Expression.CompareAnnotation(key, operator(tree.operator(), value.kind(), valueOf(tree)), value);
    }

    private static String valueOf(AnnotationContext tree) {
        return tree.value().getText().replace("\"", "");
    }

    private static String key(String token) {
        int bracket = token.indexOf('[');
        int dot = token.indexOf('.');
        if (bracket < 0 || dot >= 0 && dot < bracket) {
            return token.substring(dot + 1);
        }
        var inner = token.substring(bracket + 1, token.length() - 1).strip();
        return inner.startsWith("\"") ? unquoted(inner) : inner;
    }

    private Expression.Service service(ServiceContext tree) {
        return new Expression.Service(node(tree.entity()), block(tree.block(), Place.CALL));
    }

    private Expression.Edge edge(EdgeContext tree) {
        return new Expression.Edge(node(tree.from), node(tree.to), block(tree.block(), Place.CALL));
    }

    private @Nullable Expression block(@Nullable BlockContext tree, Place place) {
        return tree == null ? null : expression(tree.expression(), place);
    }

    private static NodeSelector node(@Nullable EntityContext tree) {
        if (tree == null) {
            return NodeSelector.ANY;
        }
        return tree.STRING() == null
                ? id(tree.entityId())
                : new NodeSelector(text(tree.STRING().getSymbol()), null, null);
    }

    private static NodeSelector id(EntityIdContext tree) {
        String name = null;
        String type = null;
        String account = null;
        for (var part : tree.idPart()) {
            var word = part.WORD().getSymbol();
            var value = text(part.STRING().getSymbol());
            switch (word.getText().toLowerCase(Locale.ROOT)) {
                case "name" -> name = once(name, value, part);
                case "type" -> type = once(type, value, part);
                case "account.id" -> account = once(account, value, part);
                default -> throw FilterProblem.symbol(word.getText(), column(word), "name, type or account.id");
            }
        }
        return new NodeSelector(name, type, account);
    }

    private static String once(@Nullable String before, String value, ParserRuleContext part) {
        if (before != null) {
            throw FilterProblem.symbol(part.getStart().getText(), column(part.getStart()), "each part once");
        }
        return value;
    }

    private static Expression group(GroupContext tree) {
        var keyword = tree.GROUP().getSymbol();
        boolean byArn = keyword.getText().toLowerCase(Locale.ROOT).endsWith("arn");
        var group = new Expression.InGroup(
                text(tree.STRING().getSymbol()), byArn, column(tree.STRING().getSymbol()));
        return tree.EQUAL() == null ? new Expression.Not(group) : group;
    }

    private Expression rootCause(RootCauseContext tree) {
        var words = List.of(tree.ROOT_CAUSE().getText().toLowerCase(Locale.ROOT).split("\\."));
        var kind = switch (words.get(1)) {
            case "fault" -> CauseKind.FAULT;
            case "error" -> CauseKind.ERROR;
            default -> CauseKind.RESPONSE_TIME;
        };
        return switch (words.get(2)) {
            case "service" -> new Expression.Cause(kind, CausePart.SERVICE, block(tree.block(), Place.CAUSE_SERVICE));
            case "entity" ->
                new Expression.Cause(
                        kind,
                        CausePart.ENTITY,
                        block(tree.block(), kind == CauseKind.RESPONSE_TIME ? Place.SLOW_ENTITY : Place.CAUSE_ENTITY));
            default -> new Expression.Cause(kind, CausePart.EXCEPTION, block(tree.block(), Place.CAUSE_EXCEPTION));
        };
    }

    private static Expression like(RootCauseJsonContext tree) {
        var json = tree.JSON().getSymbol();
        try {
            var like =
                    new Expression.CauseLike(CauseTemplate.parse(json.getText().substring(1)));
            return tree.EQUAL() == null ? new Expression.Not(like) : like;
        } catch (IllegalArgumentException e) {
            throw FilterProblem.at(
                    column(json),
                    Objects.requireNonNullElse(e.getMessage(), ""),
                    "#[{...}] with one root cause as summaries show it");
        }
    }
}
