// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clew demo} with a server of its own: Java functions, no other tool needed. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void printsOneCompleteTraceAndTheMap() {
        var output = Tools.run(
                Map.of("CLEW_ENDPOINT", "http://127.0.0.1:1", "COLUMNS", "100"), folder, 120, Tools.clew("demo"));
        assertThat(output.exit()).as("%s", output).isZero();
        assertThat(output.out())
                .contains("14 documents")
                .contains("order_service_handler")
                .contains("payment-service")
                .contains("inventory-service")
                .contains("notification-service")
                .contains("process_payment");
    }
}
