// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.story;

import dev.clew.core.Check;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Heading;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are looked for; null asks for all.
 *
 * @param bus name or ARN
 * @param source exactly
 * @param detailType exactly
 * @param since when they came, inclusive
 * @param until exclusive
 * @param limit 1 to 1000
 * @param next from the page before
 */
public record EventQuery(
        @Nullable String bus,
        @Nullable String source,
        @Nullable String detailType,
        Instant since,
        Instant until,
        @Nullable EventOutcome outcome,
        int limit,
        @Nullable String next) {
    public static final int MOST = 1_000;

    /** @throws IllegalArgumentException that names what is out of bounds */
    public EventQuery {
        Check.inRange("limit", limit, 1, MOST);
        Check.argument(!until.isBefore(since), "until: " + until + " (expected: not before since)");
        if (next != null) {
            parse(next);
        }
    }

    boolean mayBe(Heading heading) {
        return (bus == null || bus.equals(heading.bus()) || bus.equals(arn(heading)))
                && (source == null || source.equals(heading.source()))
                && (detailType == null || detailType.equals(heading.detailType()));
    }

    private static String arn(Heading heading) {
        return "arn:aws:events:" + heading.scope().region() + ':'
                + heading.scope().account() + ":event-bus/" + heading.bus();
    }

    AcceptedEvent.@Nullable Key after() {
        return next == null ? null : parse(next);
    }

    static String token(AcceptedEvent.Key key) {
        var text = key.accepted().toEpochMilli() + "/" + key.id() + "/" + key.arrival();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static AcceptedEvent.Key parse(String token) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("/", 3);
            if (parts.length == 3) {
                return new AcceptedEvent.Key(
                        UUID.fromString(parts[1]),
                        UUID.fromString(parts[2]),
                        Instant.ofEpochMilli(Long.parseLong(parts[0])));
            }
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            // told below
        }
        throw new IllegalArgumentException("next: '" + token + "' (expected: what the page before said)");
    }
}
