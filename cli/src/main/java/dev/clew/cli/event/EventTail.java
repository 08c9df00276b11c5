// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.Clew;
import dev.clew.cli.server.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Events as they come, oldest first: each once it is decided what became of it, or when that takes longer, and again when it ends
 * otherwise.
 */
public final class EventTail {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** What is not decided by then is shown as it stands. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Clocks of client and server may differ by so much. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 10_000;
    private static final Set<String> UNDECIDED = Set.of("pending", "retrying");

    private final Clew clew;
    private final EventApi api;
    private final String bus;
    private final boolean json;
    /** The outcomes that were shown, by event and bus. */
    private final Map<String, String> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };
    /** When those came that were not decided when last seen. */
    private final Map<String, Instant> undecided = new HashMap<>();

    private int rows;
    private boolean headed;

    /** @param bus name or ARN of the only bus to follow; "" for all */
    public EventTail(Clew clew, RunningServer server, String bus, boolean json) {
        this.clew = clew;
        api = new EventApi(server);
        this.bus = bus;
        this.json = json;
    }

    /**
     * Follows until interrupted.
     *
     * @param count ends after so many rows; null for no end
     * @param length ends after this time; null for no end
     */
    public void follow(@Nullable Integer count, @Nullable Duration length) throws InterruptedException {
        var time = clew.surroundings().time();
        var begin = time.instant();
        while (!(count != null && rows >= count)
                && !(length != null && !time.instant().isBefore(begin.plus(length)))) {
            var now = time.instant();
            for (var event : read(since(begin, now), now)) {
                if (count == null || rows < count) {
                    look(event, now);
                }
            }
            clew.surroundings().pause().last(POLL);
        }
    }

    /** Far enough back for whatever may have changed. */
    private Instant since(Instant begin, Instant now) {
        var since = now.minus(OVERLAP);
        for (var came : undecided.values()) {
            since = came.isBefore(since) ? came : since;
        }
        var oldest = now.minus(LONGEST);
        since = since.isBefore(oldest) ? oldest : since;
        return since.isBefore(begin) ? begin : since;
    }

    private List<JsonNode> read(Instant since, Instant now) {
        undecided.values().removeIf(came -> came.isBefore(since));
        var events = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = api.search(Map.of(
                    "bus",
                    bus,
                    "since",
                    since.toString(),
                    "until",
                    now.plus(OVERLAP).toString(),
                    "limit",
                    "1000",
                    "next",
                    next));
            page.path("events").forEach(events::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty() && events.size() < MOST);
        return events.reversed();
    }

    private void look(JsonNode event, Instant now) {
        var key = event.path("id").asString("") + '@' + event.path("bus").asString("");
        var outcome = event.path("outcome").asString("");
        var came = Instant.parse(event.path("accepted").asString(""));
        if (UNDECIDED.contains(outcome)) {
            undecided.put(key, came);
            if (now.isBefore(came.plus(PATIENCE))) {
                return;
            }
        } else {
            undecided.remove(key);
        }
        if (!outcome.equals(shown.put(key, outcome))) {
            show(event);
        }
    }

    private void show(JsonNode event) {
        rows++;
        var out = clew.surroundings().out();
        if (json) {
            out.println(event);
        } else {
            var lines = EventTable.draw(
                    List.of(event), clew.screen(), clew.surroundings().zone());
            lines.subList(headed ? 1 : 0, lines.size()).forEach(out::println);
            headed = true;
        }
        out.flush();
    }
}
