// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway;

import dev.clew.core.IdSource;
import dev.clew.core.log.LogSink;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.store.Store;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.gateway.control.ControlPlane;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.execute.Afterwards;
import dev.clew.gateway.execute.ExecuteApi;
import dev.clew.gateway.execute.FunctionInvoker;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;

/**
 * API Gateway's REST APIs: the operations that define them, and the execute-api addresses where they answer.
 *
 * <p>What is defined is durable before an operation returns. Requests to stages leave nothing but their segments and
 * access logs, written right after the answer. Safe for use by many threads.
 */
public final class Gateway implements HttpHandler, AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final ServiceBinding binding;
    private final ExecuteApi executeApi;
    private final Afterwards afterwards = new Afterwards();

    /** A gateway with the APIs that {@code store} holds. */
    public Gateway(
            Store store,
            FunctionInvoker invoker,
            SegmentSink segments,
            Sampler sampler,
            LogSink logs,
            MetricSink metrics,
            InstantSource time,
            IdSource ids,
            GatewayConfig config) {
        var definitions = Definitions.open(store);
        this.binding = ControlPlane.binding(definitions, ids, time, config.defaultStageTracing());
        this.executeApi = new ExecuteApi(definitions, invoker, segments, sampler, logs, metrics, time, ids, afterwards);
    }

    /** The operations of the service {@code apigateway}. */
    public ServiceBinding binding() {
        return binding;
    }

    /** Whether {@code request} is addressed to an API, existing or not, rather than to a service. */
    public boolean claims(HttpRequest request) {
        return executeApi.claims(request);
    }

    /** The answer of a stage, or of the gateway in its place. Only for requests that this gateway {@link #claims}. */
    @Override
    public HttpResponse handle(HttpRequest request) {
        return executeApi.handle(request);
    }

    /** Waits up to five seconds until the segments and access logs of answered requests are written. */
    @Override
    public void close() {
        try {
            afterwards.drain(DRAIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
