// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.core.Scope;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import dev.clew.wire.ServiceException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every expression of the corpus against every trace of it. */
class FilterCorpusTest {
    private static final Map<String, TraceDigest> TRACES = Corpus.digests();
    private static final FilterLanguage LANGUAGE = new FilterLanguage(FilterRules.DEFAULTS);
    private static final Filters FILTERS = new Filters(LANGUAGE, scope -> FilterCorpusTest::group);
    private static final Scope SCOPE = new Scope("111111111111", "us-east-1");

    static Optional<Expression> group(Expression.InGroup group) {
        return switch (group.group()) {
            case "Default" -> Optional.of(Expression.EVERYTHING);
            case "faults", "arn:aws:xray:us-east-1:111111111111:group/faults/F" -> Optional.of(LANGUAGE.parse("fault"));
            case "slow" -> Optional.of(LANGUAGE.parse("responsetime >= 2"));
            default -> Optional.empty();
        };
    }

    static List<Corpus.Line> valid() {
        return Corpus.valid();
    }

    static List<Corpus.Refused> invalid() {
        return Corpus.invalid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void findsExactlyTheTracesThatFit(Corpus.Line line) {
        var filter = FILTERS.compile(SCOPE, line.expression());
        var found = new TreeSet<String>();
        TRACES.forEach((name, trace) -> {
            if (filter.matches(trace, Micros.of(ManualClock.START) + 3_600_000_000L)) {
                found.add(name);
            }
        });
        assertThat(found).isEqualTo(new TreeSet<>(line.matches()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void tellsWhereAnExpressionIsWrongAndWhatWasExpected(Corpus.Refused line) {
        var thrown = catchThrowable(() -> FILTERS.compile(SCOPE, line.expression()));
        assertThat(thrown).isInstanceOf(ServiceException.class).hasMessage(line.message());
    }

    @Test
    void coversEveryKeywordInEveryPlaceAndEveryOperator() {
        var text = String.join(
                        "\n", valid().stream().map(Corpus.Line::expression).toList())
                .toLowerCase(Locale.ROOT);
        for (var keyword : Keyword.values()) {
            assertThat(text).contains(keyword.word());
        }
        for (var operator : Operator.values()) {
            assertThat(text).contains(operator.text().toLowerCase(Locale.ROOT));
        }
    }
}
