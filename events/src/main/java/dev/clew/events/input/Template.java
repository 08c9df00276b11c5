// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import dev.clew.events.input.TargetInput.Rendered;
import dev.clew.events.input.TargetInput.Transformed;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * An input template with its placeholders.
 *
 * <p>The recorded behaviour of the service, which no single rule explains: outside quotes a value stands as JSON. Inside
 * quotes a string stands as plain text, not escaped; an object or list keeps its own quotes in a template that is an
 * object (and so breaks it), and loses them in a template that is a string. A path that selects nothing leaves
 * {@code ""} outside quotes and nothing inside. A result that is neither a JSON object nor one or more JSON strings, a
 * line each, is not delivered.
 */
final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.\\-]+)>");
    private static final String RULE_ARN = "aws.events.rule-arn";
    private static final String RULE_NAME = "aws.events.rule-name";
    private static final String INGESTION_TIME = "aws.events.event.ingestion-time";
    private static final String EVENT_WITHOUT_DETAIL = "aws.events.event";
    private static final String EVENT = "aws.events.event.json";
    private static final Set<String> PREDEFINED =
            Set.of(RULE_ARN, RULE_NAME, INGESTION_TIME, EVENT_WITHOUT_DETAIL, EVENT);

    private final Transformed input;
    private final Source source;
    private final boolean string;

    private Template(Transformed input, Source source) {
        this.input = input;
        this.source = source;
        this.string = input.template().stripLeading().startsWith("\"");
    }

    static Optional<String> problem(Transformed input, String id) {
        for (var path : input.paths().values()) {
            if (path.contains("*") || path.contains("..") || path.contains("?")) {
                return Optional.of("InputPathsMap for target " + id + " contains a path that selects several values: "
                        + path + " (not supported here).");
            }
        }
        return PLACEHOLDER
                .matcher(input.template())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !PREDEFINED.contains(name) && !input.paths().containsKey(name))
                .findFirst()
                .map(name -> "InputTemplate for target " + id + " contains invalid placeholder " + name + ".");
    }

    static Rendered render(Transformed input, Source source) {
        var text = new Template(input, source).filled();
        boolean valid = JsonText.isStringOrObject(text)
                || text.contains("\n")
                        && text.lines().allMatch(line -> line.startsWith("\"") && JsonText.isStringOrObject(line));
        return valid
                ? new Rendered.Text(text)
                : new Rendered.Impossible("InputTemplate gives neither a JSON object nor a JSON string for this event");
    }

    private String filled() {
        var template = input.template();
        var filled = new StringBuilder(template.length() * 2);
        boolean quoted = false;
        int copied = 0;
        var placeholders = PLACEHOLDER.matcher(template);
        while (placeholders.find()) {
            var between = template.substring(copied, placeholders.start());
            quoted ^= oddQuotes(between);
            filled.append(between).append(substitute(value(placeholders.group(1)), quoted));
            copied = placeholders.end();
        }
        return filled.append(template, copied, template.length()).toString();
    }

    private static boolean oddQuotes(String text) {
        boolean odd = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '"' -> odd = !odd;
                default -> {}
            }
        }
        return odd;
    }

    private String substitute(@Nullable String value, boolean quoted) {
        if (value == null) {
            return quoted ? "" : "\"\"";
        }
        if (!quoted) {
            return value;
        }
        if (value.startsWith("\"")) {
            return JsonText.string(value);
        }
        return string ? value.replace("\"", "") : value;
    }

    private @Nullable String value(String name) {
        return switch (name) {
            case RULE_ARN -> quoted(source.ruleArn());
            case RULE_NAME -> quoted(source.ruleName());
            case INGESTION_TIME -> quoted(source.accepted().toString());
            case EVENT -> source.event();
            case EVENT_WITHOUT_DETAIL -> eventWithoutDetail();
            default -> {
                var path = input.paths().get(name);
                yield path == null
                        ? null
                        : JsonPath.parse(path)
                                .map(parsed -> parsed.select(source.event()))
                                .orElse(null);
            }
        };
    }

    private String eventWithoutDetail() {
        var event = source.event();
        var members = new StringBuilder("{");
        for (var name :
                new String[] {"version", "id", "detail-type", "source", "account", "time", "region", "resources"}) {
            var value = JsonText.member(event, name);
            if (value != null) {
                members.append(members.length() == 1 ? "" : ",")
                        .append(quoted(name.equals("detail-type") ? "detailType" : name))
                        .append(':')
                        .append(value);
            }
        }
        return members.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
