// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.Scope;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.KeepConfig;
import dev.clew.traces.Recipe;
import dev.clew.traces.TraceLimits;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.XRay;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.otlp.OtlpConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

class TraceStoreTest {
    private static final long NOON = ManualClock.START.getEpochSecond();

    /** Memory for three traces or so: nearly every read goes to the store. */
    private static TracesConfig tiny() {
        return TracesConfig.DEFAULTS.withRecent(1 << 16, 3);
    }

    /** Orders of many customers arrive mixed, late, twice; memory is small; the server crashes and starts again. */
    @ParameterizedTest
    @Seeds(15)
    void losesNothingWhenMemoryIsSmallAndTheServerCrashes(long seed) {
        var random = new Random(seed);
        var arriving = new ArrayList<String>();
        Map<TraceId, Integer> starts = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            // Some ids carry the current second, some a later one, some no time at all.
            long second = NOON + (i % 3 == 0 ? 700 : i % 3 == 1 ? 0 : -500);
            var id = TraceId.of(second, seed, i);
            starts.put(id, i);
            arriving.addAll(Recipe.documents(id, i));
        }
        arriving.addAll(arriving.subList(0, 100));
        Collections.shuffle(arriving, random);
        var xray = new XRay(tiny());

        while (!arriving.isEmpty()) {
            var group = arriving.subList(0, Math.min(arriving.size(), 1 + random.nextInt(30)));
            xray.traces().sink().write(XRay.SCOPE, group);
            group.clear();
            xray.clock.advance(Duration.ofSeconds(random.nextInt(90)));
            if (random.nextInt(8) == 0) {
                xray.crash();
            }
            if (random.nextInt(8) == 0) {
                xray.summaries(ManualClock.START.minusSeconds(3_600), ManualClock.START.plusSeconds(3_600));
            }
        }

        var ordered = new XRay();
        starts.forEach((id, start) -> ordered.traces().sink().write(XRay.SCOPE, Recipe.documents(id, start)));
        var from = ManualClock.START.minusSeconds(3_600);
        var to = ManualClock.START.plusSeconds(3_600);
        assertThat(xray.summaries(from, to).stream().map(XRay::withoutRevision))
                .containsExactlyElementsOf(ordered.summaries(from, to).stream()
                        .map(XRay::withoutRevision)
                        .toList());
        starts.keySet().forEach(id -> assertThat(xray.get(id)).isEqualTo(ordered.get(id)));
    }

    @Test
    void showsStagedDocumentsOnlyOnceTheyAreCommitted() {
        var xray = new XRay();
        var batch = new WriteBatch();
        var visible = xray.traces().sink().stage(batch, XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));
        assertThat(xray.get(XRay.TRACE)).isNull();

        xray.store().commit(batch);
        visible.run();

        assertThat(xray.documents(XRay.TRACE)).hasSize(Recipe.SEGMENTS);
        assertThat(xray.summary().isPartial()).isFalse();
    }

    @Test
    void knowsAfterACrashWhatWasCommittedJustBefore() {
        var xray = new XRay();
        var batch = new WriteBatch();
        var unused = xray.traces().sink().stage(batch, XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));
        assertThat(unused).isNotNull();
        xray.store().commit(batch);

        xray.crash(); // between the commit and its visibility

        assertThat(xray.summary().isPartial()).isFalse();
        assertThat(xray.documents(XRay.TRACE)).hasSize(Recipe.SEGMENTS);
    }

    @Test
    void leavesNoMarkersBehind() {
        var xray = new XRay();
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));
        assertThat(xray.store().scan(PendingDigests.MARKERS, new byte[0], null, 10))
                .hasSize(1);

        xray.summary();

        assertThat(xray.store().scan(PendingDigests.MARKERS, new byte[0], null, 10))
                .isEmpty();
    }

    @Test
    @Timeout(30)
    void writesDigestsInTheBackgroundOnceStarted() {
        var xray = new XRay();
        xray.traces().start();
        try (var started = xray.traces()) {
            started.sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));
            while (xray.store().scan(DigestTables.DIGESTS, new byte[0], null, 1).isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(xray.store().scan(PendingDigests.MARKERS, new byte[0], null, 10))
                .isEmpty();
    }

    @Test
    void keepsAccountsAndRegionsApart() {
        var xray = new XRay();
        var elsewhere = new Scope("111111111111", "eu-west-1");
        xray.traces().sink().write(elsewhere, Recipe.documents(XRay.TRACE, 0));

        assertThat(xray.get(XRay.TRACE)).isNull();
        assertThat(xray.summaries(ManualClock.START, ManualClock.START.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void dropsWhatIsOlderThanRetention() {
        var xray = new XRay();
        var store = new TraceStore(
                xray.store(),
                xray.clock,
                new DocumentParser(0),
                SpanReader.NONE,
                Memberships.NONE,
                null,
                TracesConfig.DEFAULTS);
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));
        xray.summary();
        xray.clock.advance(Duration.ofDays(20));
        var later = TraceId.of(NOON + 20 * 86_400, 1, 1);
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(later, 0));
        xray.clock.advance(Duration.ofDays(12));

        store.expire();
        xray.crash();

        assertThat(xray.get(XRay.TRACE)).isNull();
        assertThat(xray.summaries(ManualClock.START, ManualClock.START.plusSeconds(60)))
                .isEmpty();
        assertThat(xray.documents(later)).hasSize(Recipe.SEGMENTS);
        assertThat(xray.store().tables())
                .filteredOn(name -> name.startsWith(SegmentTables.PREFIX))
                .hasSize(1);
    }

    @Test
    void forgetsEverythingOnReset() {
        var xray = new XRay();
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));

        xray.traces().reset();

        assertThat(xray.get(XRay.TRACE)).isNull();
        assertThat(xray.store().scan(DigestTables.DIGESTS, new byte[0], null, 1))
                .isEmpty();
        xray.traces().sink().write(XRay.SCOPE, Recipe.documents(XRay.TRACE, 0));
        assertThat(xray.summary().revision()).isEqualTo(1);
    }

    @Test
    void leavesOutMalformedPlatformSegmentsWithoutFailingTheHop() {
        var xray = new XRay();
        var documents = new ArrayList<>(Recipe.documents(XRay.TRACE, 0));
        documents.add("{}");
        xray.traces().sink().write(XRay.SCOPE, documents);
        xray.traces().sink().write(XRay.SCOPE, List.of());

        assertThat(xray.documents(XRay.TRACE)).hasSize(Recipe.SEGMENTS);
    }

    @Test
    void refusesNonsenseConfiguration() {
        assertThatThrownBy(() -> new XRay(new TracesConfig(
                        0,
                        50,
                        1 << 20,
                        1,
                        Duration.ofDays(1),
                        Duration.ofDays(30),
                        Duration.ofMillis(200),
                        Duration.ZERO,
                        100,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        1,
                        1,
                        1,
                        TraceLimits.DEFAULTS,
                        OtlpConfig.DEFAULTS,
                        KeepConfig.NONE)))
                .hasMessageContaining("traces.max-document-bytes: 0");
    }
}
