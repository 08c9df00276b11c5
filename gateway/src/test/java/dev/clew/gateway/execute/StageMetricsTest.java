// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.execute.FunctionInvoker.Outcome;
import org.junit.jupiter.api.Test;

class StageMetricsTest extends Fixture {
    final String api = api("POST", "orders");

    @Test
    void countsWhatAStageAnswers() {
        send("POST", api, "/prod/orders", "");
        function = request -> new Outcome.TimedOut();
        send("POST", api, "/prod/orders", "");
        send("GET", api, "/prod/orders", "");
        assertThat(counted.stream().filter(line -> line.startsWith("{ApiName=") && line.contains(", Stage=prod}")))
                .filteredOn(line -> line.matches(".*(Count|XXError) .*"))
                .map(line -> line.substring(line.indexOf('}') + 2))
                .containsExactly(
                        "Count 1.0",
                        "4XXError 0.0",
                        "5XXError 0.0",
                        "Count 1.0",
                        "4XXError 0.0",
                        "5XXError 1.0",
                        "Count 1.0",
                        "4XXError 1.0",
                        "5XXError 0.0");
        assertThat(counted)
                .filteredOn(line -> line.contains(" IntegrationLatency "))
                .hasSize(4);
    }
}
