// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.sampling;

import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Screen;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Sampling rules as a table. */
final class RuleTable {
    private static final int PRIORITY = 5;
    private static final int MAX_NAME = 32;
    private static final int NUMBER = 9;

    private RuleTable() {}

    static List<String> draw(List<Rule> rules, Screen screen) {
        int name = rules.stream().mapToInt(rule -> rule.name().length()).max().orElse(0);
        int names = PRIORITY + 2 + Math.min(MAX_NAME, Math.max("rule".length(), name));
        var lines = new ArrayList<String>();
        lines.add(screen.show(screen.line()
                .addRight(PRIORITY, "order", Ink.DIM)
                .pad(PRIORITY + 2)
                .add("rule", Ink.DIM)
                .addRight(names + NUMBER, "per s", Ink.DIM)
                .addRight(names + 2 * NUMBER, "then", Ink.DIM)
                .addRight(names + 3 * NUMBER, "requests", Ink.DIM)
                .addRight(names + 4 * NUMBER, "sampled", Ink.DIM)
                .pad(names + 4 * NUMBER + 2)
                .add("matches", Ink.DIM)));
        for (var rule : rules) {
            lines.add(screen.show(screen.line()
                    .addRight(PRIORITY, String.valueOf(rule.priority()), Ink.DIM)
                    .pad(PRIORITY + 2)
                    .addWithin(MAX_NAME, rule.name(), Ink.PLAIN)
                    .addRight(names + NUMBER, String.valueOf(rule.reservoir()), Ink.PLAIN)
                    .addRight(names + 2 * NUMBER, percent(rule.rate()), Ink.PLAIN)
                    .addRight(names + 3 * NUMBER, String.valueOf(rule.requests()), Ink.PLAIN)
                    .addRight(names + 4 * NUMBER, String.valueOf(rule.sampled()), Ink.PLAIN)
                    .pad(names + 4 * NUMBER + 2)
                    .add(matches(rule), Ink.NOTE)));
        }
        return lines;
    }

    static String percent(double rate) {
        return BigDecimal.valueOf(rate * 100)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + '%';
    }

    private static String matches(Rule rule) {
        return rule.matches().isEmpty()
                ? "everything"
                : rule.matches().entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    static String json(List<Rule> rules) {
        var array = JsonMapper.shared().createArrayNode();
        for (var rule : rules) {
            var object = array.addObject();
            object.put("name", rule.name())
                    .put("priority", rule.priority())
                    .put("reservoir", rule.reservoir())
                    .put("rate", rule.rate());
            var matches = object.putObject("matches");
            rule.matches().forEach(matches::put);
            object.put("requests", rule.requests())
                    .put("sampled", rule.sampled())
                    .put("borrowed", rule.borrowed());
        }
        return array.toPrettyString();
    }
}
