// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;

/** More with {@code -Dclew.simulation.seeds=1000}. */
final class DeliverySimulationTest {
    private static final int STEPS = 100;

    @ParameterizedTest
    @Seeds(24)
    void nothingIsLostAndNothingIsSilent(long seed) {
        var simulation = new DeliverySimulation(seed);
        simulation.run(STEPS);
        assertThat(simulation.acknowledged).isNotEmpty();
        assertThat(simulation.crashes).isPositive();
    }

    @Test
    @EnabledIfSystemProperty(named = "clew.simulation.seeds", matches = "\\d+")
    void noOtherSeedFindsAnything() {
        long seeds = Long.getLong("clew.simulation.seeds", 0);
        for (long seed = 1_001; seed <= 1_000 + seeds; seed++) {
            try {
                new DeliverySimulation(seed).run(STEPS);
            } catch (Throwable found) {
                throw new AssertionError("seed " + seed, found);
            }
        }
    }
}
