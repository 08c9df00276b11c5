// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts owed deliveries when they are due, each on a virtual thread of its own, and forgets what is past retention. Safe for use by
 * many threads.
 */
public final class Dispatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1); // wall time may jump
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(10);

    private final EventLedger ledger;
    private final Deliverer deliverer;
    private final InstantSource time;
    private final Backlog backlog;
    private final Set<Thread> attempts = ConcurrentHashMap.newKeySet();
    private Instant nextSweep = Instant.MIN;
    private volatile boolean closed;
    private @Nullable Thread loop;

    /**
     * @param window deliveries held in memory for each target
     * @param concurrencyPerTarget attempts at once at one target, so that a slow one holds up only itself
     */
    public Dispatcher(
            EventLedger ledger, Deliverer deliverer, InstantSource time, int window, int concurrencyPerTarget) {
        this.ledger = ledger;
        this.deliverer = deliverer;
        this.time = time;
        this.backlog = new Backlog(ledger, window, concurrencyPerTarget);
    }

    /** Resumes everything that is owed, and begins to deliver. */
    public void start() {
        open();
        Thread.ofVirtual().name("events-count").start(() -> quietly("count what is owed", backlog::count));
        loop = Thread.ofVirtual().name("events-dispatch").start(this::run);
    }

    /** Finds what is owed since before. */
    void open() {
        backlog.open();
    }

    /**
     * Has {@code commit} make {@code deliveries} durable, and makes them when they are due.
     *
     * @throws RuntimeException of {@code commit}, after which none of them is owed
     */
    public void accept(Collection<Delivery> deliveries, Runnable commit) {
        backlog.announce(deliveries);
        try {
            commit.run();
        } catch (RuntimeException e) {
            backlog.withdraw(deliveries);
            throw e;
        }
        backlog.offer(deliveries);
    }

    /** About how many deliveries are owed. */
    public long owed() {
        return backlog.size();
    }

    /** How long until there is something to do. */
    Duration untilNext(Instant now) {
        return backlog.untilNext(now);
    }

    /** Deliveries in memory. */
    int held() {
        return backlog.held();
    }

    /** Stops; what is under way is interrupted and stays owed unless it was decided. */
    @Override
    public void close() {
        closed = true;
        backlog.wake();
        try {
            if (loop != null) {
                loop.join(PATIENCE);
            }
            attempts.forEach(Thread::interrupt);
            for (var attempt : attempts) {
                attempt.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                var now = time.instant();
                if (!now.isBefore(nextSweep)) {
                    nextSweep = now.plus(BETWEEN_SWEEPS);
                    Thread.ofVirtual().name("events-sweep").start(() -> quietly("forget events", ledger::forgetOld));
                }
                due(now).forEach(this::begin);
                backlog.await(now, LONGEST_NAP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Takes what is due at {@code now}: each is to be handed to {@link #attempt} once. */
    List<Delivery> due(Instant now) {
        return backlog.take(now);
    }

    private static void quietly(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) { // it is tried again, or does without
            LOG.log(System.Logger.Level.DEBUG, "could not " + what, e);
        }
    }

    private void begin(Delivery delivery) {
        var thread = Thread.ofVirtual().name("delivery-" + delivery.id()).unstarted(() -> {
            try {
                attempt(delivery);
            } finally {
                attempts.remove(Thread.currentThread());
            }
        });
        attempts.add(thread);
        thread.start();
    }

    /** Makes the attempt and lets go of the delivery, or takes it up again. */
    void attempt(Delivery delivery) {
        try {
            var owed = deliverer.attempt(delivery);
            if (owed == null) {
                backlog.ended(delivery);
            } else {
                backlog.owedAgain(delivery, owed);
            }
        } catch (RuntimeException e) { // it stays owed: one bad delivery must not stop the others
            LOG.log(System.Logger.Level.WARNING, "delivery " + delivery.id() + " could not be decided", e);
            backlog.undecided(delivery, time.instant());
        }
    }
}
