// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Reads {@code 90s}, {@code 10m}, {@code 6h}, {@code 1d}. */
public final class Since implements CommandLine.ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    @Override
    public Duration convert(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new CommandLine.TypeConversionException("'" + text + "' (expected: a length such as 90s, 10m or 6h)");
        }
        long amount = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
