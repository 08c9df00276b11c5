// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import static dev.clew.traces.filter.FilterLanguage.column;

import dev.clew.traces.filter.grammar.FilterLexer;
import dev.clew.traces.filter.grammar.FilterParser;
import java.util.ArrayList;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Turns the first syntax error into the answer. */
final class SyntaxRefusal extends BaseErrorListener {
    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offending,
            int line,
            int charPositionInLine,
            String message,
            @Nullable RecognitionException cause) {
        var parser = (FilterParser) recognizer;
        var token = offending instanceof Token known ? known : parser.getCurrentToken();
        checkWordsBefore(parser, token);
        var expected = expected(parser.getExpectedTokens());
        if (token.getType() == Token.EOF) {
            throw FilterProblem.end(column(token), expected);
        }
        if (token.getType() == FilterLexer.UNENDED) {
            throw FilterProblem.at(column(token), "A string that has no end begins", "\" at its end");
        }
        throw FilterProblem.symbol(token.getText(), column(token), expected);
    }

    /** An unknown word that passed for a keyword is the likelier mistake than what follows it. */
    private static void checkWordsBefore(FilterParser parser, Token token) {
        var tokens = parser.getTokenStream();
        for (int i = 0; i < token.getTokenIndex(); i++) {
            var word = tokens.get(i);
            boolean isValue = i > 0 && isOperator(tokens.get(i - 1).getType());
            boolean isIdPart = tokens.get(i + 1).getType() == FilterLexer.COLON;
            if (word.getType() == FilterLexer.WORD
                    && !isValue
                    && !isIdPart
                    && Keyword.find(word.getText()).isEmpty()) {
                throw FilterProblem.word(word.getText(), column(word), Keyword.Place.TRACE);
            }
        }
    }

    private static boolean isOperator(int type) {
        return switch (type) {
            case FilterLexer.EQUAL,
                    FilterLexer.NOT_EQUAL,
                    FilterLexer.LESS,
                    FilterLexer.AT_MOST,
                    FilterLexer.GREATER,
                    FilterLexer.AT_LEAST,
                    FilterLexer.CONTAINS,
                    FilterLexer.BEGINS_WITH,
                    FilterLexer.ENDS_WITH -> true;
            default -> false;
        };
    }

    private static String expected(IntervalSet types) {
        if (types.contains(FilterLexer.ANNOTATION)) {
            return "a keyword, service(), edge(), annotation[key], group.name, rootcause.fault.service or the like"
                    + (types.contains(FilterLexer.NO) ? ", ! or (" : " or (");
        }
        if (types.contains(FilterLexer.NUMBER)) {
            return "a \"string\", a number, true or false";
        }
        if (types.contains(Token.EOF)) {
            return "AND, OR, another term or the end";
        }
        var names = new ArrayList<String>();
        for (int type : types.toArray()) {
            names.add(name(type));
        }
        return String.join(" or ", names);
    }

    private static String name(int type) {
        return switch (type) {
            case FilterLexer.WORD -> "name, type or account.id";
            case FilterLexer.STRING -> "a \"string\"";
            case FilterLexer.JSON -> "#[{...}]";
            case FilterLexer.ID -> "id()";
            default -> {
                var literal = FilterParser.VOCABULARY.getLiteralName(type);
                yield literal == null
                        ? FilterParser.VOCABULARY.getSymbolicName(type)
                        : literal.substring(1, literal.length() - 1);
            }
        };
    }
}
