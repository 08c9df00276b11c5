// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.core.IdSource;
import dev.clew.core.Ticker;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.access.RoleSessions;
import dev.clew.core.log.LogSink;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.store.Store;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.catalog.CodeArchive;
import dev.clew.functions.catalog.CodeDownloads;
import dev.clew.functions.catalog.CodeStore;
import dev.clew.functions.catalog.ControlPlane;
import dev.clew.functions.catalog.Folders;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.environment.Endpoints;
import dev.clew.functions.environment.Environments;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.invoke.EnqueueOutcome;
import dev.clew.functions.invoke.FunctionInvoker;
import dev.clew.functions.invoke.FunctionMetrics;
import dev.clew.functions.invoke.Invocation;
import dev.clew.functions.invoke.InvocationEngine;
import dev.clew.functions.invoke.InvokeOperation;
import dev.clew.functions.invoke.InvokeOutcome;
import dev.clew.functions.invoke.Tracing;
import dev.clew.functions.queue.AsyncQueue;
import dev.clew.functions.queue.Destinations;
import dev.clew.functions.source.EventSources;
import dev.clew.functions.source.QueueSource;
import dev.clew.functions.source.RecordFilters;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHandler;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Lambda: functions and their invocations. Safe for use by many threads.
 *
 * <p>Operations may be called at once; functions run after {@link #start}.
 */
public final class Functions implements AutoCloseable {
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

    private final FunctionCatalog catalog;
    private final CodeDownloads downloads;
    private final ControlPlane control;
    private final Environments environments;
    private final InvocationEngine engine;
    private final FunctionInvoker invoker;
    private final AsyncQueue queue;
    private final EventSources sources;

    /** Reads what the store holds, asynchronous invocations that were not finished included. */
    public Functions(
            Store store,
            LogSink logs,
            SegmentSink segments,
            MetricSink metrics,
            Sampler sampler,
            ResourcePolicy policies,
            RoleSessions roles,
            QueueSource messages,
            RecordFilters filters,
            Destinations destinations,
            InstantSource time,
            Ticker ticker,
            IdSource ids,
            FunctionsConfig config) {
        var random = new SecureRandom(); // links, log streams and environments must not be guessed
        var codes = new CodeStore(store, config.codeFolder(), CodeArchive.DEFAULTS);
        Folders.empty(config.environments().folder());
        catalog = new FunctionCatalog(store, codes);
        downloads = new CodeDownloads(codes, random);
        control = new ControlPlane(
                catalog, codes, downloads, roles, time, ids, config.scaling().accountConcurrency());
        environments = new Environments(config.environments(), time);
        engine = new InvocationEngine(
                catalog,
                codes,
                environments,
                logs,
                segments,
                new FunctionMetrics(metrics),
                new Tracing(sampler, ids, config.recordPassThrough()),
                policies,
                roles,
                time,
                ticker,
                ids,
                random,
                config.scaling());
        invoker = new FunctionInvoker(catalog, engine, time, config.scaling().patience());
        queue = new AsyncQueue(store, catalog, engine, destinations, time, ids, config.async());
        sources = new EventSources(store, catalog, invoker, messages, filters, time, ids);
    }

    /** The operations of the Lambda API. */
    public ServiceBinding binding() {
        var binding = ServiceBinding.builder(LambdaModel.SERVICE);
        control.bind(binding);
        sources.bind(binding);
        binding.bind(LambdaModel.INVOKE, new InvokeOperation(catalog, invoker, queue));
        return binding.build();
    }

    /** Serves the links to packages that GetFunction gives, at paths that begin {@code /_clew/functions/}. */
    public HttpHandler codeDownloads() {
        return downloads;
    }

    /** The Runtime API for functions; on loopback only. A request for the next invocation may wait for hours. */
    public HttpHandler runtimeApi() {
        return environments.runtimeApi();
    }

    /** Says where functions find us, and begins with asynchronous invocations and messages of queues that are due. */
    public void start(Endpoints endpoints) {
        environments.start(endpoints);
        queue.start();
        sources.start();
    }

    /** Runs {@code invocation}; returns when the function has answered, or it is known that it will not. */
    public InvokeOutcome invoke(Invocation invocation) throws InterruptedException {
        return invoker.invoke(invocation);
    }

    /** Accepts {@code invocation} to be run at least once; durable when it returns. */
    public EnqueueOutcome enqueue(AsyncInvocation invocation) {
        return queue.enqueue(invocation);
    }

    /** Asynchronous invocations that are not finished. */
    public int queued() {
        return queue.size();
    }

    /** Removes every function, every event source mapping and everything that is queued. */
    public void reset() {
        sources.clear();
        queue.clear();
        catalog.clear();
    }

    /** Ends all functions' processes. What was queued is tried after the next start. */
    @Override
    public void close() {
        sources.close();
        queue.close();
        engine.close();
        environments.close();
        try {
            queue.awaitQuiet(PATIENCE_AT_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
