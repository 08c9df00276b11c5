// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.store.StoreException;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Starts owed deliveries when they are due, each on a virtual thread of its own.
 *
 * <p>Memory holds a window of the deliveries that are due first; the rest stays in the ledger and is read when the window has
 * emptied by half. So a million deliveries that wait cost a window. Safe for use by many threads.
 */
public final class Dispatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Comparator<Delivery> BY_DUE_TIME =
            Comparator.comparing(Delivery::due).thenComparing(Delivery::id);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1); // wall time may jump
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final EventLedger ledger;
    private final Deliverer deliverer;
    private final InstantSource time;
    private final int window;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Delivery> waiting = new TreeSet<>(BY_DUE_TIME);
    private final Set<UUID> held = new HashSet<>(); // waiting or under way
    private final Set<Thread> attempts = new HashSet<>();
    private final Set<UUID> decided = new HashSet<>(); // since the page that is being read was asked for
    private boolean more = true; // the ledger may owe what the window does not hold
    private boolean reading;
    private Instant readAgain = Instant.MIN;
    private boolean closed;
    private @Nullable Thread loop;

    /** @param window most deliveries held in memory */
    public Dispatcher(EventLedger ledger, Deliverer deliverer, InstantSource time, int window) {
        this.ledger = ledger;
        this.deliverer = deliverer;
        this.time = time;
        this.window = window;
    }

    /** Resumes everything that is owed, and begins to deliver. */
    public void start() {
        loop = Thread.ofVirtual().name("events-dispatch").start(this::run);
    }

    /** Takes deliveries that the ledger has just accepted. */
    public void offer(Collection<Delivery> accepted) {
        lock.lock();
        try {
            accepted.forEach(this::hold);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Deliveries in memory: waiting for their time, or under way. */
    public int size() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }

    /** Stops; what is under way is interrupted and stays owed unless it was decided. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            attempts.forEach(Thread::interrupt);
            long patience = TimeUnit.SECONDS.toNanos(10);
            while (!attempts.isEmpty() && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        if (loop != null) {
            loop.interrupt();
        }
    }

    private void hold(Delivery delivery) {
        if (held.size() >= window) {
            more = true; // it is in the ledger, and comes back with a refill
        } else if (held.add(delivery.id())) {
            waiting.add(delivery);
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                var now = time.instant();
                if (more && held.size() <= window / 2 && !now.isBefore(readAgain)) {
                    refill();
                }
                while (!waiting.isEmpty() && !waiting.getFirst().due().isAfter(now)) {
                    begin(waiting.removeFirst());
                }
                changed.awaitNanos(untilNext(now).toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Duration untilNext(Instant now) {
        if (waiting.isEmpty()) {
            return LONGEST_NAP;
        }
        var wait = Duration.between(now, waiting.getFirst().due());
        return wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP;
    }

    /** Reads on from the ledger until the window is full or everything owed is held. The lock is free meanwhile. */
    private void refill() {
        more = false;
        Delivery last = null;
        while (!closed && held.size() < window) {
            var from = last;
            decided.clear();
            reading = true;
            lock.unlock();
            List<Delivery> page;
            try {
                page = ledger.owed(from, window);
            } catch (StoreException | IllegalStateException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot read what is owed", e);
                page = List.of();
            } finally {
                lock.lock();
                reading = false;
            }
            page.stream().filter(delivery -> !decided.contains(delivery.id())).forEach(this::hold);
            if (page.size() < window) {
                return;
            }
            last = page.getLast();
        }
        more = true;
    }

    private void begin(Delivery delivery) {
        var thread = Thread.ofVirtual().name("delivery-" + delivery.id()).unstarted(() -> attempt(delivery));
        attempts.add(thread);
        thread.start();
    }

    private void attempt(Delivery delivery) {
        try {
            ended(delivery, deliverer.attempt(delivery));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            undecided(delivery);
        } catch (RuntimeException e) { // it stays owed: one bad delivery must not stop the others
            LOG.log(System.Logger.Level.WARNING, "delivery " + delivery.id() + " could not be decided", e);
            undecided(delivery);
        }
    }

    /** Lets go of a delivery that the ledger still owes: a refill brings it back, but not at once. */
    private void undecided(Delivery delivery) {
        lock.lock();
        try {
            more = true;
            readAgain = time.instant().plus(AFTER_FAILURE);
            ended(delivery, null);
        } finally {
            lock.unlock();
        }
    }

    private void ended(Delivery delivery, @Nullable Delivery owed) {
        lock.lock();
        try {
            attempts.remove(Thread.currentThread());
            held.remove(delivery.id());
            if (reading) {
                decided.add(delivery.id());
            }
            if (owed != null && !closed) {
                hold(owed);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
