// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Line;
import dev.clew.cli.terminal.Numbers;
import dev.clew.cli.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws a trace: its facts, its rows as a tree beside bars on a time axis, and its critical path. */
public final class Waterfall {
    private static final String SEPARATOR = " · ";
    private static final int MIN_FACT = 10;
    private static final int MAX_REMARK_LINES = 4;
    private static final int MIN_TEXT = 12;

    private final Screen screen;
    private final Story story;
    private final Columns columns;
    private final Axis axis;
    private final List<String> lines = new ArrayList<>();

    private Waterfall(Screen screen, Story story, Columns columns) {
        this.screen = screen;
        this.story = story;
        this.columns = columns;
        this.axis = new Axis(columns.axis(), story.first(), story.last());
    }

    /** The lines of {@code trace}, none wider than {@code screen}. */
    public static List<String> draw(Trace trace, Screen screen) {
        var story = Story.of(trace);
        if (story.rows().isEmpty()) {
            return List.of(screen.line("Trace " + trace.id() + " has no documents.", Ink.PLAIN));
        }
        var columns = Columns.of(screen.width(), story.rows());
        var rows = Chains.shortened(story.rows(), columns.name() - 1);
        return new Waterfall(screen, story, Columns.of(screen.width(), rows)).draw(rows);
    }

    private List<String> draw(List<Row> rows) {
        lines.addAll(Heading.of(story, screen));
        scale();
        for (var row : rows) {
            draw(row, "", "", 0);
        }
        criticalPath();
        return List.copyOf(lines);
    }

    private void scale() {
        var line = screen.line();
        story.request().ifPresent(root -> {
            var answer = root.status() == 0 ? "" : " → " + root.status();
            int room = (columns.axis() > 0 ? columns.axisStart() - 1 : screen.width()) - Cells.width(answer);
            var request = root.http().method() + ' ' + root.http().url();
            if (Cells.width(request) > room) {
                request = root.http().method()
                        + ' '
                        + Kinds.withoutHost(root.http().url());
            }
            line.addWithin(room, request, Ink.PLAIN).add(answer, root.outcome().ink());
        });
        if (columns.axis() > 0) {
            line.pad(columns.axisStart()).add(axis.ticks(), Ink.DIM);
        }
        if (line.width() > 0) {
            lines.add(screen.show(line));
        }
    }

    /**
     * @param guides what stands before this row's label
     * @param below what stands before its children's guides
     */
    private void draw(Row row, String guides, String below, int depth) {
        if (row.role() == Row.Role.REFUSAL) {
            refusal(row, guides, below);
            return;
        }
        var line = screen.line();
        line.add(elided(guides), Ink.DIM)
                .addWithin(columns.name() - 1 - line.width(), Columns.label(row), labelInk(row))
                .pad(columns.name());
        if (columns.kind() > 0) {
            line.addWithin(columns.kind() - 1, row.kind(), Ink.DIM).pad(columns.name() + columns.kind());
        }
        line.add(row.outcome().sign(), row.outcome().ink());
        int durationEnd = columns.name() + columns.kind() + Columns.DURATION;
        line.addRight(durationEnd, duration(row), Ink.PLAIN);
        if (columns.axis() > 0) {
            bar(line, row);
            facts(line, row);
        }
        lines.add(screen.show(line));
        boolean hasChildren = !row.children().isEmpty();
        if (!row.remark().isEmpty()) {
            remark(row, elided(below) + (hasChildren ? "│ " : "  "));
        }
        for (int i = 0; i < row.children().size(); i++) {
            boolean last = i == row.children().size() - 1;
            draw(row.children().get(i), below + (last ? "└ " : "├ "), below + (last ? "  " : "│ "), depth + 1);
        }
    }

    /** Guides deeper than half of the column say how deep instead. */
    private String elided(String guides) {
        int room = Math.max(4, columns.name() - MIN_TEXT);
        if (guides.length() <= room) {
            return guides;
        }
        var depth = "⋯" + guides.length() / 2 + ' ';
        return depth + guides.substring(guides.length() - Math.max(2, room - depth.length()));
    }

    private static Ink labelInk(Row row) {
        return row.outcome() == Outcome.OK
                ? (row.role() == Row.Role.HOP ? Ink.BOLD : Ink.PLAIN)
                : row.outcome().ink();
    }

    private static String duration(Row row) {
        var end = row.end();
        return end == null ? "…" : Numbers.duration(end - Math.min(row.asked(), row.start()));
    }

    private void bar(Line line, Row row) {
        var bar = axis.bar(row);
        int work = bar.lastIndexOf('░') + 1;
        line.pad(columns.axisStart())
                .add(bar.substring(0, work), Ink.DIM)
                .add(bar.substring(work), row.outcome().ink());
    }

    private void facts(Line line, Row row) {
        var facts = row.facts().entrySet().stream()
                .map(fact -> fact.getKey() + '=' + fact.getValue())
                .collect(Collectors.joining("  "));
        if (!facts.isEmpty() && line.room() >= MIN_FACT + 2) {
            line.add("  ").add(facts, Ink.NOTE);
        }
    }

    private void refusal(Row row, String guides, String below) {
        var prefix = elided(guides);
        var times = row.count() > 1 ? " ×" + row.count() : "";
        fold(prefix, "⊘ " + row.label() + times + "  " + row.remark(), elided(below) + "  ", Ink.FAULT);
    }

    private void remark(Row row, String indent) {
        var sign = row.outcome() == Outcome.OK ? "· " : row.outcome().sign() + ' ';
        fold(
                indent,
                sign + row.remark(),
                indent + "  ",
                row.outcome() == Outcome.OK ? Ink.DIM : row.outcome().ink());
    }

    /** Breaks {@code text} between words over a few lines; only the last of them may be cut. */
    private void fold(String first, String text, String next, Ink ink) {
        var rest = Cells.printable(text).strip();
        for (int i = 1; !rest.isEmpty(); i++) {
            var line = screen.line().add(i == 1 ? first : next, Ink.DIM);
            int room = line.room();
            if (i == MAX_REMARK_LINES || Cells.width(rest) <= room || room < MIN_TEXT) {
                lines.add(screen.show(line.add(rest, ink)));
                return;
            }
            int cut = Cells.fit(rest, room).length() - 1;
            int blank = rest.lastIndexOf(' ', cut);
            int end = blank > 0 ? blank : cut;
            lines.add(screen.show(line.add(rest.substring(0, end), ink)));
            rest = rest.substring(end).strip();
        }
    }

    private void criticalPath() {
        var path = story.path();
        if (path.size() < 2) {
            return;
        }
        boolean seconds = story.last() - story.first() >= 9_995_000;
        double unit = seconds ? 1e6 : 1e3;
        var names = path.stream()
                .map(CriticalPath.Step::name)
                .filter(name -> !CriticalPath.IDLE.contains(name) && name.indexOf('/') < 0)
                .distinct()
                .toList();
        var steps = path.stream()
                .filter(step -> Math.round(step.micros() / unit * (seconds ? 10 : 1)) > 0)
                .map(step -> shown(step.name(), names) + ' ' + amount(step.micros() / unit, seconds))
                .collect(Collectors.joining(SEPARATOR));
        fold("", "critical path (" + (seconds ? "s" : "ms") + "): " + steps, "  ", Ink.DIM);
    }

    private static String amount(double value, boolean seconds) {
        return seconds ? Double.toString(Math.round(value * 10) / 10.0) : Long.toString(Math.round(value));
    }

    /** A stage is the API to a reader. */
    private static String shown(String name, List<String> names) {
        if (CriticalPath.IDLE.contains(name)) {
            return name;
        }
        return name.indexOf('/') > 0 ? "api" : CriticalPath.shortened(name, names);
    }
}
