// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One poller for each mapping that is enabled. Safe for use by many threads. */
final class Pollers {
    private final QueueSource queues;
    private final BatchRunner runner;
    private final InstantSource time;
    private final Function<String, Optional<Mapping>> mappings;
    /** By the keys of their mappings. Guarded by itself, as is what follows. */
    private final Map<String, Poller> pollers = new HashMap<>();

    private boolean started;

    /** @param mappings the mapping of a key as it is now */
    Pollers(QueueSource queues, BatchRunner runner, InstantSource time, Function<String, Optional<Mapping>> mappings) {
        this.queues = queues;
        this.runner = runner;
        this.time = time;
        this.mappings = mappings;
    }

    void start(Iterable<Mapping> all) {
        synchronized (pollers) {
            started = true;
            all.forEach(mapping -> changed(mapping.key()));
        }
    }

    /** The mapping of {@code key} was put or removed: its poller begins anew, or ends. */
    void changed(String key) {
        synchronized (pollers) {
            var old = pollers.remove(key);
            if (old != null) {
                old.stop();
            }
            if (started && mappings.apply(key).filter(Mapping::enabled).isPresent()) {
                var poller = new Poller(key, () -> mappings.apply(key), queues, runner, time);
                pollers.put(key, poller);
                poller.start();
            }
        }
    }

    /** Why the last batch of a mapping was not processed; nothing if it was. */
    Optional<String> problem(String key) {
        synchronized (pollers) {
            return Optional.ofNullable(pollers.get(key)).flatMap(Poller::problem);
        }
    }

    void close() {
        synchronized (pollers) {
            started = false;
            pollers.values().forEach(Poller::stop);
            pollers.clear();
        }
    }
}
