// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import java.util.Arrays;
import java.util.Optional;

/** How a value is compared with an alarm's threshold. */
enum Comparison {
    AT_LEAST("GreaterThanOrEqualToThreshold", "greater than or equal to"),
    ABOVE("GreaterThanThreshold", "greater than"),
    BELOW("LessThanThreshold", "less than"),
    AT_MOST("LessThanOrEqualToThreshold", "less than or equal to");

    private final String text;
    private final String words;

    Comparison(String text, String words) {
        this.text = text;
        this.words = words;
    }

    /** For a sentence. */
    String words() {
        return words;
    }

    boolean breaches(double value, double threshold) {
        return switch (this) {
            case AT_LEAST -> value >= threshold;
            case ABOVE -> value > threshold;
            case BELOW -> value < threshold;
            case AT_MOST -> value <= threshold;
        };
    }

    /** The one that {@code text} names; none for the comparisons with a band. */
    static Optional<Comparison> parse(String text) {
        return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
    }
}
