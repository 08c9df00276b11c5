// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, version 2018-06-01, for all environments: paths are
 * {@code /{environment}/2018-06-01/runtime/…}, since that is what runtimes make of
 * {@code AWS_LAMBDA_RUNTIME_API=host:port/environment}.
 */
final class RuntimeApi implements HttpHandler {
    /** Bytes of the largest answer, as the original's message states it. */
    static final int MAX_RESPONSE = 6_291_556;

    private static final String VERSION = "2018-06-01";
    private static final String JSON = "application/json";

    private final Function<String, @Nullable Environment> environments;
    private final InstantSource time;

    RuntimeApi(Function<String, @Nullable Environment> environments, InstantSource time) {
        this.environments = environments;
        this.time = time;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        var parts = request.path().split("/", -1); // "", id, version, "runtime", …
        if (parts.length < 6 || !parts[2].equals(VERSION) || !parts[3].equals("runtime")) {
            return error(404, "NotFound", "no such path");
        }
        var environment = environments.apply(parts[1]);
        if (environment == null) {
            return error(403, "AccessDenied", "no such environment");
        }
        var call = String.join("/", Arrays.asList(parts).subList(4, parts.length));
        if (call.equals("invocation/next") && request.method().equals("GET")) {
            return next(environment);
        }
        if (call.equals("init/error") && request.method().equals("POST")) {
            return environment.failInit(request.body(), errorType(request))
                    ? accepted()
                    : error(403, "InvalidStateTransition", "State transition is not allowed");
        }
        if (parts.length == 7
                && parts[4].equals("invocation")
                && request.method().equals("POST")) {
            return switch (parts[6]) {
                case "response" -> respond(environment, parts[5], request);
                case "error" -> fail(environment, parts[5], request);
                default -> error(404, "NotFound", "no such path");
            };
        }
        return error(404, "NotFound", "no such path");
    }

    private static HttpResponse next(Environment environment) {
        Work work;
        try {
            work = environment.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work = null;
        }
        if (work == null) {
            return error(500, "Runtime.Shutdown", "the environment has ended");
        }
        var headers = HttpHeaders.builder()
                .add("Content-Type", JSON)
                .add("Lambda-Runtime-Aws-Request-Id", work.requestId())
                .add("Lambda-Runtime-Deadline-Ms", Long.toString(work.deadline().toEpochMilli()))
                .add("Lambda-Runtime-Invoked-Function-Arn", work.invokedFunctionArn());
        if (!work.traceHeader().isEmpty()) {
            headers.add("Lambda-Runtime-Trace-Id", work.traceHeader());
        }
        if (work.clientContext() != null) {
            headers.add("Lambda-Runtime-Client-Context", work.clientContext());
        }
        return new HttpResponse(200, headers.build(), work.payload());
    }

    private HttpResponse respond(Environment environment, String requestId, HttpRequest request) {
        if (request.body().length > MAX_RESPONSE) {
            var message = "Response payload size exceeded maximum allowed payload size (" + MAX_RESPONSE + " bytes).";
            var payload = ("{\"errorMessage\":\"" + message + "\",\"errorType\":\"Function.ResponseSizeTooLarge\"}")
                    .getBytes(StandardCharsets.UTF_8);
            environment.answer(
                    requestId, new WorkResult.Failure(payload, "Function.ResponseSizeTooLarge", null, time.instant()));
            return error(413, "RequestEntityTooLarge", message);
        }
        return settled(environment.answer(requestId, new WorkResult.Success(request.body(), time.instant())));
    }

    private HttpResponse fail(Environment environment, String requestId, HttpRequest request) {
        var cause = request.headers()
                .first("Lambda-Runtime-Function-XRay-Error-Cause")
                .orElse(null);
        return settled(environment.answer(
                requestId, new WorkResult.Failure(request.body(), errorType(request), cause, time.instant())));
    }

    private static HttpResponse settled(boolean taken) {
        return taken ? accepted() : error(400, "InvalidRequestID", "Invalid request ID");
    }

    private static String errorType(HttpRequest request) {
        return request.headers().first("Lambda-Runtime-Function-Error-Type").orElse("");
    }

    private static HttpResponse accepted() {
        return HttpResponse.text(202, JSON, "{\"status\":\"OK\"}\n");
    }

    private static HttpResponse error(int status, String type, String message) {
        return HttpResponse.text(
                status, JSON, "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n");
    }
}
