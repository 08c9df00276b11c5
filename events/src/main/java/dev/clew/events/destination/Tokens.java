// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens that authorization endpoints granted, in memory until they expire or are refused. One request at a time for each
 * connection, however many deliveries wait for its answer. Safe for use by many threads.
 */
final class Tokens {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration EARLY = Duration.ofSeconds(30); // a token must still hold when the request arrives
    private static final Duration LONGEST = Duration.ofDays(1);

    private final HttpCaller http;
    private final InstantSource time;
    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();

    Tokens(HttpCaller http, InstantSource time) {
        this.http = http;
        this.time = time;
    }

    /** What asking for a token came to. */
    sealed interface Grant {
        /** {@code toString} leaves the token out. */
        record Granted(String token) implements Grant {
            @Override
            public String toString() {
                return "Granted[…]";
            }
        }

        /** The endpoint does not know this client, or talks nonsense. */
        record Refused(String reason) implements Grant {}

        /** The endpoint could not be asked. */
        record Unavailable(String reason) implements Grant {}
    }

    /** A connection's token, and the credentials it was granted for: others need another. */
    private record Held(String token, String sealed, Instant until) {}

    private static final class Slot {
        final ReentrantLock asking = new ReentrantLock();
        volatile @Nullable Held held;
    }

    /** A token that holds, asked for if there is none. */
    Grant token(Connection connection, Authorization.OAuth oauth) throws InterruptedException {
        var slot = slots.computeIfAbsent(connection.id(), id -> new Slot());
        slot.asking.lockInterruptibly();
        try {
            var held = slot.held;
            if (held != null
                    && held.sealed().equals(connection.sealed())
                    && time.instant().isBefore(held.until())) {
                return new Grant.Granted(held.token());
            }
            return ask(slot, connection, oauth);
        } finally {
            slot.asking.unlock();
        }
    }

    /** Lets go of {@code token}, which an endpoint did not accept; one that was granted meanwhile stays. */
    void refused(Connection connection, String token) {
        var slot = slots.get(connection.id());
        if (slot != null) {
            slot.asking.lock();
            try {
                var held = slot.held;
                if (held != null && held.token().equals(token)) {
                    slot.held = null;
                }
            } finally {
                slot.asking.unlock();
            }
        }
    }

    /** Lets go of everything about a connection. */
    void forget(Connection connection) {
        slots.remove(connection.id());
    }

    private Grant ask(Slot slot, Connection connection, Authorization.OAuth oauth) throws InterruptedException {
        HttpCaller.Result result;
        try {
            result = http.call(RequestMaker.token(oauth));
        } catch (IllegalArgumentException e) {
            return new Grant.Refused(String.valueOf(e.getMessage()));
        }
        return switch (result) {
            case HttpCaller.Result.TimedOut(String reason) -> new Grant.Unavailable(reason);
            case HttpCaller.Result.Unreachable(String reason) -> new Grant.Unavailable(reason);
            case HttpCaller.Result.Forbidden(String reason) -> new Grant.Refused(reason);
            case HttpCaller.Result.Answer answer -> {
                if (answer.status() == 429 || answer.status() >= 500) {
                    yield new Grant.Unavailable("HTTP " + answer.status());
                }
                if (answer.status() != 200 && answer.status() != 201) {
                    yield new Grant.Refused("HTTP " + answer.status());
                }
                var held = held(answer.body(), String.valueOf(connection.sealed()));
                slot.held = held;
                yield held == null
                        ? new Grant.Refused("the answer holds no access_token")
                        : new Grant.Granted(held.token());
            }
        };
    }

    private @Nullable Held held(byte[] body, String sealed) {
        try {
            var answer = JSON.readTree(body);
            var token = answer.path("access_token").asString("");
            long seconds = answer.path("expires_in").asLong(LONGEST.toSeconds());
            var lifetime = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST.toSeconds()));
            return token.isEmpty()
                    ? null
                    : new Held(token, sealed, time.instant().plus(lifetime).minus(EARLY));
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
