// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.IdSource;
import dev.clew.functions.Functions;
import dev.clew.functions.invoke.Invocation;
import dev.clew.functions.invoke.InvokeOutcome;
import dev.clew.functions.invoke.ServiceCaller;
import dev.clew.gateway.execute.FunctionInvoker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Invokes functions for the gateway, which waits no longer than its integration timeout; the function runs on. */
final class LambdaIntegration implements FunctionInvoker {
    private static final String PRINCIPAL = "apigateway.amazonaws.com";

    private final Functions functions;
    private final IdSource ids;

    LambdaIntegration(Functions functions, IdSource ids) {
        this.functions = functions;
        this.ids = ids;
    }

    @Override
    public Outcome invoke(Request request) {
        var answer = new CompletableFuture<InvokeOutcome>();
        Thread.ofVirtual().name("integration").start(() -> {
            try {
                answer.complete(functions.invoke(invocation(request)));
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
        });
        try {
            return outcome(answer.get(millis(request.patience()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Outcome.TimedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("the server is ending");
        } catch (ExecutionException e) {
            System.getLogger(LambdaIntegration.class.getName())
                    .log(System.Logger.Level.ERROR, "invoking " + request.function(), e.getCause());
            return new Outcome.Failed("internal failure");
        }
    }

    private Invocation invocation(Request request) {
        return new Invocation(
                request.scope(),
                request.function(),
                ids.nextUuid().toString(),
                request.payload(),
                request.trace(),
                request.patience(),
                null,
                new ServiceCaller(
                        PRINCIPAL, request.sourceArn(), request.scope().account()));
    }

    private static long millis(Duration patience) {
        return Math.max(1, patience.toMillis());
    }

    private static Outcome outcome(InvokeOutcome outcome) {
        return switch (outcome) {
            case InvokeOutcome.Succeeded(byte[] payload, String version) -> new Outcome.Succeeded(payload);
            case InvokeOutcome.FunctionError(byte[] payload, String kind, String version) ->
                new Outcome.FunctionError(payload, kind);
            case InvokeOutcome.Refused(String reason) -> new Outcome.Refused(reason);
            case InvokeOutcome.NotFound(String message) -> new Outcome.NotFound();
            case InvokeOutcome.Throttled(String reason) -> new Outcome.Throttled();
            case InvokeOutcome.TooLarge(String message) -> new Outcome.Failed(message);
        };
    }
}
