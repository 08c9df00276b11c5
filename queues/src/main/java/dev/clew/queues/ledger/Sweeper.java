// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import dev.clew.core.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Removes once a minute what expired in queues that nobody looks at, on one virtual thread. */
public final class Sweeper implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Duration nameRetention;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** @param nameRetention how long names of deleted queues are remembered */
    public Sweeper(Ledger ledger, Duration nameRetention) {
        this.ledger = ledger;
        this.nameRetention = nameRetention;
    }

    /** Begins. */
    public void start() {
        thread = Thread.ofVirtual().name("clew-queues-sweeper").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(PAUSE.toSeconds(), TimeUnit.SECONDS)) {
                sweep();
            }
        } catch (InterruptedException | StoreException e) {
            // the server ends, or can keep nothing any more and says so to everybody who asks
        }
    }

    /** Removes what is expired at this moment. */
    public void sweep() {
        var queues = ledger.decide(turn -> {
            turn.freeNames(turn.now() - nameRetention.toMillis());
            return turn.state().all().stream().map(Queue::id).toList();
        });
        for (var id : queues) {
            var more = true;
            while (more && closed.getCount() > 0) {
                more = ledger.decide(turn -> turn.state()
                        .find(id)
                        .map(queue -> turn.upToDate(queue).expired(turn.now()))
                        .orElse(false));
            }
        }
    }

    /** Stops after the step at hand. */
    @Override
    public void close() {
        closed.countDown();
        var running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
