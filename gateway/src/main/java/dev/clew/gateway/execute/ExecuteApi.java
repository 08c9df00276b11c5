// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.IdSource;
import dev.clew.core.log.LogSink;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.core.trace.TraceHeader;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.ErrorType;
import dev.clew.gateway.mapping.ValueExpression;
import dev.clew.gateway.route.Query;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers requests to deployed APIs. Safe for use by many threads. */
public final class ExecuteApi implements HttpHandler {
    private static final int MAX_BODY = 10 * 1_024 * 1_024;
    private static final int MAX_HEADERS = 10_240;

    private final LiveStages stages;
    private final LambdaProxy lambda;
    private final SegmentSink segments;
    private final Sampler sampler;
    private final LogSink logs;
    private final StageMetrics metrics;
    private final InstantSource time;
    private final IdSource ids;
    private final Afterwards afterwards;

    /** @param afterwards does what follows an answer; the caller drains it in the end */
    public ExecuteApi(
            Definitions definitions,
            FunctionInvoker invoker,
            SegmentSink segments,
            Sampler sampler,
            LogSink logs,
            MetricSink metrics,
            InstantSource time,
            IdSource ids,
            Afterwards afterwards) {
        this.stages = new LiveStages(definitions, time);
        this.lambda = new LambdaProxy(invoker, ids, time);
        this.segments = segments;
        this.sampler = sampler;
        this.logs = logs;
        this.metrics = new StageMetrics(metrics);
        this.time = time;
        this.ids = ids;
        this.afterwards = afterwards;
    }

    /** Whether {@code request} is addressed to an API, existing or not. */
    public boolean claims(HttpRequest request) {
        return ApiAddress.of(request).isPresent();
    }

    /** The answer to a request that {@link #claims} would claim. */
    @Override
    public HttpResponse handle(HttpRequest request) {
        var start = time.instant();
        var requestIds = RequestIds.of(request, ids);
        var address = ApiAddress.of(request).orElseThrow();
        var stage = stages.find(address.api(), address.stage());
        if (stage.isEmpty() || !stage.get().reachable()) {
            return forbidden(requestIds);
        }
        var trace = TraceContext.undecided(request, ids);
        var exchange = new Exchange(request, address, stage.get(), requestIds, start, trace);
        var response = response(exchange, reply(exchange));
        exchange.outcome = new Exchange.Outcome(response.status(), response.body().length, time.instant());
        metrics.ended(exchange);
        if (exchange.trace.recorded() || exchange.stage.accessLog() != null || ExecutionLog.wants(exchange)) {
            afterwards.run(() -> record(exchange));
        }
        return response;
    }

    private static HttpResponse forbidden(RequestIds ids) {
        var failure = Failure.forbidden();
        var headers = HttpHeaders.builder().add("Content-Type", "application/json");
        headers.add(ErrorPages.ERROR_TYPE, failure.code());
        ids.addTo(headers);
        var body = "{\"message\":\"" + failure.message() + "\"}";
        return new HttpResponse(failure.status(), headers.build(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Reply reply(Exchange exchange) {
        var refusal = route(exchange);
        if (refusal == null) {
            exchange.trace = exchange.trace.decide(exchange, sampler);
            refusal = admit(exchange);
        }
        if (refusal != null) {
            return new Reply.Error(refusal);
        }
        return switch (exchange.routed().integration()) {
            case LiveIntegration.Lambda function -> lambda.call(exchange, function);
            case LiveIntegration.Mock mock -> mocked(exchange, mock);
            case LiveIntegration.Broken _ -> new Reply.Error(Failure.configuration());
        };
    }

    /** Finds the method; whatever fails here is not part of any trace. */
    private static @Nullable Failure route(Exchange exchange) {
        var request = exchange.request;
        if (request.body().length > MAX_BODY) {
            return Failure.of(ErrorType.REQUEST_TOO_LARGE, "HTTP content length exceeded " + MAX_BODY + " bytes.");
        }
        if (isFlood(request.headers())) {
            return Failure.of(ErrorType.REQUEST_TOO_LARGE);
        }
        if (isBroken(request.query()) || isBroken(exchange.address.path())) {
            return Failure.of(ErrorType.BAD_REQUEST_PARAMETERS, "Malformed percent-encoding in the URL");
        }
        exchange.query = Query.parse(request.query());
        var match = exchange.stage.routes().match(exchange.address.path());
        var method = match == null ? null : match.target().method(request.method());
        if (match == null || method == null) {
            return Failure.of(ErrorType.MISSING_AUTHENTICATION_TOKEN);
        }
        exchange.method = method;
        exchange.pathParameters = match.parameters();
        return null;
    }

    private static boolean isFlood(HttpHeaders headers) {
        int[] length = {0};
        headers.forEach((name, value) -> length[0] += name.length() + value.length());
        return length[0] > MAX_HEADERS;
    }

    /** Whether some percent sign begins no escape. */
    private static boolean isBroken(String encoded) {
        for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 3)) {
            if (at + 2 >= encoded.length()
                    || !HexFormat.isHexDigit(encoded.charAt(at + 1))
                    || !HexFormat.isHexDigit(encoded.charAt(at + 2))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Failure admit(Exchange exchange) {
        var method = exchange.routed();
        if (method.throttle() != null && !method.throttle().tryTake(exchange.start)) {
            return Failure.of(ErrorType.THROTTLED);
        }
        var missing = method.required().stream()
                .filter(parameter -> isMissing(exchange, parameter))
                .map(parameter -> parameter.substring(parameter.indexOf('.', "method.request.".length()) + 1))
                .toList();
        return missing.isEmpty()
                ? null
                : Failure.of(ErrorType.BAD_REQUEST_PARAMETERS, "Missing required request parameters: " + missing);
    }

    private static boolean isMissing(Exchange exchange, String parameter) {
        return ValueExpression.parse(parameter)
                .map(expression -> expression.value(exchange))
                .filter(value -> !value.isEmpty())
                .isEmpty();
    }

    private static Reply mocked(Exchange exchange, LiveIntegration.Mock mock) {
        var response = mock.statusCode() == 0 ? null : mock.response();
        if (response == null) {
            return new Reply.Error(Failure.configuration());
        }
        var headers = HttpHeaders.builder().add("Content-Type", response.contentType());
        response.headers().forEach((name, expression) -> {
            var value = expression.value(exchange);
            var passed = HeaderRules.inResponse(name);
            if (passed != null && value != null && HeaderRules.isName(name) && HeaderRules.isValue(value)) {
                headers.set(passed, value);
            }
        });
        return new Reply.Answer(
                response.statusCode(), headers.build(), response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse response(Exchange exchange, Reply reply) {
        return switch (reply) {
            case Reply.Error(Failure failure) -> {
                exchange.failure = failure;
                var page = exchange.stage.errors().page(failure, exchange);
                var headers = page.headers().toBuilder();
                exchange.ids.addTo(headers);
                yield new HttpResponse(page.status(), headers.build(), page.body());
            }
            case Reply.Answer answer -> {
                var headers = answer.headers().toBuilder();
                exchange.ids.addTo(headers);
                if (exchange.hop != null) {
                    headers.set(TraceHeader.NAME, exchange.trace.inResponse());
                }
                yield Compression.apply(exchange, new HttpResponse(answer.status(), headers.build(), answer.body()));
            }
        };
    }

    private void record(Exchange exchange) {
        var scope = exchange.stage.key().scope();
        if (exchange.trace.recorded()) {
            segments.write(scope, List.of(StageSegment.of(exchange)));
        }
        var stream = exchange.stage.key().id() + '/' + exchange.stage.name();
        var log = exchange.stage.accessLog();
        if (log != null) {
            var line = new LogSink.Line(exchange.ended().end(), log.format().format(exchange, "-"));
            logs.append(scope, log.group(), stream, List.of(line));
        }
        if (ExecutionLog.wants(exchange)) {
            logs.append(scope, ExecutionLog.group(exchange), stream, ExecutionLog.lines(exchange));
        }
    }
}
