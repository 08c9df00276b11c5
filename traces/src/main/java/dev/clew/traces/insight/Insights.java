// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.RecordTable.Edit;
import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.document.Micros;
import dev.clew.traces.group.GroupTraces;
import dev.clew.traces.group.Groups;
import dev.clew.traces.store.TraceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The insights of all groups that have them enabled, durable. Safe for use by many threads.
 *
 * <p>A minute of traces is looked at once, when it is over and a while has passed for the last documents to come; what is
 * remembered is stored with what it led to. So a restart goes on where the process before it stopped, and finds in the
 * stored traces what it missed. Traces are counted in the minute of their index time.
 */
public final class Insights {
    private static final String WATCHES = "insight-watches";
    private static final String TABLE = "insights";
    private static final int SECONDS = 60;
    private static final long PATIENCE = 60;
    private static final int PAST = 60;
    private static final long LONGEST_GAP = 6 * 60;
    private static final int PAGE = 1_000;
    private static final Duration MEMORY = Duration.ofDays(30);

    private final Store store;
    private final TraceStore traces;
    private final Groups groups;
    private final InstantSource time;
    private final IdSource ids;
    private final TracesConfig config;
    private final ReentrantLock advancing = new ReentrantLock();
    private volatile RecordTable<Watch> watches;
    private volatile RecordTable<StoredInsight> insights;

    public Insights(
            Store store, TraceStore traces, Groups groups, InstantSource time, IdSource ids, TracesConfig config) {
        this.store = store;
        this.traces = traces;
        this.groups = groups;
        this.time = time;
        this.ids = ids;
        this.config = config;
        this.watches = RecordTable.open(store, WATCHES, Watch.class);
        this.insights = RecordTable.open(store, TABLE, StoredInsight.class);
    }

    /** Looks at every minute that is over. Costs nothing where no group has insights enabled, or no minute is over. */
    public void advance() {
        advancing.lock();
        try {
            var watched = new HashSet<String>();
            for (var owned : groups.withInsights()) {
                var key = key(owned.scope(), owned.group().id());
                watched.add(key);
                advance(key, owned);
            }
            for (var watch : watches.list("")) {
                var key = key(new Scope(watch.account(), watch.region()), watch.group());
                if (!watched.contains(key)) {
                    end(key, watch);
                }
            }
            forgetOld();
        } finally {
            advancing.unlock();
        }
    }

    private void advance(String key, Groups.Owned owned) {
        long over = Math.floorDiv(time.instant().getEpochSecond() - PATIENCE, SECONDS); // minutes before it are over
        var watch = watches.find(key)
                .orElseGet(() -> Watch.of(owned.scope(), owned.group().id(), over - PAST));
        if (over - watch.next() > LONGEST_GAP) {
            abandon(watch);
            watch = watch.resumed(over - PAST);
        }
        var detector =
                new Detector(owned.scope(), owned.group(), () -> ids.nextUuid().toString());
        while (watch.next() < over) {
            var step = detector.step(watch, open(watch).orElse(null), read(owned, watch.next()));
            commit(key, step);
            watch = step.watch();
        }
    }

    private Optional<StoredInsight> open(Watch watch) {
        return Optional.ofNullable(watch.open()).flatMap(insights::find);
    }

    private void commit(String key, Detector.Step step) {
        var batch = new WriteBatch();
        var watchVisible = watches.stage(batch, List.of(new Edit<>(key, step.watch())));
        var insight = step.insight();
        var insightVisible = insight == null
                ? (Runnable) () -> {}
                : insights.stage(batch, List.of(new Edit<>(insight.id(), insight)));
        store.commit(batch);
        watchVisible.run();
        insightVisible.run();
    }

    private Minute read(Groups.Owned owned, long number) {
        var minute = new Minute();
        var group = GroupTraces.of(owned.group());
        long now = Micros.of(time.instant());
        long start = number * SECONDS * 1_000_000;
        var range = TraceStore.Range.indexed(start, start + SECONDS * 1_000_000L);
        byte[] position = null;
        int scanned = 0;
        do {
            var page = traces.scan(owned.scope(), range, position, PAGE);
            page.digests().stream().filter(group::contains).forEach(trace -> minute.add(trace, now));
            position = page.next();
            scanned += page.scanned();
        } while (position != null && scanned < config.maxScan());
        return minute;
    }

    /** The group is gone, or does without insights now. */
    private void end(String key, Watch watch) {
        abandon(watch);
        watches.remove(key);
    }

    private void abandon(Watch watch) {
        open(watch)
                .map(open -> Detector.abandoned(open, watch.next() * SECONDS))
                .ifPresent(ended -> insights.put(ended.id(), ended));
    }

    private void forgetOld() {
        long oldest = time.instant().minus(MEMORY).getEpochSecond();
        insights.list("").stream()
                .filter(insight -> insight.end() != null && insight.end() < oldest)
                .forEach(insight -> insights.remove(insight.id()));
    }

    /** The insight with this id, as of the last minute that is over. */
    Optional<StoredInsight> find(Scope scope, String id) {
        advance();
        return insights.find(id).filter(insight -> insight.scope().equals(scope));
    }

    /** The insights of a group, newest first. */
    List<StoredInsight> of(Scope scope, String group) {
        advance();
        return insights.list("").stream()
                .filter(insight ->
                        insight.scope().equals(scope) && insight.groupId().equals(group))
                .sorted(Comparator.comparingLong(StoredInsight::start)
                        .reversed()
                        .thenComparing(StoredInsight::id))
                .toList();
    }

    /** Forgets all insights and what they are made of. */
    public void reset() {
        advancing.lock();
        try {
            for (var table : List.of(WATCHES, TABLE)) {
                if (store.tables().contains(table)) {
                    store.drop(table);
                }
            }
            watches = RecordTable.open(store, WATCHES, Watch.class);
            insights = RecordTable.open(store, TABLE, StoredInsight.class);
        } finally {
            advancing.unlock();
        }
    }

    private static String key(Scope scope, String group) {
        return scope.key() + '/' + group;
    }
}
