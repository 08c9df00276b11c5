// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is owed, in memory as far as it is near: a lane for each target, so that a slow target holds up only itself, and in each lane
 * a window of the deliveries that are due first. The rest stays in the ledger. So a million deliveries that wait cost their targets'
 * windows, and a restart reads one row for each target before it begins.
 *
 * <p>A delivery is announced before it is committed, so that nobody reads it from the ledger as well and attempts it twice. Has no
 * threads and no clock. Safe for use by many threads; only one may call {@link #take}.
 */
final class Backlog {
    private static final System.Logger LOG = System.getLogger(Backlog.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final EventLedger ledger;
    private final int window;
    private final int concurrency;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final AtomicLong owed = new AtomicLong();
    private boolean signalled;

    /**
     * @param window deliveries in memory for each target, but for those under way
     * @param concurrency attempts at once at each target
     */
    Backlog(EventLedger ledger, int window, int concurrency) {
        this.ledger = ledger;
        this.window = window;
        this.concurrency = concurrency;
    }

    /** Finds the targets to which something is owed since before. */
    void open() {
        var targets = ledger.owedTargets();
        locked(() -> targets.forEach(target -> lane(target).forget()));
    }

    /** Counts what is owed since before, as far as it was accepted before this was made; takes as long as reading it takes. */
    void count() {
        owed.addAndGet(ledger.countOwed());
    }

    /** About how many deliveries are owed. */
    long size() {
        return Math.max(0, owed.get());
    }

    /** Deliveries in memory: announced, waiting for their time, or under way. */
    int held() {
        lock.lock();
        try {
            return lanes.values().stream().mapToInt(lane -> lane.held.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Before {@code deliveries} are committed. */
    void announce(Collection<Delivery> deliveries) {
        locked(() -> deliveries.forEach(delivery -> laneOf(delivery).held.add(delivery.id())));
    }

    /** After that commit failed. */
    void withdraw(Collection<Delivery> deliveries) {
        locked(() -> deliveries.forEach(delivery -> {
            var lane = laneOf(delivery);
            lane.held.remove(delivery.id());
            lane.forget();
        }));
    }

    /** After that commit. */
    void offer(Collection<Delivery> deliveries) {
        owed.addAndGet(deliveries.size());
        locked(() -> deliveries.forEach(delivery -> laneOf(delivery).place(delivery, window)));
    }

    /** Takes the deliveries whose time has come, and whose targets may be called once more. */
    List<Delivery> take(Instant now) {
        lock.lock();
        try {
            signalled = false;
            List.copyOf(lanes.values()).stream()
                    .filter(lane -> lane.wantsMore(window, now))
                    .forEach(lane -> refill(lane, now));
            lanes.values().removeIf(Lane::isIdle);
            var taken = new ArrayList<Delivery>();
            for (var lane : lanes.values()) {
                while (lane.running < concurrency && lane.isDue(now)) {
                    lane.running++;
                    taken.add(lane.waiting.removeFirst());
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Reads a lane anew. The lock is free meanwhile. */
    private void refill(Lane lane, Instant now) {
        int limit = window + lane.held.size();
        lane.beginReading();
        List<Delivery> page = null;
        lock.unlock();
        try {
            page = ledger.owed(lane.target, limit);
        } catch (RuntimeException e) { // the other targets go on; this one is read again
            LOG.log(System.Logger.Level.WARNING, "cannot read what is owed to " + lane.target, e);
        } finally {
            lock.lock();
            if (page == null) {
                lane.failedToRead(now.plus(AFTER_FAILURE));
            } else {
                lane.endReading(page, page.size() < limit, window);
            }
        }
    }

    /** After an attempt: {@code owed} is what is owed from now on instead of {@code taken}. */
    void owedAgain(Delivery taken, Delivery owedNow) {
        locked(() -> {
            var lane = laneOf(taken);
            lane.running--;
            lane.place(owedNow, window);
        });
    }

    /** After an attempt that ended the delivery. */
    void ended(Delivery taken) {
        owed.decrementAndGet();
        locked(() -> {
            var lane = laneOf(taken);
            lane.running--;
            lane.letGo(taken.id());
        });
    }

    /** After an attempt whose outcome could not be written down: the ledger knows what is owed. */
    void undecided(Delivery taken, Instant now) {
        locked(() -> {
            var lane = laneOf(taken);
            lane.running--;
            lane.held.remove(taken.id());
            lane.forget();
            lane.readAgain = now.plus(AFTER_FAILURE);
        });
    }

    /** Waits until something has changed since the last {@link #take}, or a delivery is due, or {@code longest} has passed. */
    void await(Instant now, Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long nanos = Math.min(longest.toNanos(), untilNext(now).toNanos());
            while (!signalled && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long until {@link #take} has something to do; very long if only a change can give it something. */
    Duration untilNext(Instant now) {
        lock.lock();
        try {
            return lanes.values().stream()
                    .map(lane -> lane.next(concurrency))
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo)
                    .map(next -> Duration.between(now, next))
                    .orElse(Duration.ofDays(1));
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        locked(() -> {});
    }

    private Lane laneOf(Delivery delivery) {
        return lane(delivery.target().arn());
    }

    private Lane lane(String target) {
        return lanes.computeIfAbsent(target, Lane::new);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            signalled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
