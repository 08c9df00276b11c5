// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.XRay;
import dev.clew.traces.api.CreateGroupRequest;
import dev.clew.traces.api.GetServiceGraphRequest;
import dev.clew.traces.api.Service;
import dev.clew.traces.api.XrayModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;

/** A graph of remembered parts is the graph that counting every trace makes. */
class RollupsTest {
    private static final long START = ManualClock.START.getEpochSecond();
    private static final List<String> SERVICES = List.of("edge", "shop", "stock", "billing");

    private final XRay xray = new XRay();

    private List<Service> graph(Instant from, Instant to, @Nullable String group) {
        return Objects.requireNonNull(xray.call(
                        XrayModel.GET_SERVICE_GRAPH,
                        GetServiceGraphRequest.builder()
                                .startTime(from)
                                .endTime(to)
                                .groupName(group)
                                .build())
                .services());
    }

    /** A segment of one of the traces, perhaps another form of one that is there; each trace lasts up to two hours. */
    private void put(Random random) {
        int number = random.nextInt(150);
        long begin = START - 4 * 3_600 + number * 100L;
        long from = begin + random.nextInt(100);
        int segment = random.nextInt(3);
        boolean open = random.nextInt(6) == 0;
        xray.put("""
            {"trace_id":"%s","id":"%016x","name":"%s",%s"start_time":%d.%d,%s%s,
            "subsegments":[{"id":"%016x","name":"%s","namespace":"remote","start_time":%d.5,"end_time":%d.75%s}]}
            """.formatted(
                        TraceId.of(begin, 5, number).text(),
                        number * 10 + segment + 1,
                        SERVICES.get(segment),
                        segment == 0 ? "" : "\"parent_id\":\"%016x\",".formatted(1_000_000 + number * 10 + segment - 1),
                        from,
                        random.nextInt(10),
                        open ? "\"in_progress\":true" : "\"end_time\":%d.9".formatted(from + random.nextInt(7_200)),
                        random.nextInt(4) == 0 ? ",\"fault\":true" : "",
                        1_000_000 + number * 10 + segment,
                        SERVICES.get(segment + 1),
                        from,
                        from + random.nextInt(60),
                        random.nextInt(4) == 0 ? ",\"http\":{\"request\":{\"traced\":true}}" : ""));
    }

    @ParameterizedTest
    @Seeds(30)
    void equalsTheGraphOfAGroupThatHoldsEveryTrace(long seed) {
        xray.call( // groups are counted trace by trace
                XrayModel.CREATE_GROUP,
                CreateGroupRequest.builder().groupName("all").build());
        var random = new Random(seed);
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 60; i++) {
                put(random);
            }
            for (int i = 0; i < 4; i++) {
                var from = ManualClock.START.plusSeconds(random.nextInt(6 * 3_600) - 5 * 3_600);
                var to = from.plusSeconds(1 + random.nextInt(6 * 3_600));
                assertThat(graph(from, to, null)).isEqualTo(graph(from, to, "all"));
            }
            xray.clock.advance(Duration.ofSeconds(random.nextInt(300)));
        }
    }
}
