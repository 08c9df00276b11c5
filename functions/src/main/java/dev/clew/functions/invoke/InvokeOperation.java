// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.functions.api.InvocationRequest;
import dev.clew.functions.api.InvocationResponse;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.catalog.FunctionReference;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/** Invoke: waits for the function's answer, queues the event, or only checks. */
public final class InvokeOperation implements Operation<InvocationRequest, InvocationResponse> {
    private static final int MAX_CLIENT_CONTEXT = 3_583;
    private static final JsonFactory JSON = new JsonFactory();

    private final FunctionCatalog catalog;
    private final FunctionInvoker invoker;
    private final EventQueue events;

    public InvokeOperation(FunctionCatalog catalog, FunctionInvoker invoker, EventQueue events) {
        this.catalog = catalog;
        this.invoker = invoker;
        this.events = events;
    }

    @Override
    public InvocationResponse handle(InvocationRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        if (catalog.find(reference).isEmpty()) {
            throw LambdaErrors.resourceNotFoundException("Function not found: " + reference.arn());
        }
        var payload = input.payload() == null ? new byte[0] : input.payload();
        check(payload);
        var type = input.invocationType() == null ? "RequestResponse" : input.invocationType();
        return switch (type) {
            case "DryRun" -> InvocationResponse.builder().statusCode(204).build();
            case "Event" -> enqueue(reference, payload, call);
            default -> invoke(reference, payload, input, call);
        };
    }

    private InvocationResponse invoke(FunctionReference reference, byte[] payload, InvocationRequest input, Call call) {
        var invocation = new Invocation(
                call.scope(),
                reference.arn(),
                call.requestId(),
                payload,
                call.trace(),
                null,
                clientContext(input.clientContext()),
                null);
        var withLog = "Tail".equals(input.logType());
        try {
            var logged = invoker.invoke(invocation, reference, withLog);
            return answer(logged.outcome(), withLog ? encode(logged.log()) : null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceException.server("ServiceException", 500, "The server is shutting down.");
        }
    }

    private static InvocationResponse answer(InvokeOutcome outcome, @Nullable String log) {
        return switch (outcome) {
            case InvokeOutcome.Succeeded(byte[] payload, String version) ->
                InvocationResponse.builder()
                        .statusCode(200)
                        .payload(payload)
                        .executedVersion(version)
                        .logResult(log)
                        .build();
            case InvokeOutcome.FunctionError(byte[] payload, String kind, String version) ->
                InvocationResponse.builder()
                        .statusCode(200)
                        .payload(payload)
                        .functionError(kind)
                        .executedVersion(version)
                        .logResult(log)
                        .build();
            case InvokeOutcome.Refused(String reason) ->
                throw ServiceException.client("AccessDeniedException", 403, reason);
            case InvokeOutcome.NotFound(String message) -> throw LambdaErrors.resourceNotFoundException(message);
            case InvokeOutcome.TooLarge(String message) -> throw LambdaErrors.requestTooLargeException(message);
            case InvokeOutcome.Throttled(String reason) -> throw throttled(reason);
        };
    }

    private InvocationResponse enqueue(FunctionReference reference, byte[] payload, Call call) {
        var invocation =
                new AsyncInvocation(call.scope(), reference.arn(), call.requestId(), payload, call.trace(), null);
        return switch (events.enqueue(invocation)) {
            case EnqueueOutcome.Accepted _ ->
                InvocationResponse.builder().statusCode(202).build();
            case EnqueueOutcome.NotFound(String message) -> throw LambdaErrors.resourceNotFoundException(message);
            case EnqueueOutcome.Refused(String reason) ->
                throw ServiceException.client("AccessDeniedException", 403, reason);
            case EnqueueOutcome.TooLarge(String message) -> throw LambdaErrors.requestTooLargeException(message);
            case EnqueueOutcome.Throttled(String reason) -> throw throttled(reason);
        };
    }

    private static ServiceException throttled(String reason) {
        return LambdaErrors.tooManyRequestsException("Rate Exceeded.").with("Reason", reason);
    }

    private static void check(byte[] payload) {
        if (payload.length == 0) {
            return;
        }
        try (var parser = JSON.createParser(payload)) {
            while (parser.nextToken() != null) {
                // the parser checks the form
            }
        } catch (JacksonException e) {
            throw LambdaErrors.invalidRequestContentException(
                    "Could not parse request body into json: Could not parse payload into json: "
                            + e.getOriginalMessage());
        }
    }

    private static @Nullable String clientContext(@Nullable String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return null;
        }
        if (encoded.length() > MAX_CLIENT_CONTEXT) {
            throw LambdaErrors.invalidRequestContentException(
                    "Client context must be smaller than " + MAX_CLIENT_CONTEXT + " bytes");
        }
        try {
            var json = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            check(json.getBytes(StandardCharsets.UTF_8));
            return ascii(json);
        } catch (IllegalArgumentException e) {
            throw LambdaErrors.invalidRequestContentException(
                    "Client context must be a valid Base64-encoded JSON object.");
        }
    }

    /** The same JSON on one line of ASCII: it travels in a header. */
    private static String ascii(String json) {
        var text = new StringBuilder();
        json.chars().forEach(c -> {
            if (c < ' ') {
                text.append(' ');
            } else if (c < 0x7f) {
                text.append((char) c);
            } else {
                text.append(String.format("\\u%04x", c));
            }
        });
        return text.toString();
    }

    private static String encode(String log) {
        return Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8));
    }
}
