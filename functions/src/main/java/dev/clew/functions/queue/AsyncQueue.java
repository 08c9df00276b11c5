// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.IdSource;
import dev.clew.core.store.Store;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.catalog.FunctionReference;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.invoke.EnqueueOutcome;
import dev.clew.functions.invoke.EventQueue;
import dev.clew.functions.invoke.InvocationEngine;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Asynchronous invocations: durable when accepted, tried at least once, in no promised order. Safe for use by many
 * threads.
 */
public final class AsyncQueue implements EventQueue, AutoCloseable {
    /** Bytes of the largest payload. */
    static final int MAX_PAYLOAD = 1_048_576;

    private static final byte[] EMPTY_PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String FULL = "ConcurrentInvocationLimitExceeded";

    private final FunctionCatalog catalog;
    private final InvocationEngine engine;
    private final EventLedger ledger;
    private final AsyncConfig config;
    private final InstantSource time;
    private final EventDispatcher dispatcher;
    /** Request ids of those not finished; a future completes when its invocation is durable. */
    private final ConcurrentMap<String, CompletableFuture<Void>> queued = new ConcurrentHashMap<>();

    /** Reads what the store holds; nothing is tried before {@link #start}. */
    public AsyncQueue(
            Store store,
            FunctionCatalog catalog,
            InvocationEngine engine,
            Destinations destinations,
            InstantSource time,
            IdSource ids,
            AsyncConfig config) {
        this.catalog = catalog;
        this.engine = engine;
        this.config = config;
        this.time = time;
        ledger = new EventLedger(store, config);
        var letters = new LetterWriter(ledger, engine, destinations, time);
        var attempts = new EventAttempts(store, ledger, letters, catalog, engine, time, ids, config);
        dispatcher = new EventDispatcher(attempts, time, config, queued::remove);
        for (var event : ledger.unfinished()) {
            queued.put(event.requestId(), CompletableFuture.completedFuture(null));
            dispatcher.add(event);
        }
    }

    /** Begins to try what is due. */
    public void start() {
        dispatcher.start();
    }

    @Override
    public EnqueueOutcome enqueue(AsyncInvocation invocation) {
        FunctionReference reference;
        try {
            reference = FunctionReference.parse(invocation.function(), null, invocation.scope());
        } catch (ServiceException e) {
            return new EnqueueOutcome.NotFound(e.message());
        }
        var version = catalog.find(reference);
        if (version.isEmpty()) {
            return new EnqueueOutcome.NotFound("Function not found: " + reference.arn());
        }
        var refusal = engine.refusal(reference, invocation.caller());
        if (refusal.isPresent()) {
            return new EnqueueOutcome.Refused(refusal.get());
        }
        if (invocation.payload().length > MAX_PAYLOAD) {
            return new EnqueueOutcome.TooLarge(invocation.payload().length
                    + " byte payload is too large for the Event invocation type (limit " + MAX_PAYLOAD + " bytes)");
        }
        if (ledger.finishedLately(invocation.requestId())) {
            return new EnqueueOutcome.Accepted();
        }
        return accept(invocation, reference, version.get());
    }

    private EnqueueOutcome accept(AsyncInvocation invocation, FunctionReference reference, FunctionVersion version) {
        var durable = new CompletableFuture<Void>();
        var same = queued.putIfAbsent(invocation.requestId(), durable);
        if (same != null) {
            same.join(); // whoever was first may still be writing
            return new EnqueueOutcome.Accepted();
        }
        if (queued.size() > config.limit()) {
            queued.remove(invocation.requestId());
            durable.completeExceptionally(new IllegalStateException("the queue is full"));
            return new EnqueueOutcome.Throttled(FULL);
        }
        try {
            var now = time.instant();
            var event = QueuedEvent.fresh(
                    invocation.requestId(),
                    reference.scope(),
                    version.name(),
                    reference.qualifier(),
                    engine.decide(version, invocation.trace()),
                    now);
            ledger.accept(event, invocation.payload().length == 0 ? EMPTY_PAYLOAD : invocation.payload());
            durable.complete(null);
            engine.metrics().received(version);
            dispatcher.add(event);
            return new EnqueueOutcome.Accepted();
        } catch (RuntimeException e) {
            queued.remove(invocation.requestId());
            durable.completeExceptionally(e);
            throw e;
        }
    }

    /** Invocations that are not finished. */
    public int size() {
        return queued.size();
    }

    /** Forgets everything that is queued; what runs ends without a trace in the ledger. */
    public void clear() {
        dispatcher.clear();
        ledger.clear();
        queued.clear();
    }

    /** Tries nothing any more; what is under way and not finished is tried again after the next start. */
    @Override
    public void close() {
        dispatcher.close();
    }

    /** Waits until no try is under way. */
    public void awaitQuiet(Duration patience) throws InterruptedException {
        dispatcher.awaitQuiet(patience);
    }
}
