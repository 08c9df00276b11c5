// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static dev.clew.monitor.logs.LogBench.NOW;
import static dev.clew.monitor.logs.LogBench.event;
import static dev.clew.monitor.logs.LogBench.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.monitor.api.logs.FilterLogEventsRequest;
import dev.clew.monitor.api.logs.GetLogEventsRequest;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.monitor.api.logs.MetricFilterMatchRecord;
import dev.clew.monitor.api.logs.TestMetricFilterRequest;
import dev.clew.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

final class ReadOperationsTest {
    private final LogBench bench = new LogBench();

    @BeforeEach
    void open() {
        bench.createGroup("g");
        bench.createStream("g", "s");
        bench.createStream("g", "t");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static String token(@Nullable String token) {
        return Objects.requireNonNull(token);
    }

    private FilterLogEventsRequest.Builder search() {
        return FilterLogEventsRequest.builder().logGroupName("g");
    }

    @Test
    void readsAStreamFromItsEndByDefault() {
        bench.append("g", "s", NOW, "1", "2", "3", "4", "5");
        bench.append("g", "t", NOW, "other");
        var last = bench.get("g", "s", null, false, 2);
        assertThat(messages(last)).containsExactly("4", "5");
        var middle = bench.get("g", "s", last.nextBackwardToken(), false, 2);
        assertThat(messages(middle)).containsExactly("2", "3");
        var first = bench.get("g", "s", middle.nextBackwardToken(), false, 2);
        assertThat(messages(first)).containsExactly("1");
        var none = bench.get("g", "s", first.nextBackwardToken(), false, 2);
        assertThat(messages(none)).isEmpty();
        assertThat(none.nextBackwardToken()).isEqualTo(first.nextBackwardToken());
        assertThat(messages(bench.get("g", "s", middle.nextForwardToken(), false, 2)))
                .containsExactly("4", "5");
    }

    @Test
    void readsAStreamFromItsHeadAndThenWhatIsNew() {
        bench.append("g", "s", NOW, "1", "2", "3");
        var first = bench.get("g", "s", null, true, 2);
        assertThat(messages(first)).containsExactly("1", "2");
        assertThat(token(first.nextForwardToken())).matches("f/\\d{56}/s");
        assertThat(token(first.nextBackwardToken())).matches("b/\\d{56}/s");
        var second = bench.get("g", "s", first.nextForwardToken(), true, 2);
        assertThat(messages(second)).containsExactly("3");
        var end = bench.get("g", "s", second.nextForwardToken(), true, 2);
        assertThat(messages(end)).isEmpty();
        assertThat(end.nextForwardToken()).isEqualTo(second.nextForwardToken());
        bench.append("g", "s", NOW + 60_000, "new");
        assertThat(messages(bench.get("g", "s", end.nextForwardToken(), true, 2)))
                .containsExactly("new");
    }

    @Test
    void waitsAtAnEmptyStream() {
        for (boolean fromHead : List.of(true, false)) {
            var empty = bench.get("g", "s", null, fromHead, 10);
            assertThat(messages(empty)).isEmpty();
            var again = bench.get("g", "s", empty.nextForwardToken(), fromHead, 10);
            assertThat(again.nextForwardToken()).isEqualTo(empty.nextForwardToken());
        }
        var token = bench.get("g", "s", null, false, 10).nextForwardToken();
        bench.append("g", "s", NOW, "first");
        assertThat(messages(bench.get("g", "s", token, false, 10))).containsExactly("first");
    }

    @Test
    void excludesTheEndOfTheRangeOfAStreamButNotOfASearch() {
        bench.append("g", "s", NOW, "1", "2", "3");
        assertThat(messages(bench.call(
                        LogsModel.GET_LOG_EVENTS,
                        GetLogEventsRequest.builder()
                                .logGroupName("g")
                                .logStreamName("s")
                                .startTime(NOW)
                                .endTime(NOW + 2_000)
                                .build())))
                .containsExactly("1", "2");
        assertThat(bench.filter(search().startTime(NOW + 1_000).endTime(NOW + 2_000)))
                .containsExactly("2", "3");
        assertThat(bench.filter(search().endTime(Long.MAX_VALUE))).hasSize(3);
    }

    @ParameterizedTest
    @Seeds(20)
    void readsTheSamePageByPageInEitherDirection(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = random.nextInt(60); i > 0; i--) {
            bench.put("g", random.nextBoolean() ? "s" : "t", event(NOW + random.nextInt(20), "m" + i));
        }
        var whole = bench.messages("g", "s");
        int limit = random.nextInt(1, 8);
        var forward = new ArrayList<String>();
        var page = bench.get("g", "s", null, true, limit);
        while (!messages(page).isEmpty()) {
            forward.addAll(messages(page));
            page = bench.get("g", "s", page.nextForwardToken(), true, limit);
        }
        assertThat(forward).isEqualTo(whole);
        var backward = new ArrayList<String>();
        page = bench.get("g", "s", null, false, limit);
        while (!messages(page).isEmpty()) {
            backward.addAll(0, messages(page));
            page = bench.get("g", "s", page.nextBackwardToken(), false, limit);
        }
        assertThat(backward).isEqualTo(whole);
        assertThat(bench.filter(search().logStreamNames(List.of("s")).limit(limit)))
                .isEqualTo(whole);
    }

    @Test
    void refusesTokensItDidNotGive() {
        for (var token : List.of("x", "f/1/s", "g/" + "0".repeat(56) + "/s", "f/" + "9".repeat(56) + "/s")) {
            LogBench.assertRefused(
                    () -> bench.get("g", "s", token, true, 1),
                    "InvalidParameterException",
                    "The specified nextToken is invalid.");
        }
        for (var token : List.of("x", "9".repeat(56))) {
            bench.assertRefused(
                    LogsModel.FILTER_LOG_EVENTS,
                    search().nextToken(token).build(),
                    "InvalidParameterException",
                    "The specified nextToken is invalid.");
        }
    }

    @Test
    void searchesAllStreamsInTheOrderOfTime() {
        bench.append("g", "s", NOW, "s1", "s2", "s3");
        bench.append("g", "t", NOW + 500, "t1", "t2");
        var page = bench.call(LogsModel.FILTER_LOG_EVENTS, search().build());
        var events = Objects.requireNonNull(page.events());
        assertThat(events)
                .extracting(found -> found.logStreamName() + ":" + found.message())
                .containsExactly("s:s1", "t:t1", "s:s2", "t:t2", "s:s3");
        assertThat(events).allSatisfy(found -> {
            assertThat(found.ingestionTime()).isEqualTo(NOW);
            assertThat(found.eventId()).matches("\\d{56}");
        });
        assertThat(new HashSet<>(events)).hasSize(5);
        assertThat(page.searchedLogStreams()).isEmpty();
        assertThat(page.nextToken()).isNull();
    }

    @Test
    void searchesByStreamPatternAndPage() {
        bench.append("g", "s", NOW, "ERROR one", "fine", "ERROR two", "ERROR three");
        bench.append("g", "t", NOW, "ERROR other");
        assertThat(bench.filter(search().filterPattern("ERROR -two").limit(1)))
                .containsExactly("ERROR one", "ERROR other", "ERROR three");
        assertThat(bench.filter(search().filterPattern("ERROR").logStreamNamePrefix("t")))
                .containsExactly("ERROR other");
        assertThat(bench.filter(search().logStreamNames(List.of("t", "s")).filterPattern("fine")))
                .containsExactly("fine");
    }

    @Test
    void refusesASearchThatMakesNoSense() {
        bench.assertRefused(
                LogsModel.FILTER_LOG_EVENTS,
                search().filterPattern("a-b").build(),
                "InvalidParameterException",
                "Invalid character(s) in term 'a-b'");
        bench.assertRefused(
                LogsModel.FILTER_LOG_EVENTS,
                search().logStreamNames(List.of("s")).logStreamNamePrefix("s").build(),
                "InvalidParameterException",
                "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
        bench.assertRefused(
                LogsModel.FILTER_LOG_EVENTS,
                search().logStreamNames(List.of("none")).build(),
                "ResourceNotFoundException",
                "The specified log stream does not exist.");
        bench.assertRefused(
                LogsModel.FILTER_LOG_EVENTS,
                search().startTime(2L).endTime(1L).build(),
                "InvalidParameterException",
                "startTime: 2 (expected: not after endTime, 1)");
        bench.assertRefused(
                LogsModel.FILTER_LOG_EVENTS,
                FilterLogEventsRequest.builder().logGroupName("none").build(),
                "ResourceNotFoundException",
                "The specified log group does not exist.");
        bench.append("g", "s", NOW, "x".repeat(5_000));
        bench.assertRefused(
                LogsModel.FILTER_LOG_EVENTS,
                search().filterPattern("%[a-z]+[a-z]+[a-z]+[0-9]%").build(),
                "InvalidParameterException",
                "Invalid regular expression %[a-z]+[a-z]+[a-z]+[0-9]%: it takes too many steps on a log event");
    }

    @Test
    void answersNoMoreThanAMegabyteAtOnce() {
        var line = "x".repeat(300_000);
        for (int i = 0; i < 10; i++) {
            bench.append("g", "s", NOW + i, line + i);
        }
        var page = bench.call(LogsModel.FILTER_LOG_EVENTS, search().build());
        assertThat(page.events()).hasSize(3);
        assertThat(page.nextToken()).isNotNull();
        assertThat(bench.filter(search())).hasSize(10);
        assertThat(messages(bench.get("g", "s", null, false, 10_000))).hasSize(3);
        assertThat(messages(bench.get("g", "s", null, false, 10_000)))
                .last()
                .asString()
                .endsWith("9");
    }

    @Test
    void endsAPageThatFindsTooLittle() {
        var lines = new String[50_000];
        java.util.Arrays.fill(lines, "hay");
        for (int i = 0; i < 5; i++) {
            bench.append("g", "s", NOW, lines);
        }
        bench.append("g", "s", NOW + 100_000_000, "needle");
        var page = bench.call(
                LogsModel.FILTER_LOG_EVENTS, search().filterPattern("needle").build());
        assertThat(page.events()).isEmpty();
        assertThat(page.nextToken()).isNotNull();
        assertThat(bench.filter(search().filterPattern("needle"))).containsExactly("needle");
    }

    @Test
    void triesAPatternOnMessages() {
        var matches = bench.call(
                        LogsModel.TEST_METRIC_FILTER,
                        new TestMetricFilterRequest(
                                "[ip, status=4*]", List.of("10.0.0.1 404", "10.0.0.2 200", "10.0.0.3 403")))
                .matches();
        assertThat(matches)
                .containsExactly(
                        new MetricFilterMatchRecord(1L, "10.0.0.1 404", Map.of("$ip", "10.0.0.1", "$status", "404")),
                        new MetricFilterMatchRecord(3L, "10.0.0.3 403", Map.of("$ip", "10.0.0.3", "$status", "403")));
        bench.assertRefused(
                LogsModel.TEST_METRIC_FILTER,
                new TestMetricFilterRequest("{ $.a", List.of("x")),
                "InvalidParameterException",
                "Invalid filter pattern: an operator expected at character 6");
    }
}
