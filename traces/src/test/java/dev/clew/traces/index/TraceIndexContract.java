// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.Seeds;
import dev.clew.traces.XRay;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.filter.Filter;
import dev.clew.traces.filter.FilterLanguage;
import dev.clew.traces.filter.FilterRules;
import dev.clew.traces.filter.RandomDigests;
import dev.clew.traces.filter.RandomExpressions;
import dev.clew.traces.index.TraceIndex.Entry;
import dev.clew.traces.index.TraceIndex.Place;
import dev.clew.traces.index.TraceIndex.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** What every index promises. A test of one supplies {@link #open}. */
abstract class TraceIndexContract {
    private static final Scope OTHER = new Scope("222222222222", "eu-west-3");
    private static final long NOON = ManualClock.START.getEpochSecond();
    private static final Filter ALL = filter("");

    @TempDir
    Path folder;

    private TraceIndex index;

    /** Opens the index that {@code folder} holds. */
    protected abstract TraceIndex open(Path folder);

    @BeforeEach
    void open() {
        index = open(folder);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void reopen() {
        index.close();
        index = open(folder);
    }

    private static Filter filter(String text) {
        return new Filter(new FilterLanguage(FilterRules.DEFAULTS).parse(text), FilterRules.DEFAULTS);
    }

    private static TraceDigest digest(int place) {
        return RandomDigests.digest(TraceId.of(NOON + place, 1, place), new Random(place));
    }

    private void put(Scope scope, TraceDigest... digests) {
        index.put(
                List.of(digests).stream()
                        .map(digest -> new Entry(scope, digest))
                        .toList(),
                () -> {});
    }

    private List<Place> all(Scope scope, Filter filter, int limit) {
        var all = new ArrayList<Place>();
        Place after = null;
        do {
            var page = index.find(new Query(scope, (NOON + 100_000) * 1_000_000, 0, filter, after, limit));
            assertThat(page.places()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.places());
            after = page.next();
        } while (after != null);
        return all;
    }

    private static Place place(TraceDigest digest) {
        return new Place(digest.indexTime(), digest.traceId());
    }

    @Test
    void answersTheNewestFirstPageByPage() {
        for (int i = 0; i < 25; i++) {
            put(XRay.SCOPE, digest(i));
            if (i == 12) {
                reopen();
            }
        }
        for (int limit : new int[] {1, 7, 25, 100}) {
            assertThat(all(XRay.SCOPE, ALL, limit)).hasSize(25).isSorted();
        }
    }

    @Test
    void keepsToTheTimeRange() {
        for (int i = 0; i < 10; i++) {
            put(XRay.SCOPE, digest(i));
        }
        for (int round = 0; round < 2; round++) {
            var page =
                    index.find(new Query(XRay.SCOPE, (NOON + 6) * 1_000_000, (NOON + 3) * 1_000_000, ALL, null, 100));
            assertThat(page.places()).containsExactly(place(digest(5)), place(digest(4)), place(digest(3)));
            reopen();
        }
    }

    @Test
    void keepsAccountsAndRegionsApart() {
        put(XRay.SCOPE, digest(1));
        put(OTHER, digest(1), digest(2));
        reopen();
        put(OTHER, digest(3));
        assertThat(all(XRay.SCOPE, ALL, 10)).containsExactly(place(digest(1)));
        assertThat(all(OTHER, ALL, 2)).hasSize(3);
    }

    @Test
    void replacesWhatATraceWas() {
        var before = digest(1);
        put(XRay.SCOPE, before);
        for (int round = 1; round < 4; round++) {
            var later = RandomDigests.movedTo(before, before.indexTime() + round * 1_000_000L);
            put(XRay.SCOPE, later);
            assertThat(all(XRay.SCOPE, ALL, 10)).containsExactly(place(later));
            reopen();
            assertThat(all(XRay.SCOPE, ALL, 10)).containsExactly(place(later));
        }
    }

    @Test
    void remembersItsIdentityUntilItBeginsAnew() {
        assertThat(index.identity()).isEmpty();
        put(XRay.SCOPE, digest(1));
        index.complete("one");
        put(XRay.SCOPE, digest(2));
        reopen();
        assertThat(index.identity()).isEqualTo("one");
        assertThat(all(XRay.SCOPE, ALL, 10)).hasSize(2);

        index.begin();
        assertThat(all(XRay.SCOPE, ALL, 10)).isEmpty();
        reopen();
        assertThat(index.identity()).isEmpty();
        assertThat(all(XRay.SCOPE, ALL, 10)).isEmpty();
    }

    @Test
    void tellsWhenEntriesAreDurable() throws InterruptedException {
        var durable = new CountDownLatch(1);
        index.put(List.of(new Entry(XRay.SCOPE, digest(1))), durable::countDown);
        assertThat(durable.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void forgetsWhatIsOld() {
        for (int i = 0; i < 10; i++) {
            put(XRay.SCOPE, digest(i));
        }
        reopen();
        index.expire((NOON + 4) * 1_000_000);
        reopen();
        assertThat(all(XRay.SCOPE, ALL, 10)).hasSize(6);
    }

    /** More is allowed, less is not; and what an index can tell apart it does. */
    @ParameterizedTest
    @Seeds(30)
    void findsAtLeastWhatMatches(long seed) {
        var random = new Random(seed);
        var traces = new HashMap<Place, TraceDigest>();
        for (int i = 0; i < 40; i++) {
            var digest = RandomDigests.digest(TraceId.of(NOON + i, seed, i), random);
            traces.put(place(digest), digest);
            put(XRay.SCOPE, digest);
        }
        reopen();
        for (int i = 0; i < 60; i++) {
            var expression = RandomExpressions.any(random);
            var filter = new Filter(expression, FilterRules.DEFAULTS);
            var found = all(XRay.SCOPE, filter, 1 + random.nextInt(50));
            assertThat(found).as(RandomExpressions.text(expression)).containsAll(matching(traces, filter));
        }
    }

    @Test
    void tellsExactlyWhatTermsTell() {
        var traces = new HashMap<Place, TraceDigest>();
        for (int i = 0; i < 60; i++) {
            var digest = digest(i);
            traces.put(place(digest), digest);
            put(XRay.SCOPE, digest);
        }
        reopen();
        for (var text : List.of(
                "fault",
                "!ok",
                "responsetime > 1",
                "responsetime != 3",
                "http.status = 404 or http.status >= 500",
                "http.url contains \"shop\" !partial",
                "user = \"alice\"",
                "!(instance.id beginswith \"i-1\")",
                "service(\"users\")",
                "!service(\"users\")",
                "annotation.age > 3",
                "annotation.tier = \"gold\"",
                "!annotation.age")) {
            var filter = filter(text);
            assertThat(all(XRay.SCOPE, filter, 7)).as(text).containsExactlyElementsOf(matching(traces, filter));
        }
    }

    private static List<Place> matching(Map<Place, TraceDigest> traces, Filter filter) {
        return traces.entrySet().stream()
                .filter(entry -> filter.matches(entry.getValue(), Long.MAX_VALUE))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
