// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.api.GetTraceSummariesRequest;
import dev.clew.traces.api.GetTraceSummariesResult;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.filter.RandomExpressions;
import dev.clew.traces.filter.RandomTraces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With an index, whatever happens to it, answers are what they are without one. */
class IndexedTracesTest {
    private static final Instant NOON = ManualClock.START;

    @TempDir
    Path folders;

    private final List<XRay> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(xray -> xray.traces().close());
    }

    private Path folder(String name) {
        return folders.resolve(name);
    }

    private XRay indexed(TracesConfig config) {
        var xray = new XRay(config, folder("first"));
        open.add(xray);
        return xray;
    }

    /** Pages of three. */
    private static TracesConfig smallPages() {
        return TracesConfig.DEFAULTS.withSummaryPage(3);
    }

    private static GetTraceSummariesResult query(XRay xray, String filter) {
        return xray.call(
                XrayModel.GET_TRACE_SUMMARIES,
                GetTraceSummariesRequest.builder()
                        .startTime(NOON.minusSeconds(60))
                        .endTime(NOON.plusSeconds(3_600))
                        .filterExpression(filter)
                        .build());
    }

    private static List<TraceSummary> found(XRay xray, String filter) {
        return xray.summaries(NOON.minusSeconds(60), NOON.plusSeconds(3_600), filter);
    }

    private static void put(XRay xray, int trace, String rest) {
        xray.put("""
            {"id":"000000000000000a","name":"a","trace_id":"%s","start_time":%d,"end_time":%d%s}\
            """.formatted(
                        TraceId.of(NOON.getEpochSecond() + trace, 3, trace),
                        NOON.getEpochSecond() + trace,
                        NOON.getEpochSecond() + trace + 1,
                        rest.replace('\'', '"')));
    }

    @ParameterizedTest
    @Seeds(12)
    void answersWhatAScanAnswers(long seed) {
        var random = new Random(seed);
        var indexed = indexed(smallPages());
        var plain = new XRay(smallPages());
        for (int i = 0; i < 40; i++) {
            int again = random.nextInt(4) == 0 ? random.nextInt(i + 1) : i; // some traces change later
            var id = TraceId.of(NOON.getEpochSecond() + again, seed, again);
            var documents = RandomTraces.documents(id, random);
            indexed.put(documents);
            plain.put(documents);
            if (random.nextInt(10) == 0) {
                assertThat(found(indexed, "fault")).isEqualTo(found(plain, "fault"));
            }
            if (random.nextInt(15) == 0) {
                indexed.restart(folder("first"));
            }
        }
        for (int i = 0; i < 40; i++) {
            var text = RandomExpressions.text(RandomExpressions.any(random));
            assertThat(ids(found(indexed, text))).as(text).isEqualTo(ids(found(plain, text)));
            if (i == 20) {
                indexed.restart(folder("first"));
            }
        }
    }

    private static List<String> ids(List<TraceSummary> summaries) {
        return summaries.stream()
                .map(summary -> Objects.requireNonNull(summary.id()))
                .toList();
    }

    @Test
    void looksAtFewTracesOfMany() {
        var xray = indexed(TracesConfig.DEFAULTS);
        for (int i = 0; i < 600; i++) {
            put(xray, i, i == 77 ? ",'fault':true" : "");
        }
        for (int round = 0; round < 2; round++) {
            var answer = query(xray, "fault");
            assertThat(answer.traceSummaries()).hasSize(1);
            assertThat(answer.nextToken()).isNull();
            assertThat(Objects.requireNonNull(answer.tracesProcessedCount())).isLessThan(round == 0 ? 601 : 2);
            xray.restart(folder("first"));
        }
    }

    @Test
    void seesADocumentAtOnce() {
        var xray = indexed(TracesConfig.DEFAULTS);
        put(xray, 1, "");
        assertThat(found(xray, "ok")).hasSize(1);
        put(xray, 1, ",'fault':true");
        assertThat(found(xray, "ok")).isEmpty();
        assertThat(found(xray, "fault")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "emptied", "damaged", "cut", "of another store", "a file"})
    void makesTheIndexAgain(String accident) throws IOException {
        var xray = indexed(TracesConfig.DEFAULTS);
        for (int i = 0; i < 20; i++) {
            put(xray, i, i % 5 == 0 ? ",'fault':true" : "");
        }
        assertThat(found(xray, "fault")).hasSize(4);
        xray.restart(null);
        put(xray, 100, ",'fault':true"); // while there is no index
        assertThat(found(xray, "fault")).hasSize(5);

        switch (accident) {
            case "deleted" -> delete(folder("first"));
            case "emptied" -> {
                delete(folder("first"));
                Files.createDirectories(folder("first"));
            }
            case "damaged" -> overwrite(folder("first"), "segments_", false);
            case "cut" -> overwrite(folder("first"), "", true);
            case "of another store" -> {
                delete(folder("first"));
                var other = new XRay(TracesConfig.DEFAULTS);
                other.clock.advance(Duration.ofSeconds(1));
                other.restart(folder("first"));
                put(other, 50, ",'fault':true");
                assertThat(found(other, "fault")).hasSize(1);
                other.restart(null);
            }
            default -> {
                delete(folder("first"));
                Files.writeString(folder("first"), "no folder");
            }
        }
        xray.restart(folder("first"));

        assertThat(found(xray, "fault")).hasSize(5);
        put(xray, 101, ",'fault':true");
        assertThat(found(xray, "fault")).hasSize(6);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void overwrite(Path folder, String prefix, boolean cut) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                var bytes = Files.readAllBytes(file);
                Files.write(file, cut ? new byte[0] : new byte[bytes.length]);
            }
        }
    }

    @Test
    void forgetsWithTheStore() {
        var xray = indexed(TracesConfig.DEFAULTS);
        put(xray, 1, ",'fault':true");
        assertThat(found(xray, "fault")).hasSize(1);
        xray.traces().reset();
        assertThat(found(xray, "fault")).isEmpty();
        put(xray, 2, ",'fault':true");
        assertThat(found(xray, "fault")).hasSize(1);
        xray.restart(folder("first"));
        assertThat(found(xray, "fault")).hasSize(1);
    }

    /** The folder as it is while the server runs is what a crash leaves. */
    @ParameterizedTest
    @Seeds(6)
    void missesNothingAfterACrash(long seed) {
        var random = new Random(seed);
        var xray = indexed(TracesConfig.DEFAULTS);
        int faults = 0;
        for (int round = 0; round < 4; round++) {
            int end = random.nextInt(40);
            for (int i = 0; i < end; i++) {
                put(xray, round * 100 + i, ",'fault':true");
                faults++;
            }
            assertThat(found(xray, "fault")).hasSize(faults);
            var left = folder("crash-" + round);
            var used = folder(round == 0 ? "first" : "crash-" + (round - 1));
            xray.crash(() -> copy(used, left));
            assertThat(found(xray, "fault")).hasSize(faults);
        }
    }

    private static Path copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            try (var files = Files.list(from)) {
                for (var file : files.toList()) {
                    if (!file.getFileName().toString().equals("write.lock")) {
                        copyIfThere(file, to);
                    }
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyIfThere(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to.resolve(file.getFileName()));
        } catch (NoSuchFileException e) {
            assertThat(file).doesNotExist(); // it went while we looked, as on a disk that lost it
        }
    }
}
