// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.expect;

import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * How many traces are expected: {@code 3} for exactly three, {@code 3+} for at least three.
 *
 * @param orMore whether more are as good
 */
record Count(int number, boolean orMore) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(\\+?)");

    boolean fits(int found) {
        return orMore ? found >= number : found == number;
    }

    /** Whether nothing that still comes can make {@code found} fit. */
    boolean exceeded(int found) {
        return !orMore && found > number;
    }

    /** Whether {@code found} fits for good: more could come, and would be too many. */
    boolean settled(int found) {
        return orMore && fits(found);
    }

    @Override
    public String toString() {
        return (orMore ? "at least " : "exactly ") + number + (number == 1 ? " trace" : " traces");
    }

    /** Reads the command line's form. */
    static final class Reader implements CommandLine.ITypeConverter<Count> {
        @Override
        public Count convert(String text) {
            var match = FORM.matcher(text.strip());
            if (!match.matches()) {
                throw new CommandLine.TypeConversionException(
                        "'" + text + "' (expected: 3 for exactly three, 3+ for at least three)");
            }
            return new Count(Integer.parseInt(match.group(1)), !match.group(2).isEmpty());
        }
    }
}
