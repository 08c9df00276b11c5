// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.ServiceException;
import java.util.Locale;

/** The errors of the filter language. Each tells the column, from 1, and what was expected there. */
final class FilterProblem {
    private FilterProblem() {}

    /** Something that has no place in the language, or not there. */
    static ServiceException symbol(String symbol, int column, String expected) {
        return XrayErrors.invalidRequestException(
                "Invalid input symbol '" + symbol + "' at column " + column + " (expected: " + expected + ")");
    }

    /** A word that is no keyword, or none that may stand in {@code place}. */
    static ServiceException word(String word, int column, Keyword.Place place) {
        return symbol(word, column, expected(word.toLowerCase(Locale.ROOT), place));
    }

    private static String expected(String word, Keyword.Place place) {
        if (place == Keyword.Place.TRACE && word.startsWith("annotation")) {
            return "annotation.key or annotation[key]";
        }
        if (place == Keyword.Place.TRACE && word.startsWith("rootcause")) {
            return "rootcause.fault or rootcause.error with .service, .entity or .exception, rootcause.responsetime"
                    + " with .service or .entity, or rootcause.json";
        }
        if (place == Keyword.Place.TRACE && word.startsWith("group")) {
            return "group.name or group.arn";
        }
        return "a keyword" + place.where() + ": " + String.join(", ", Keyword.words(place));
    }

    static ServiceException end(int column, String expected) {
        return XrayErrors.invalidRequestException(
                "The expression ends at column " + column + " (expected: " + expected + ")");
    }

    static ServiceException at(int column, String problem, String expected) {
        return XrayErrors.invalidRequestException(problem + " at column " + column + " (expected: " + expected + ")");
    }

    static ServiceException limit(String what, int value, int most) {
        return XrayErrors.invalidRequestException(what + ": " + value + " (expected: at most " + most + ")");
    }
}
