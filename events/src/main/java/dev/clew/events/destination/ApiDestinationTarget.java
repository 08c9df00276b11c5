// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Ticker;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.ledger.ErrorCode;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls the HTTP endpoints of API destinations. Blocks, on a thread per attempt; safe for use by many threads. */
final class ApiDestinationTarget {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final Destinations destinations;
    private final Connections connections;
    private final Tokens tokens;
    private final HttpCaller http;
    private final InstantSource time;
    private final Ticker ticker;
    private final Pause pause;
    private final DestinationsConfig config;
    private final ConcurrentHashMap<String, RateLimit> limits = new ConcurrentHashMap<>();

    ApiDestinationTarget(
            Destinations destinations,
            Connections connections,
            Tokens tokens,
            HttpCaller http,
            InstantSource time,
            Ticker ticker,
            Pause pause,
            DestinationsConfig config) {
        this.destinations = destinations;
        this.connections = connections;
        this.tokens = tokens;
        this.http = http;
        this.time = time;
        this.ticker = ticker;
        this.pause = pause;
        this.config = config;
    }

    /**
     * One attempt at a delivery.
     *
     * @param destination ARN of the API destination
     * @param payload JSON
     * @param trace context to hand on, or null
     * @param parameters of the rule's target
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Request(
            String destination, byte[] payload, @Nullable TraceHeader trace, HttpParameters parameters) {}

    /** How an attempt ended. Its codes are those of dead letters; its reasons hold no secret. */
    sealed interface Outcome {
        /** The endpoint took it. */
        record Delivered(int status) implements Outcome {}

        /**
         * It may work later.
         *
         * @param status null if there was no answer
         * @param retryAfter shortest wait that the endpoint asked for; null if it did not
         */
        record Retryable(
                ErrorCode code,
                String reason,
                @Nullable Integer status,
                @Nullable Duration retryAfter) implements Outcome {}

        /**
         * It will not work, or the endpoint asked not to be tried again.
         *
         * @param status null if there was no answer
         */
        record Final(
                ErrorCode code, String reason, @Nullable Integer status) implements Outcome {}
    }

    /** Makes one attempt and waits for its outcome. An interrupted thread stays interrupted. */
    Outcome deliver(Request request) {
        try {
            return attempt(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retryable(ErrorCode.INTERNAL_ERROR, "interrupted", null, null);
        }
    }

    private Outcome attempt(Request request) throws InterruptedException {
        var destination = destinations.find(request.destination()).orElse(null);
        if (destination == null) {
            return new Outcome.Final(ErrorCode.NO_RESOURCE, "no API destination " + request.destination(), null);
        }
        var connection = connections.find(destination.connectionArn()).orElse(null);
        if (connection == null) {
            return new Outcome.Final(ErrorCode.NO_RESOURCE, "no connection " + destination.connectionArn(), null);
        }
        var credentials = connections.credentials(connection);
        if (credentials == null || connection.state() != Connection.State.AUTHORIZED) {
            return new Outcome.Retryable(
                    ErrorCode.SDK_CLIENT_ERROR,
                    "the connection " + connection.name() + " is " + connection.state(),
                    null,
                    null);
        }
        var turn = limits.computeIfAbsent(destination.arn(), arn -> new RateLimit())
                .reserve(ticker.nanos(), destination.ratePerSecond(), config.maxRateWait());
        if (turn.isEmpty()) {
            return new Outcome.Retryable(
                    ErrorCode.THROTTLING,
                    "more than " + destination.ratePerSecond() + " invocations per second",
                    null,
                    null);
        }
        if (turn.get().isPositive()) {
            pause.sleep(turn.get());
        }
        if (!(credentials.authorization() instanceof Authorization.OAuth oauth)) {
            return send(request, destination, connection, credentials, null);
        }
        return switch (tokens.token(connection, oauth)) {
            case Tokens.Grant.Granted(String token) -> send(request, destination, connection, credentials, token);
            case Tokens.Grant.Refused(String reason) ->
                new Outcome.Retryable(
                        ErrorCode.SDK_CLIENT_ERROR, "no token from " + place(oauth) + ": " + reason, null, null);
            case Tokens.Grant.Unavailable(String reason) ->
                new Outcome.Retryable(
                        ErrorCode.CONNECTION_FAILURE, "no token from " + place(oauth) + ": " + reason, null, null);
        };
    }

    private static String place(Authorization.OAuth oauth) {
        return Endpoint.withoutQuery(oauth.endpoint());
    }

    private Outcome send(
            Request request,
            Destination destination,
            Connection connection,
            Credentials credentials,
            @Nullable String token)
            throws InterruptedException {
        HttpRequest message;
        try {
            message = RequestMaker.delivery(
                    destination,
                    credentials,
                    token,
                    request.parameters(),
                    request.payload(),
                    config.forwardTrace() ? request.trace() : null);
        } catch (IllegalArgumentException e) {
            return new Outcome.Final(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()), null);
        }
        var place = destination.method() + ' ' + Endpoint.withoutQuery(destination.endpoint());
        return switch (http.call(message)) {
            case HttpCaller.Result.TimedOut(String reason) ->
                new Outcome.Retryable(ErrorCode.TIMEOUT, place + ": " + reason, null, null);
            case HttpCaller.Result.Unreachable(String reason) ->
                new Outcome.Retryable(ErrorCode.CONNECTION_FAILURE, place + ": " + reason, null, null);
            case HttpCaller.Result.Forbidden(String reason) ->
                new Outcome.Final(ErrorCode.CONNECTION_FAILURE, place + ": " + reason, null);
            case HttpCaller.Result.Answer answer -> {
                if (token != null && (answer.status() == 401 || answer.status() == 407)) {
                    tokens.refused(connection, token);
                }
                yield judged(answer.status(), answer.headers(), place);
            }
        };
    }

    private Outcome judged(int status, HttpHeaders headers, String place) {
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(status);
        }
        var reason = place + ": HTTP " + status;
        var code = status == 429 ? ErrorCode.THROTTLING : ErrorCode.ERROR_FROM_TARGET;
        boolean retryable = status >= 500 || status == 401 || status == 407 || status == 409 || status == 429;
        if (!retryable) {
            return new Outcome.Final(code, reason, status);
        }
        var wait = headers.firstValue("Retry-After").flatMap(this::duration).orElse(null);
        return wait != null && wait.isNegative()
                ? new Outcome.Final(code, reason + ", not to be retried", status)
                : new Outcome.Retryable(code, reason, status, wait);
    }

    /** Seconds, or the date of an HTTP header; anything else is nothing. */
    private Optional<Duration> duration(String retryAfter) {
        try {
            var wait = retryAfter.matches("-?\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : untilDate(retryAfter);
            return Optional.of(wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** A date that is past means now. */
    private Duration untilDate(String date) {
        var wait = Duration.between(
                time.instant(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())));
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
