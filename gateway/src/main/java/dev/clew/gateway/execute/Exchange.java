// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.gateway.mapping.RequestValues;
import dev.clew.gateway.route.Query;
import dev.clew.wire.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * One request on its way through a stage, and what has become of it. Not safe for use by many threads: first the
 * request's own thread has it, then the one that writes its records.
 */
final class Exchange implements RequestValues {
    private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    static final String PROTOCOL = "HTTP/1.1";

    final HttpRequest request;
    final ApiAddress address;
    final LiveStage stage;
    final RequestIds ids;
    final Instant start;
    TraceContext trace;
    Query query = Query.NONE;
    Map<String, String> pathParameters = Map.of();

    /** Null until the request is routed, and if it cannot be. */
    @Nullable
    LiveMethod method;

    @Nullable
    Hop hop;

    @Nullable
    Failure failure;

    @Nullable
    Outcome outcome;

    /** How the exchange ended, as the caller sees it. */
    record Outcome(int status, long length, Instant end) {}

    Exchange(
            HttpRequest request,
            ApiAddress address,
            LiveStage stage,
            RequestIds ids,
            Instant start,
            TraceContext trace) {
        this.request = request;
        this.address = address;
        this.stage = stage;
        this.ids = ids;
        this.start = start;
        this.trace = trace;
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().first(name).orElse(null);
    }

    @Override
    public @Nullable String query(String name) {
        return query.last(name);
    }

    @Override
    public @Nullable String path(String name) {
        return pathParameters.get(name);
    }

    @Override
    public @Nullable String stageVariable(String name) {
        return stage.variables().get(name);
    }

    @Override
    public @Nullable String context(String variable) {
        return switch (variable) {
            case "requestId" -> ids.requestId();
            case "extendedRequestId" -> ids.extendedRequestId();
            case "accountId" -> stage.key().scope().account();
            case "apiId" -> stage.key().id();
            case "stage" -> stage.name();
            case "deploymentId" -> stage.origin().snapshot().id();
            case "resourceId" -> method == null ? null : method.resourceId();
            case "resourcePath" -> method == null ? null : method.resourcePath();
            case "path" -> pathWithStage();
            case "httpMethod" -> request.method();
            case "protocol" -> PROTOCOL;
            case "requestTime" -> requestTime();
            case "requestTimeEpoch" -> Long.toString(start.toEpochMilli());
            case "domainName" -> domainName();
            case "domainPrefix" -> domainPrefix();
            case "identity.sourceIp" -> request.remoteAddress();
            case "identity.userAgent" -> header("User-Agent");
            case "xrayTraceId" -> "Root=" + trace.incoming().root();
            default -> result(variable);
        };
    }

    private @Nullable String result(String variable) {
        return switch (variable) {
            case "status" -> outcome == null ? null : Integer.toString(outcome.status);
            case "responseLength" -> outcome == null ? null : Long.toString(outcome.length);
            case "responseLatency" -> outcome == null ? null : millis(Duration.between(start, outcome.end));
            case "integration.status", "integrationStatus" ->
                hop == null || hop.status() == 0 ? null : Integer.toString(hop.status());
            case "integration.latency", "integrationLatency" -> hop == null ? null : millis(hop.latency());
            case "integration.error", "integrationErrorMessage" ->
                hop == null || hop.problem() == null ? null : hop.problem().message();
            case "error.message" -> failure == null ? null : failure.message();
            case "error.messageString" -> failure == null ? null : quoted(failure.message());
            case "error.responseType" -> failure == null ? null : failure.type().name();
            default -> null;
        };
    }

    /** The path below the host, with the stage, whichever form of address the caller used. */
    String pathWithStage() {
        return '/' + stage.name() + address.path();
    }

    String requestTime() {
        return REQUEST_TIME.format(start);
    }

    /** The Host header without its port. */
    String domainName() {
        return withoutPort(request.host());
    }

    String domainPrefix() {
        var domain = domainName();
        int dot = domain.indexOf('.');
        return dot < 0 ? domain : domain.substring(0, dot);
    }

    /** The method on whose behalf the function is invoked. */
    String sourceArn() {
        var scope = stage.key().scope();
        return "arn:aws:execute-api:" + scope.region() + ':' + scope.account() + ':'
                + stage.key().id() + '/' + stage.name() + '/' + request.method() + routed().resourcePath();
    }

    /** The method, once the request is routed. */
    LiveMethod routed() {
        return Objects.requireNonNull(method);
    }

    /** The outcome, once there is one. */
    Outcome ended() {
        return Objects.requireNonNull(outcome);
    }

    static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
