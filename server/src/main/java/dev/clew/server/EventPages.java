// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.events.story.EventOutcome;
import dev.clew.events.story.EventQuery;
import dev.clew.events.story.EventStories;
import dev.clew.events.story.Redrive;
import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import dev.clew.wire.http.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of events: {@code GET /_clew/events} searches, {@code GET /_clew/events/ID} tells one story, and
 * {@code POST /_clew/events/redrive} has failed deliveries made again.
 */
final class EventPages implements HttpHandler {
    static final String PATH = "/_clew/events";

    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Duration LOOK_BACK = Duration.ofHours(1);
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_REDRIVEN = 1_000;
    private static final Set<String> PARAMETERS =
            Set.of("bus", "source", "detail-type", "since", "until", "outcome", "limit", "next");

    private final EventStories stories;
    private final Redrive redrive;
    private final InstantSource time;

    EventPages(EventStories stories, Redrive redrive, InstantSource time) {
        this.stories = stories;
        this.redrive = redrive;
        this.time = time;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        try {
            var rest = request.path().substring(PATH.length());
            return switch (rest) {
                case "", "/" -> request.method().equals("GET") ? search(request) : only("GET");
                case "/redrive" -> request.method().equals("POST") ? redrive(request) : only("POST");
                default -> request.method().equals("GET") ? story(rest.substring(1)) : only("GET");
            };
        } catch (IllegalArgumentException | JacksonException | Parameters.TooManyException wrong) {
            return problem(
                    400, String.valueOf(wrong.getMessage()).lines().findFirst().orElse("not understood"));
        }
    }

    private HttpResponse search(HttpRequest request) {
        var parameters = parameters(request.query());
        var until = instant(parameters, "until", time.instant().plusSeconds(1));
        var query = new EventQuery(
                parameters.get("bus"),
                parameters.get("source"),
                parameters.get("detail-type"),
                instant(parameters, "since", until.minus(LOOK_BACK)),
                until,
                outcome(parameters.get("outcome")),
                limit(parameters.get("limit")),
                parameters.get("next"));
        return HttpResponse.text(200, JSON, EventJson.page(stories.search(query)));
    }

    private static Map<String, String> parameters(String query) {
        var values = new HashMap<String, String>();
        for (var parameter : Parameters.parse(query, PARAMETERS.size()).list()) {
            if (!PARAMETERS.contains(parameter.name())) {
                throw new IllegalArgumentException(
                        parameter.name() + ": unknown (expected: one of " + String.join(", ", PARAMETERS) + ")");
            }
            if (!parameter.value().isEmpty()) {
                values.put(parameter.name(), parameter.value());
            }
        }
        return values;
    }

    private static Instant instant(Map<String, String> parameters, String name, Instant otherwise) {
        var text = parameters.get(name);
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' (expected: like 2026-08-07T10:00:00Z)", e);
        }
    }

    private static @Nullable EventOutcome outcome(@Nullable String word) {
        return word == null
                ? null
                : EventOutcome.parse(word)
                        .orElseThrow(() -> new IllegalArgumentException("outcome: '" + word + "' (expected: one of "
                                + String.join(
                                        ", ",
                                        List.of(EventOutcome.values()).stream()
                                                .map(EventOutcome::word)
                                                .toList())
                                + ")"));
    }

    private static int limit(@Nullable String text) {
        try {
            return text == null ? DEFAULT_LIMIT : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("limit: '" + text + "' (expected: 1 to " + EventQuery.MOST + ")", e);
        }
    }

    private HttpResponse story(String id) {
        return stories.story(uuid(id))
                .map(story -> HttpResponse.text(200, JSON, EventJson.story(story)))
                .orElseGet(() -> problem(404, "there is no event " + id + ", or it is past retention"));
    }

    private static UUID uuid(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("event: '" + text + "' (expected: an event's id)");
        }
        return UUID.fromString(text);
    }

    private HttpResponse redrive(HttpRequest request) {
        var asked = MAPPER.readTree(request.text());
        var event = text(asked, "event");
        var rule = text(asked, "rule");
        if ((event == null) == (rule == null)) {
            throw new IllegalArgumentException("one of event (an id) and rule (an ARN) is needed");
        }
        if (event != null) {
            var id = uuid(event);
            return stories.story(id).isEmpty()
                    ? problem(404, "there is no event " + event + ", or it is past retention")
                    : json(200, Map.of("redriven", redrive.event(id)));
        }
        int limit = asked.path("limit").asInt(MOST_REDRIVEN);
        if (limit < 1 || limit > MOST_REDRIVEN) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MOST_REDRIVEN + ")");
        }
        return json(200, Map.of("redriven", redrive.rule(String.valueOf(rule), limit)));
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isString() ? node.path(name).asString() : null;
    }

    private static HttpResponse json(int status, Object value) {
        return HttpResponse.text(status, JSON, MAPPER.writeValueAsString(value));
    }

    private static HttpResponse problem(int status, String message) {
        return json(status, Map.of("message", message));
    }

    private static HttpResponse only(String method) {
        return HttpResponse.empty(405, HttpHeaders.of("Allow", method));
    }
}
