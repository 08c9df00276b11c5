// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Filters, groups and what belongs to them, asked by boto3 and by our own command line. */
class TraceQueriesIT {
    private static final Path SCRIPT =
            Path.of(System.getProperty("clew.root"), "dist", "src", "test", "python", "trace_queries.py");

    @TempDir
    Path data;

    @Test
    void answersBoto3AndTheCommandLine() {
        Tools.needPython();
        try (var server = RunningServer.start(data)) {
            var asked = Tools.run(Tools.environment(server), data, 120, List.of("python3", SCRIPT.toString()));
            assertThat(asked.exit()).as(asked.err()).isZero();
            var fault = JsonMapper.shared().readTree(asked.out()).get("fault").asString();

            assertThat(clew(server, "traces", "--filter", "fault", "--json").out())
                    .contains(fault);
            assertThat(clew(server, "traces", "--filter", "user = \"alice\"").out())
                    .contains(fault);
            assertThat(clew(server, "map", "--filter", "fault").out())
                    .contains("orders")
                    .doesNotContain("cron");
            assertThat(clew(server, "map", "--group", "Default").out()).contains("cron");
            var there = clew(
                    server,
                    "expect",
                    "--filter",
                    "annotation.order = \"o-1\"",
                    "--edge",
                    "shop->orders",
                    "--count",
                    "1+");
            assertThat(there.exit()).as(there.err()).isZero();
            assertThat(there.out().strip()).isEqualTo(fault);
            var missing = clew(server, "expect", "--filter", "fault", "--edge", "shop->billing", "--within", "1s");
            assertThat(missing.exit()).isEqualTo(1);
            assertThat(missing.err())
                    .contains("1 trace is matching fault")
                    .contains("none of them has the edge shop -> billing")
                    .contains("none of them touches the service billing");
            assertThat(clew(server, "expect", "--filter", "nonsense", "--within", "1s")
                            .exit())
                    .isEqualTo(4);
        }
    }

    private Tools.Output clew(RunningServer server, String... arguments) {
        return Tools.run(Tools.environment(server), data, 60, new ArrayList<>(Tools.clew(arguments)));
    }
}
