// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Numbers;
import dev.clew.cli.terminal.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The story of an event from top to bottom: where it came from; each rule that matched, with the attempts at its targets, their
 * waits and what ended them; the rules that did not, with the first clause that failed; and what to do next.
 */
final class StoryDrawing {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int MISSES = 5;
    private static final long MICROS_PER_MILLI = 1_000;

    private final Screen screen;
    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    StoryDrawing(Screen screen, ZoneId zone) {
        this.screen = screen;
        this.zone = zone;
    }

    List<String> draw(JsonNode story) {
        var id = text(story, "id");
        for (var arrival : story.path("arrivals")) {
            arrival(id, arrival);
        }
        next(id, story.path("arrivals"));
        return List.copyOf(lines);
    }

    private void arrival(String id, JsonNode arrival) {
        var outcome = text(arrival, "outcome");
        lines.add(screen.show(screen.line()
                .add(id, Ink.BOLD)
                .add("  " + text(arrival, "detail-type") + " from " + text(arrival, "source") + " · ")
                .add(Outcomes.signed(outcome), Outcomes.ink(outcome))));
        lines.add(screen.show(screen.line()
                .add(time(arrival, "accepted"), Ink.DIM)
                .add("  on bus " + text(arrival, "bus") + " by " + Ids.shortName(text(arrival, "via")))
                .add(text(arrival, "trace").isEmpty() ? "" : " · trace " + text(arrival, "trace"), Ink.DIM)));
        switch (outcome) {
            case "dropped" -> wrapped("⊘ dropped: there is no bus " + text(arrival, "bus"), 2, Ink.FAULT);
            case "unmatched" ->
                wrapped("⊘ unmatched: no rule of bus " + text(arrival, "bus") + " wanted it", 2, Ink.FAULT);
            case "untargeted" -> wrapped("⊘ the rules that matched had no targets", 2, Ink.FAULT);
            default -> arrival.path("deliveries").forEach(this::delivery);
        }
        misses(arrival.path("missed"));
    }

    private void delivery(JsonNode delivery) {
        var state = text(delivery, "outcome");
        lines.add(screen.show(screen.line()
                .add("  " + Ids.shortName(text(delivery, "rule")) + " → ")
                .add(Ids.shortName(text(delivery, "target")), Ink.BOLD)
                .add("  ")
                .add(Outcomes.signed(state), Outcomes.ink(state))));
        delivery.path("attempts").forEach(this::step);
        var next = text(delivery, "next");
        if (!next.isEmpty()) {
            lines.add(screen.line("    next attempt at " + time(delivery, "next"), Ink.PROGRESS));
        }
    }

    private void step(JsonNode step) {
        var outcome = text(step, "outcome");
        var letter = outcome.startsWith("letter") || outcome.equals("dead-lettered");
        var line = screen.line().add("    ").add(time(step, "time"), Ink.DIM);
        if (outcome.equals("redriven")) {
            lines.add(screen.show(line.add("  redriven: its limits count anew", Ink.PROGRESS)));
            return;
        }
        line.add(
                        letter
                                ? "  dead letter → " + Ids.shortName(text(step, "target"))
                                : "  attempt " + step.path("attempt").asInt())
                .add("  waited " + Numbers.duration(step.path("wait-ms").asLong() * MICROS_PER_MILLI), Ink.DIM)
                .add("  took " + took(step), Ink.DIM)
                .add("  ");
        var sign = outcome.equals("dead-lettered") ? "delivered" : outcome;
        line.add(Outcomes.signed(sign), Outcomes.ink(sign));
        lines.add(screen.show(line));
        var reason = text(step, "reason");
        if (!reason.isEmpty() && !outcome.equals("dead-lettered")) {
            var exhausted = text(step, "exhausted");
            wrapped(
                    text(step, "code") + ": " + reason + (exhausted.isEmpty() ? "" : " (" + exhausted + " reached)"),
                    6,
                    Outcomes.ink(outcome));
        }
    }

    private static String took(JsonNode step) {
        var length = Duration.between(Instant.parse(text(step, "time")), Instant.parse(text(step, "end")));
        return Numbers.duration(Math.max(0, length.toNanos() / 1_000));
    }

    private void misses(JsonNode misses) {
        if (misses.isEmpty()) {
            return;
        }
        lines.add(screen.line("  rules that did not match, compared as they are now:", Ink.DIM));
        int shown = 0;
        for (var miss : misses) {
            if (shown++ == MISSES) {
                lines.add(screen.line("    and " + (misses.size() - MISSES) + " more; see --json", Ink.DIM));
                return;
            }
            var clauses = miss.path("clauses").asInt();
            wrapped(
                    "⊘ " + text(miss, "rule") + ": " + text(miss, "why")
                            + (clauses > 1
                                    ? " (" + miss.path("held").asInt() + " of " + clauses + " clauses hold)"
                                    : ""),
                    4,
                    Ink.PLAIN);
        }
    }

    private void next(String id, JsonNode arrivals) {
        var steps = new ArrayList<String>();
        boolean failed = arrivals.valueStream()
                .flatMap(arrival -> arrival.path("deliveries").valueStream())
                .map(delivery -> text(delivery, "outcome"))
                .anyMatch(state -> state.equals("failed") || state.equals("dead-lettered"));
        arrivals.valueStream()
                .map(arrival -> text(arrival, "trace"))
                .filter(trace -> !trace.isEmpty())
                .findFirst()
                .ifPresent(trace -> steps.add("clew trace " + trace));
        if (failed) {
            steps.add("clew redrive " + id);
        }
        if (!steps.isEmpty()) {
            wrapped("next: " + String.join(" · ", steps), 0, Ink.NOTE);
        }
    }

    /** {@code text} over as many lines as it needs, each indented; words break only if they are longer than a line. */
    private void wrapped(String text, int indent, Ink ink) {
        int width = Math.max(16, screen.width() - indent);
        var line = new StringBuilder();
        for (var word : Cells.printable(text).split(" ")) {
            if (!line.isEmpty() && Cells.width(line.toString()) + 1 + Cells.width(word) > width) {
                lines.add(screen.line(" ".repeat(indent) + line, ink));
                line.setLength(0);
                line.append("  ");
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(screen.line(" ".repeat(indent) + line, ink));
    }

    private String time(JsonNode node, String name) {
        return TIME.format(Instant.parse(text(node, name)).atZone(zone));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
