// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static dev.clew.monitor.logs.LogBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.monitor.api.logs.DescribeLogGroupsRequest;
import dev.clew.monitor.api.logs.DescribeLogStreamsRequest;
import dev.clew.monitor.api.logs.FilterLogEventsRequest;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.monitor.api.logs.PutRetentionPolicyRequest;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RetentionTest {
    private final LogBench bench = new LogBench();

    @BeforeEach
    void open() {
        for (int i = 0; i < 150; i++) {
            bench.append("g", "old", NOW + i, "12345");
            bench.append("g", "both", NOW + i, "12345");
        }
        bench.append("kept", "s", NOW, "12345");
        bench.archive().flush();
        bench.call(LogsModel.PUT_RETENTION_POLICY, new PutRetentionPolicyRequest("g", 1));
        bench.clock.advance(Duration.ofHours(25));
        bench.append("g", "both", NOW + Duration.ofHours(24).toMillis(), "new");
        bench.archive().flush();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private int streams() {
        return Objects.requireNonNull(bench.call(
                                LogsModel.DESCRIBE_LOG_STREAMS,
                                DescribeLogStreamsRequest.builder()
                                        .logGroupName("g")
                                        .build())
                        .logStreams())
                .size();
    }

    @Test
    void hidesExpiredEventsBeforeTheyAreRemoved() {
        assertThat(bench.filter(FilterLogEventsRequest.builder().logGroupName("g")))
                .containsExactly("new");
        assertThat(bench.messages("g", "both")).containsExactly("new");
        assertThat(bench.messages("g", "old")).isEmpty();
        assertThat(streams()).isEqualTo(2);
        var old = Objects.requireNonNull(bench.call(
                                LogsModel.DESCRIBE_LOG_STREAMS,
                                DescribeLogStreamsRequest.builder()
                                        .logGroupName("g")
                                        .logStreamNamePrefix("old")
                                        .build())
                        .logStreams())
                .getFirst();
        assertThat(old.lastEventTimestamp()).isNull();
    }

    @Test
    void removesExpiredEventsAndStreamsThatAreEmptiedByIt() {
        bench.archive().sweep();
        assertThat(bench.store.scan(EventReader.TABLE, new byte[0], null, 1_000))
                .hasSize(2);
        assertThat(streams()).isEqualTo(1);
        assertThat(bench.messages("kept", "s")).containsExactly("12345");
        var groups = Objects.requireNonNull(bench.call(
                        LogsModel.DESCRIBE_LOG_GROUPS,
                        DescribeLogGroupsRequest.builder().build())
                .logGroups());
        assertThat(groups.getFirst().storedBytes()).isEqualTo(3 + 26);
        bench.archive().sweep();
        bench.restart();
        assertThat(bench.messages("g", "both")).containsExactly("new");
    }

    @Test
    void startsAStreamAnewThatWasRemoved() {
        bench.archive().sweep();
        bench.append("g", "old", NOW + Duration.ofHours(25).toMillis(), "again");
        assertThat(bench.messages("g", "old")).containsExactly("again");
    }
}
