// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class QuotasTest {
    @Test
    void givesAllToTheOnlyClient() {
        assertThat(Quotas.divide(5, Map.of("a", 0.1))).containsEntry("a", 5);
    }

    @Test
    void givesEqualClientsEqualShares() {
        assertThat(Quotas.divide(5, Map.of("a", 9.0, "b", 9.0, "c", 9.0, "d", 9.0, "e", 9.0)))
                .hasSize(5)
                .allSatisfy((client, quota) -> assertThat(quota).isEqualTo(1));
    }

    @Test
    void leavesOneOfSixWithoutWhenThereAreFive() {
        var quotas = Quotas.divide(5, Map.of("a", 9.0, "b", 9.0, "c", 9.0, "d", 9.0, "e", 9.0, "f", 9.0));
        assertThat(quotas.values().stream().filter(quota -> quota == 0)).hasSize(1);
        assertThat(quotas.values().stream().mapToInt(quota -> quota).sum()).isEqualTo(5);
    }

    @Test
    void handsOnWhatModestClientsDoNotNeed() {
        assertThat(Quotas.divide(10, Map.of("a", 1.0, "b", 2.0, "c", 50.0)))
                .containsEntry("a", 1)
                .containsEntry("b", 2)
                .containsEntry("c", 7);
    }

    @ParameterizedTest
    @Seeds(200)
    void neverGivesMoreThanThereIs(long seed) {
        var random = new SplittableRandom(seed);
        var demands = new HashMap<String, Double>();
        int clients = 1 + random.nextInt(20);
        for (int i = 0; i < clients; i++) {
            demands.put("client" + i, random.nextDouble(0, 30));
        }
        int reservoir = random.nextInt(100);

        var quotas = Quotas.divide(reservoir, demands);

        assertThat(quotas.keySet()).isEqualTo(demands.keySet());
        assertThat(quotas.values()).allMatch(quota -> quota >= 0);
        assertThat(quotas.values().stream().mapToInt(quota -> quota).sum()).isLessThanOrEqualTo(reservoir);
    }
}
