// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentId;
import dev.clew.gateway.execute.FunctionInvoker.Outcome;
import dev.clew.wire.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The Lambda proxy integration: the request to the function as an event, the function's answer to the caller. */
final class LambdaProxy {
    private static final int MAX_BODY = 10 * 1_024 * 1_024;

    private final FunctionInvoker invoker;
    private final IdSource ids;
    private final InstantSource time;

    LambdaProxy(FunctionInvoker invoker, IdSource ids, InstantSource time) {
        this.invoker = invoker;
        this.ids = ids;
        this.time = time;
    }

    Reply call(Exchange exchange, LiveIntegration.Lambda integration) {
        var event = ProxyEvent.of(exchange, integration);
        var caller = ids.nextSegmentId();
        var start = time.instant();
        var outcome = invoker.invoke(new FunctionInvoker.Request(
                exchange.stage.key().scope(),
                integration.function(),
                event,
                exchange.trace.downstream(caller),
                exchange.sourceArn(),
                integration.timeout()));
        return new Invocation(exchange, integration.function(), caller, start, time.instant()).reply(outcome);
    }

    private final class Invocation {
        private final Exchange exchange;
        private final String function;
        private final SegmentId id;
        private final Instant start;
        private final Instant end;

        private Invocation(Exchange exchange, String function, SegmentId id, Instant start, Instant end) {
            this.exchange = exchange;
            this.function = function;
            this.id = id;
            this.start = start;
            this.end = end;
        }

        private Reply reply(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Succeeded(byte[] payload) -> answered(payload);
                case Outcome.FunctionError(byte[] payload, String errorType) -> {
                    var message = FunctionErrors.message(payload);
                    hop(502, payload.length, errorType, message, true);
                    yield new Reply.Error(Failure.badAnswer());
                }
                case Outcome.Refused(String reason) -> {
                    hop(403, 0, "AccessDeniedException", reason, false);
                    yield new Reply.Error(Failure.configuration());
                }
                case Outcome.NotFound() -> {
                    hop(404, 0, "ResourceNotFoundException", "Function not found: " + function, false);
                    yield new Reply.Error(Failure.configuration());
                }
                case Outcome.Throttled() -> {
                    hop(429, 0, "TooManyRequestsException", "Rate Exceeded.", false);
                    yield new Reply.Error(Failure.configuration());
                }
                case Outcome.TimedOut() -> {
                    hop(0, 0, "IntegrationTimeout", "The function did not answer in time", false);
                    yield new Reply.Error(Failure.timeout());
                }
                case Outcome.Failed(String reason) -> {
                    hop(500, 0, "ServiceException", reason, false);
                    yield new Reply.Error(Failure.configuration());
                }
            };
        }

        private Reply answered(byte[] payload) {
            return switch (ProxyResponse.parse(payload)) {
                case ProxyResponse.Malformed(String reason) -> malformed(payload, reason);
                case ProxyResponse.Valid valid -> {
                    var body = body(valid);
                    if (body == null) {
                        yield malformed(payload, "the body is not base64");
                    }
                    if (body.length > MAX_BODY) {
                        yield malformed(payload, "the body is longer than 10 MB");
                    }
                    exchange.hop = new Hop(id, function, start, end, valid.status(), body.length, null);
                    yield new Reply.Answer(valid.status(), headers(valid.headers()), body);
                }
            };
        }

        private Reply malformed(byte[] payload, String reason) {
            hop(502, payload.length, "MalformedProxyResponse", "Malformed Lambda proxy response: " + reason, false);
            return new Reply.Error(Failure.badAnswer());
        }

        /** Decoded if caller and API agree that it is binary; null if it should be base64 and is not. */
        private byte @Nullable [] body(ProxyResponse.Valid response) {
            var binary = exchange.stage.binaryTypes();
            if (response.base64()
                    && (binary.contain(exchange.header("Accept"))
                            || binary.contain(
                                    response.headers().first("Content-Type").orElse("application/json")))) {
                try {
                    return Base64.getDecoder().decode(response.body());
                } catch (IllegalArgumentException notBase64) {
                    return null;
                }
            }
            return response.body().getBytes(StandardCharsets.UTF_8);
        }

        private HttpHeaders headers(HttpHeaders chosen) {
            var headers = HttpHeaders.builder();
            chosen.forEach((name, value) -> {
                var passed = HeaderRules.inResponse(name);
                if (passed != null) {
                    headers.add(passed, value);
                }
            });
            if (chosen.first("Content-Type").isEmpty()) {
                headers.add("Content-Type", "application/json");
            }
            return headers.build();
        }

        private void hop(int status, long length, String type, String message, boolean remote) {
            var problem = new Hop.Problem(ids.nextSegmentId(), type, message, remote);
            exchange.hop = new Hop(id, function, start, end, status, length, problem);
        }
    }
}
