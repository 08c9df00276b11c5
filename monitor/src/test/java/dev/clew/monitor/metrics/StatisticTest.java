// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clew.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticTest {
    private static double of(String text, Aggregate values) {
        return Statistic.parse(text).orElseThrow().of(values).orElseThrow();
    }

    private static List<Double> some(SplittableRandom random) {
        var values = new ArrayList<Double>();
        int number = random.nextInt(1, 300);
        int kind = random.nextInt(3);
        for (int i = 0; i < number; i++) {
            values.add(
                    switch (kind) {
                        case 0 -> (double) random.nextInt(5);
                        case 1 -> Math.exp(random.nextDouble() * 12 - 4);
                        default -> (random.nextDouble() - 0.5) * 1_000;
                    });
        }
        return values;
    }

    /** Sums of what was split, stored and merged are those of all values; percentiles are within one percent of the naive ones. */
    @ParameterizedTest
    @Seeds(200)
    void agreesWithTheNaiveComputation(long seed) {
        var random = new SplittableRandom(seed);
        var values = some(random);
        var merged = new Aggregate();
        var part = new Aggregate();
        for (double value : values) {
            part.add(value, 1);
            if (random.nextInt(10) == 0) {
                merged.add(Aggregate.decode(part.encode()));
                part = new Aggregate();
            }
        }
        merged.add(part);
        var stored = Aggregate.decode(merged.encode());
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        assertThat(of("SampleCount", stored)).isEqualTo(values.size());
        assertThat(of("Sum", stored)).isCloseTo(sum, within(1e-6));
        assertThat(of("Average", stored)).isCloseTo(sum / values.size(), within(1e-6));
        Collections.sort(values);
        assertThat(of("Minimum", stored)).isEqualTo(values.getFirst());
        assertThat(of("Maximum", stored)).isEqualTo(values.getLast());
        for (var percent : new double[] {0, 10, 50, 90, 99, 99.9, 100}) {
            int rank = Math.max(1, (int) Math.ceil(percent / 100 * values.size() - 1e-9));
            double naive = values.get(rank - 1);
            assertThat(of("p" + (percent == Math.rint(percent) ? String.valueOf((int) percent) : percent), stored))
                    .as("p%s of %s", percent, values)
                    .isCloseTo(naive, within(Math.abs(naive) * 0.0101 + 1e-9));
        }
    }

    private static Aggregate oneToTen() {
        var values = new Aggregate();
        for (int i = 1; i <= 10; i++) {
            values.add(i, 1);
        }
        return values;
    }

    @Test
    void trimsAndRanks() {
        var values = oneToTen();
        assertThat(of("tm90", values)).isCloseTo(5.0, within(0.06)); // 1 to 9
        assertThat(of("TM(10%:90%)", values)).isCloseTo(5.5, within(0.06)); // 2 to 9
        assertThat(of("IQM", values)).isCloseTo(5.5, within(0.06));
        assertThat(of("tc80", values)).isCloseTo(8, within(1e-9));
        assertThat(of("TC(2.5:7.5)", values)).isEqualTo(5); // 3 to 7
        assertThat(of("ts50", values)).isCloseTo(15, within(0.2)); // 1 to 5
        assertThat(of("PR(:4.5)", values)).isCloseTo(40, within(1e-9));
        assertThat(of("wm90", values)).isCloseTo(5.4, within(0.06)); // the ten counts as nine
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p", "p101", "average", "tm101", "TM(:)", "TM(10%:5)", "PR(10%:20%)", "TM(90%:10%)", "q5"})
    void refusesWhatIsNoStatistic(String text) {
        assertThat(Statistic.parse(text)).isEmpty();
    }

    @Test
    void keepsTheSketchSmallAndTheHighPercentilesRight() {
        var random = new SplittableRandom(1);
        var values = new Aggregate();
        var all = new ArrayList<Double>();
        for (int i = 0; i < 50_000; i++) {
            double value = Math.exp(random.nextDouble() * 60 - 20);
            all.add(value);
            values.add(value, 1);
        }
        Collections.sort(all);
        assertThat(values.encode().length).isLessThan(16_000);
        double naive = all.get((int) Math.ceil(0.99 * all.size()) - 1);
        assertThat(of("p99", values)).isCloseTo(naive, within(naive * 0.0101));
    }
}
