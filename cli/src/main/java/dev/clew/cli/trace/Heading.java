// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Numbers;
import dev.clew.cli.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** The first lines about a trace: which, how big, how long, and how it ended. */
final class Heading {
    private Heading() {}

    static List<String> of(Story story, Screen screen) {
        long documents = story.trace().documents().stream()
                .filter(document -> !document.subsegment())
                .count();
        var size = documents + (documents == 1 ? " document" : " documents") + " · "
                + Numbers.duration(story.last() - story.first()) + " · ";
        var verdicts = verdicts(story);
        int needed = Cells.width(size)
                + verdicts.stream().mapToInt(v -> Cells.width(v.text)).sum()
                + 3 * (verdicts.size() - 1);
        var line = screen.line().add(story.trace().id(), Ink.BOLD);
        var lines = new ArrayList<String>();
        int gap = 2;
        if (!story.headline().isEmpty() && line.room() >= gap + Cells.width(story.headline()) + gap + needed) {
            line.add("  ").add(story.headline(), Ink.NOTE);
        }
        if (line.room() >= gap + needed) {
            line.add("  ");
        } else {
            lines.add(screen.show(line));
            line = screen.line();
        }
        line.add(size);
        for (int i = 0; i < verdicts.size(); i++) {
            line.add(i > 0 ? " · " : "").add(verdicts.get(i).text, verdicts.get(i).ink);
        }
        lines.add(screen.show(line));
        return lines;
    }

    private record Verdict(String text, Ink ink) {}

    /** What the caller saw, then what went wrong further in, then what never arrived. */
    private static List<Verdict> verdicts(Story story) {
        var verdicts = new ArrayList<Verdict>();
        var all = story.rows().stream().flatMap(row -> row.flatten().stream()).toList();
        var root = story.rows().getFirst().outcome();
        verdicts.add(new Verdict(root.word(), root.ink()));
        all.stream()
                .filter(row -> row.role() == Row.Role.HOP && row.outcome().compareTo(root) > 0)
                .findFirst()
                .ifPresent(row -> verdicts.add(new Verdict(
                        row.outcome().word() + " in " + row.label(),
                        row.outcome().ink())));
        int refused = all.stream()
                .filter(row -> row.role() == Row.Role.REFUSAL)
                .mapToInt(Row::count)
                .sum();
        if (refused > 0) {
            verdicts.add(new Verdict("⊘ " + refused + " not delivered", Ink.FAULT));
        }
        return verdicts;
    }
}
