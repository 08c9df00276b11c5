// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Screen;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events as a table, newest first: when, which, how it ended, what it is, and why if it went wrong. */
final class EventTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM HH:mm:ss");
    private static final int ID = 36;
    private static final int STATUS = 15;

    private EventTable() {}

    static List<String> draw(List<JsonNode> events, Screen screen, ZoneId zone) {
        long days = events.stream()
                .map(event -> accepted(event).atZone(zone).toLocalDate())
                .distinct()
                .count();
        var time = days > 1 ? DAY : TIME;
        int id = (days > 1 ? 15 : 8) + 1;
        int status = id + ID + 2;
        int what = status + STATUS + 1;
        var lines = new ArrayList<String>();
        lines.add(screen.show(screen.line()
                .add("came", Ink.DIM)
                .pad(id)
                .add("event", Ink.DIM)
                .pad(status)
                .add("status", Ink.DIM)
                .pad(what)
                .add("what", Ink.DIM)));
        for (var event : events) {
            var outcome = event.path("outcome").asString("");
            var line = screen.line()
                    .add(time.format(accepted(event).atZone(zone)), Ink.DIM)
                    .pad(id)
                    .add(event.path("id").asString(""))
                    .pad(status)
                    .add(Outcomes.signed(outcome), Outcomes.ink(outcome))
                    .pad(what)
                    .add(event.path("detail-type").asString("") + " from "
                            + event.path("source").asString(""))
                    .add(" on " + event.path("bus").asString(""), Ink.DIM);
            var cause = event.path("cause").asString("");
            if (!cause.isEmpty()) {
                line.add("  " + cause, Ink.NOTE);
            }
            lines.add(screen.show(line));
        }
        return lines;
    }

    private static Instant accepted(JsonNode event) {
        return Instant.parse(event.path("accepted").asString(""));
    }
}
