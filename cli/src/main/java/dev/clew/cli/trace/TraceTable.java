// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Line;
import dev.clew.cli.terminal.Numbers;
import dev.clew.cli.terminal.Screen;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traces as a table, newest first: when, which, how long, how it ended, what it was. */
final class TraceTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM HH:mm:ss");
    private static final int ID = 35;
    private static final int DURATION = 8;
    private static final int WORDY = 100;
    private static final int WORD = 11;
    private static final int ROOT = 44;

    private final Screen screen;
    private final ZoneId zone;
    private final DateTimeFormatter time;
    private final int timeWidth;

    private TraceTable(Screen screen, ZoneId zone, boolean manyDays) {
        this.screen = screen;
        this.zone = zone;
        this.time = manyDays ? DAY : TIME;
        this.timeWidth = manyDays ? 15 : 8;
    }

    static List<String> draw(List<Summary> summaries, Screen screen, ZoneId zone) {
        long days = summaries.stream()
                .map(summary -> summary.start().atZone(zone).toLocalDate())
                .distinct()
                .count();
        var table = new TraceTable(screen, zone, days > 1);
        var lines = new ArrayList<String>();
        lines.add(table.head());
        summaries.forEach(summary -> lines.add(table.row(summary)));
        return lines;
    }

    private String head() {
        var line = screen.line().add("started", Ink.DIM);
        line.pad(timeWidth + 1).add("trace", Ink.DIM);
        int column = idEnd() + 1 + DURATION;
        line.addRight(column, "whole", Ink.DIM).addRight(column + 1 + DURATION, "answer", Ink.DIM);
        line.pad(statusStart())
                .add(wordy() ? "status" : "", Ink.DIM)
                .pad(rootStart())
                .add("root", Ink.DIM);
        return screen.show(line);
    }

    private String row(Summary summary) {
        var outcome = summary.outcome();
        var line = screen.line()
                .add(time.format(summary.start().atZone(zone)), Ink.DIM)
                .pad(timeWidth + 1)
                .add(summary.id())
                .addRight(idEnd() + 1 + DURATION, duration(summary.duration()), Ink.PLAIN)
                .addRight(idEnd() + 2 * (1 + DURATION), duration(summary.response()), Ink.PLAIN)
                .pad(statusStart())
                .add(status(outcome), outcome.ink())
                .pad(rootStart());
        return screen.show(described(line, summary));
    }

    private Line described(Line line, Summary summary) {
        var root = Kinds.withoutHost(summary.root());
        int blank = summary.root().indexOf(' ');
        if (blank > 0) {
            root = summary.root().substring(0, blank + 1) + path(summary.root().substring(blank + 1));
        }
        var facts = TraceReader.facts(summary.annotations());
        boolean beside = line.room() >= ROOT + 20 && !facts.isEmpty();
        line.addWithin(beside ? ROOT : line.room(), root, Ink.PLAIN);
        return beside ? line.add("  ").add(facts, Ink.NOTE) : line;
    }

    /** In a list of one server's traces the host says nothing; the path does. */
    private static String path(String url) {
        var shown = Kinds.withoutHost(url);
        int path = shown.indexOf("://…/");
        return path > 0 ? shown.substring(path + 4) : url;
    }

    private String status(Outcome outcome) {
        if (!wordy()) {
            return outcome == Outcome.OK ? outcome.word() : outcome.sign();
        }
        return outcome == Outcome.OK ? outcome.word() : outcome.sign() + ' ' + outcome.word();
    }

    private static String duration(@Nullable Long micros) {
        var text = micros == null ? "…" : Numbers.duration(micros);
        return Cells.fit(text, DURATION);
    }

    private boolean wordy() {
        return screen.width() >= WORDY;
    }

    private int idEnd() {
        return timeWidth + 1 + ID;
    }

    private int statusStart() {
        return idEnd() + 2 * (1 + DURATION) + 2;
    }

    private int rootStart() {
        return statusStart() + (wordy() ? WORD + 2 : 3);
    }
}
