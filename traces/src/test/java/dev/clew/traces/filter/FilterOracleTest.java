// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.XRay;
import dev.clew.traces.api.TraceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What GetTraceSummaries finds by an expression is what a slow evaluation of whole traces finds. */
class FilterOracleTest {
    private static final Instant NOON = ManualClock.START;
    private static final int TRACES = 12;
    private static final int EXPRESSIONS = 60;

    @ParameterizedTest
    @Seeds(40)
    void agreesWithTheSlowEvaluationOfWholeTraces(long seed) {
        var random = new Random(seed);
        var xray = new XRay();
        for (int i = 0; i < TRACES; i++) {
            xray.put(RandomTraces.documents(TraceId.of(NOON.getEpochSecond() + i, seed, i), random));
        }
        xray.clock.advance(Duration.ofMinutes(10));
        var oracles = new LinkedHashMap<String, TraceOracle>();
        for (var summary : xray.summaries(NOON.minusSeconds(60), NOON.plusSeconds(60))) {
            var id = Objects.requireNonNull(summary.id());
            oracles.put(id, new TraceOracle(xray.documents(new TraceId(id)), summary));
        }
        assertThat(oracles).hasSize(TRACES);

        for (int i = 0; i < EXPRESSIONS; i++) {
            var expression = RandomExpressions.any(random);
            var expected = new TreeSet<String>();
            oracles.forEach((id, oracle) -> {
                if (oracle.holds(expression)) {
                    expected.add(id);
                }
            });
            var text = RandomExpressions.text(expression);
            var found = new TreeSet<String>();
            for (TraceSummary summary : xray.summaries(NOON.minusSeconds(60), NOON.plusSeconds(60), text)) {
                found.add(Objects.requireNonNull(summary.id()));
            }
            assertThat(found).as(text).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @Seeds(200)
    void readsWhatIsWritten(long seed) {
        var expression = RandomExpressions.any(new Random(seed));
        var text = RandomExpressions.text(expression);
        assertThat(new FilterLanguage(FilterRules.DEFAULTS).parse(text))
                .as(text)
                .isEqualTo(expression);
    }

    @Test
    void someExpressionsMatchAndSomeDoNot() {
        var random = new Random(1);
        int matches = 0;
        for (int i = 0; i < 500; i++) {
            var id = TraceId.of(NOON.getEpochSecond(), 1, i);
            var digest = Corpus.digest(id, RandomTraces.documents(id, random));
            if (new Filter(RandomExpressions.any(random), FilterRules.DEFAULTS).matches(digest, Long.MAX_VALUE)) {
                matches++;
            }
        }
        assertThat(matches).isBetween(50, 450);
    }
}
