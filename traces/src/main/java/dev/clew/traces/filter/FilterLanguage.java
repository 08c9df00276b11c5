// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.filter.grammar.FilterLexer;
import dev.clew.traces.filter.grammar.FilterParser;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads filter expressions and entity selectors. Every error is an InvalidRequestException that names the column. Safe
 * for use by many threads.
 */
public final class FilterLanguage {
    private final FilterRules rules;

    public FilterLanguage(FilterRules rules) {
        this.rules = rules;
    }

    public FilterRules rules() {
        return rules;
    }

    /** The expression that {@code text} spells; null and blank ones match every trace. */
    public Expression parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Expression.EVERYTHING;
        }
        return read(
                text,
                rules.maxLength(),
                parser -> new ExpressionReader().expression(parser.filter().expression()));
    }

    /** The entity selector that {@code text} spells: {@code service()}, {@code edge()} or {@code id()}. */
    public EntitySelector parseSelector(String text) {
        return read(text, rules.maxSelectorLength(), parser -> new ExpressionReader().selector(parser.selector()));
    }

    private <T> T read(String text, int maxLength, Function<FilterParser, T> rule) {
        if (text.length() > maxLength) {
            throw FilterProblem.limit("Characters of the expression", text.length(), maxLength);
        }
        var lexer = new FilterLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners(); // there are no lexical errors: what is no token is an UNKNOWN one
        var tokens = new CommonTokenStream(lexer);
        tokens.fill();
        checkSize(tokens);
        var parser = new FilterParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxRefusal());
        return rule.apply(parser);
    }

    /** Before anything recurses over the expression. */
    private void checkSize(CommonTokenStream tokens) {
        int depth = 0;
        int terms = 0;
        for (var token : tokens.getTokens()) {
            switch (token.getType()) {
                case FilterLexer.OPEN, FilterLexer.BEGIN -> depth++;
                case FilterLexer.CLOSE, FilterLexer.END -> depth--;
                case FilterLexer.WORD,
                        FilterLexer.SERVICE,
                        FilterLexer.EDGE,
                        FilterLexer.ANNOTATION,
                        FilterLexer.GROUP,
                        FilterLexer.ROOT_CAUSE,
                        FilterLexer.ROOT_CAUSE_JSON -> terms++;
                default -> {}
            }
            if (depth > rules.maxDepth()) {
                throw FilterProblem.at(
                        column(token), "Parentheses and blocks are nested too deep", "at most " + rules.maxDepth());
            }
        }
        if (terms > rules.maxTerms()) {
            throw FilterProblem.limit("Terms of the expression", terms, rules.maxTerms());
        }
    }

    static int column(Token token) {
        return token.getStartIndex() + 1;
    }
}
