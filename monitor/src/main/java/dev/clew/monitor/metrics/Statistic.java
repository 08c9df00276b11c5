// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** One number made of the values of an interval. */
public sealed interface Statistic {
    /** The number; none if the values' spread would be needed and is not known. */
    OptionalDouble of(Aggregate values);

    /** The statistics that need no spread. */
    enum Simple implements Statistic {
        SAMPLE_COUNT("SampleCount"),
        AVERAGE("Average"),
        SUM("Sum"),
        MINIMUM("Minimum"),
        MAXIMUM("Maximum");

        private final String text;

        Simple(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        @Override
        public OptionalDouble of(Aggregate values) {
            if (values.count() == 0) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(
                    switch (this) {
                        case SAMPLE_COUNT -> values.count();
                        case AVERAGE -> values.sum() / values.count();
                        case SUM -> values.sum();
                        case MINIMUM -> values.minimum();
                        case MAXIMUM -> values.maximum();
                    });
        }
    }

    /** The least value that {@code percent} of all values do not exceed. */
    record Percentile(double percent) implements Statistic {
        @Override
        public OptionalDouble of(Aggregate values) {
            return values.spreadKnown()
                    ? OptionalDouble.of(Range.atShare(values, percent / 100))
                    : OptionalDouble.empty();
        }
    }

    /** Something about the values within bounds: {@code tm90}, {@code TC(0.5:10)}, {@code PR(:300)}, {@code IQM}. */
    record Within(Kind kind, Range range) implements Statistic {
        /** What it says of them. */
        enum Kind {
            TRIMMED_MEAN,
            WINSORIZED_MEAN,
            TRIMMED_COUNT,
            TRIMMED_SUM,
            PERCENTILE_RANK
        }

        @Override
        public OptionalDouble of(Aggregate values) {
            return values.spreadKnown() ? range.of(kind, values) : OptionalDouble.empty();
        }
    }

    Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,10})?)");
    Pattern SHORT = Pattern.compile("(tm|wm|tc|ts)(\\d{1,3}(?:\\.\\d{1,10})?)");
    Pattern LONG = Pattern.compile("(TM|WM|TC|TS|PR)\\(([^:()]*):([^:()]*)\\)");

    /** The statistic that {@code text} spells: {@code Average}, {@code p99.9}, {@code TM(10%:90%)}. */
    static Optional<Statistic> parse(String text) {
        for (var simple : Simple.values()) {
            if (simple.text.equals(text)) {
                return Optional.of(simple);
            }
        }
        if (text.equals("IQM")) {
            return Optional.of(new Within(Within.Kind.TRIMMED_MEAN, Range.percent(25, 75)));
        }
        var percentile = PERCENTILE.matcher(text);
        if (percentile.matches()) {
            double percent = Double.parseDouble(percentile.group(1));
            return percent <= 100 ? Optional.of(new Percentile(percent)) : Optional.empty();
        }
        var brief = SHORT.matcher(text);
        if (brief.matches()) {
            double percent = Double.parseDouble(brief.group(2));
            return percent <= 100
                    ? Optional.of(new Within(kind(brief.group(1)), Range.percent(0, percent)))
                    : Optional.empty();
        }
        var full = LONG.matcher(text);
        if (full.matches()) {
            var kind = kind(full.group(1));
            return Range.parse(full.group(2).strip(), full.group(3).strip())
                    .filter(range -> kind != Within.Kind.PERCENTILE_RANK || !range.relative())
                    .map(range -> new Within(kind, range));
        }
        return Optional.empty();
    }

    private static Within.Kind kind(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "TM" -> Within.Kind.TRIMMED_MEAN;
            case "WM" -> Within.Kind.WINSORIZED_MEAN;
            case "TC" -> Within.Kind.TRIMMED_COUNT;
            case "TS" -> Within.Kind.TRIMMED_SUM;
            default -> Within.Kind.PERCENTILE_RANK;
        };
    }
}
