// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Line;
import dev.clew.cli.terminal.Numbers;
import dev.clew.cli.terminal.Screen;
import dev.clew.cli.trace.Kinds;
import dev.clew.cli.trace.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws a service map from left to right as a tree of calls, each service once with its figures; a call that leads back to
 * one already drawn points there. A tree and not boxes in layers: real names would not fit 80 columns side by side.
 */
final class MapDrawing {
    private static final int KIND = 8;
    private static final int CALLS = 7;
    private static final int TIME = 9;
    private static final int OK = 7;
    private static final int FIGURES = KIND + CALLS + 2 * TIME + OK;
    private static final int MIN_NAME = 20;
    private static final int SHARES = 10;
    private static final int WIDE = 100;

    private final Screen screen;
    private final ServiceMap map;
    private final int name;
    private final boolean figures;
    private final Set<Integer> drawn = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    private MapDrawing(Screen screen, ServiceMap map) {
        this.screen = screen;
        this.map = map;
        this.figures = screen.width() >= FIGURES + MIN_NAME;
        int shares = screen.width() >= WIDE ? SHARES + 2 : 0;
        this.name = figures ? Math.min(screen.width() - FIGURES - shares, 58) : screen.width();
    }

    /** The lines of {@code map}, none wider than {@code screen}; a heading first. */
    static List<String> draw(ServiceMap map, Screen screen) {
        var drawing = new MapDrawing(screen, map.withFunctionsMerged());
        drawing.head();
        drawing.map.entries().forEach(entry -> drawing.draw(entry, null, "", ""));
        return List.copyOf(drawing.lines);
    }

    private void head() {
        var line = screen.line().add("service", Ink.DIM);
        if (figures) {
            line.pad(name).add("kind", Ink.DIM);
            int column = name + KIND + CALLS;
            line.addRight(column, "calls", Ink.DIM)
                    .addRight(column + TIME, "average", Ink.DIM)
                    .addRight(column + 2 * TIME, "median", Ink.DIM)
                    .addRight(column + 2 * TIME + OK, "ok", Ink.DIM);
        }
        lines.add(screen.show(line));
    }

    private void draw(ServiceMap.Node node, ServiceMap.@Nullable Edge by, String guides, String below) {
        boolean again = !drawn.add(node.id());
        var arrow = by == null ? "" : arrow(by, node);
        var line = screen.line().add(guides + arrow, Ink.DIM);
        int room = name - 1 - line.width();
        line.addWithin(room, label(node) + (again ? " ↑" : ""), again ? Ink.DIM : ink(node));
        if (!again && figures && node.counts().total() > 0) {
            figures(line, node);
        }
        lines.add(screen.show(line));
        if (again) {
            return;
        }
        outcomes(node, below + (node.edges().isEmpty() ? "  " : "│ "));
        var edges = node.edges();
        for (int i = 0; i < edges.size(); i++) {
            boolean last = i == edges.size() - 1;
            var edge = edges.get(i);
            map.node(edge.target())
                    .ifPresent(target -> draw(target, edge, below + (last ? "└" : "├"), below + (last ? "  " : "│ ")));
        }
    }

    /** {@code ─3▸} for a call, {@code ┄3┄▸} for what an event bus delivers or a link. */
    private String arrow(ServiceMap.Edge edge, ServiceMap.Node target) {
        boolean event = edge.link() || fromBus(edge, target);
        var stroke = event ? "┄" : "─";
        var count =
                edge.counts().total() == 0 ? "" : Long.toString(edge.counts().total());
        return stroke + count + stroke + "▸ ";
    }

    private boolean fromBus(ServiceMap.Edge edge, ServiceMap.Node target) {
        return map.nodes().stream()
                .filter(node -> node.is(ServiceMap.BUS))
                .anyMatch(bus -> bus.edges().contains(edge) && edge.target() == target.id());
    }

    private static String label(ServiceMap.Node node) {
        if (node.is(ServiceMap.CLIENT)) {
            return "client";
        }
        return node.is(ServiceMap.BUS) ? '[' + node.name() + ']' : node.name();
    }

    private static Ink ink(ServiceMap.Node node) {
        if (node.is(ServiceMap.CLIENT)) {
            return Ink.DIM;
        }
        return node.counts().faults() > 0 ? Ink.FAULT : Ink.BOLD;
    }

    private void figures(Line line, ServiceMap.Node node) {
        var counts = node.counts();
        int column = name + KIND + CALLS;
        line.pad(name).addWithin(KIND - 1, Kinds.ofOrigin(node.type()), Ink.DIM);
        line.addRight(column, Long.toString(counts.total()), Ink.PLAIN);
        line.addRight(column + TIME, Cells.fit(Numbers.duration(counts.average()), TIME - 1), Ink.PLAIN);
        var median = node.median() == 0 ? "" : Numbers.duration(node.median());
        line.addRight(column + 2 * TIME, Cells.fit(median, TIME - 1), Ink.PLAIN);
        boolean fine = counts.ok() == counts.total();
        line.addRight(
                column + 2 * TIME + OK,
                Numbers.share(counts.ok(), counts.total()),
                fine ? Outcome.OK.ink() : Ink.PLAIN);
        if (screen.width() >= WIDE) {
            line.add("  ");
            shares(line, counts);
        }
    }

    /** Ten cells that divide like the calls did; whatever happened at all shows. */
    private static void shares(Line line, Counts counts) {
        int faults = cells(counts.faults(), counts);
        int throttles = cells(counts.throttles(), counts);
        int errors = cells(counts.errors(), counts);
        int fine = Math.max(0, SHARES - faults - throttles - errors);
        line.add("█".repeat(fine), Outcome.OK.ink())
                .add("▚".repeat(errors), Outcome.ERROR.ink())
                .add("░".repeat(throttles), Outcome.THROTTLE.ink())
                .add("✕".repeat(faults), Outcome.FAULT.ink());
    }

    private static int cells(long part, Counts counts) {
        return part == 0 ? 0 : Math.max(1, (int) Math.round((double) SHARES * part / counts.total()));
    }

    private void outcomes(ServiceMap.Node node, String indent) {
        var counts = node.counts();
        if (counts.ok() == counts.total()) {
            return;
        }
        var line = screen.line().add(indent, Ink.DIM);
        outcome(line, counts, counts.faults(), Outcome.FAULT);
        outcome(line, counts, counts.errors(), Outcome.ERROR);
        outcome(line, counts, counts.throttles(), Outcome.THROTTLE);
        lines.add(screen.show(line));
    }

    private static void outcome(Line line, Counts counts, long part, Outcome outcome) {
        if (part > 0) {
            line.add(
                    outcome.sign() + ' ' + outcome.word() + ' ' + part + " (" + Numbers.share(part, counts.total())
                            + ')' + "  ",
                    outcome.ink());
        }
    }
}
