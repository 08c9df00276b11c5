// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.dashboards;

import dev.clew.monitor.api.cloudwatch.DashboardValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the body of a dashboard: what nobody could draw is an error, what is unusual a remark. */
final class DashboardBody {
    private static final int WIDTH = 24;
    private static final int MOST_WIDGETS = 500;
    private static final int GREATEST_HEIGHT = 1_000;
    private static final Set<String> TYPES = Set.of("metric", "log", "trace", "text", "alarm", "explorer", "custom");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .build();

    private final List<DashboardValidationMessage> errors = new ArrayList<>();
    private final List<DashboardValidationMessage> remarks = new ArrayList<>();

    private DashboardBody() {}

    static DashboardBody check(String text) {
        var body = new DashboardBody();
        try {
            body.check(JSON.readTree(text));
        } catch (JacksonException e) {
            body.error("", "The field DashboardBody must be a valid JSON object");
        }
        return body;
    }

    /** Why it is refused; empty if it is not. */
    List<DashboardValidationMessage> errors() {
        return errors;
    }

    /** What is odd about it. */
    List<DashboardValidationMessage> remarks() {
        return remarks;
    }

    private void error(String path, String message) {
        errors.add(new DashboardValidationMessage(path, message));
    }

    private void remark(String path, String message) {
        remarks.add(new DashboardValidationMessage(path, message));
    }

    private void check(JsonNode root) {
        if (!root.isObject()) {
            error("", "The field DashboardBody must be a valid JSON object");
            return;
        }
        var widgets = root.path("widgets");
        if (widgets.isMissingNode()) {
            error("", "The field 'widgets' is required");
            return;
        }
        if (!widgets.isArray()) {
            error("/widgets", "Should be an array");
            return;
        }
        if (widgets.size() > MOST_WIDGETS) {
            error("/widgets", "Should have at most " + MOST_WIDGETS + " elements");
            return;
        }
        for (int i = 0; i < widgets.size(); i++) {
            checkWidget(widgets.get(i), "/widgets/" + i);
        }
    }

    private void checkWidget(JsonNode widget, String path) {
        if (!widget.isObject()) {
            error(path, "Should be an object");
            return;
        }
        checkNumber(widget, path, "x", 0, WIDTH - 1);
        checkNumber(widget, path, "y", 0, Integer.MAX_VALUE);
        checkNumber(widget, path, "width", 1, WIDTH);
        checkNumber(widget, path, "height", 1, GREATEST_HEIGHT);
        var type = widget.path("type");
        if (!type.isString()) {
            error(path + "/type", "Should be one of " + sorted());
            return;
        }
        if (!TYPES.contains(type.asString())) {
            error(path + "/type", "Should be one of " + sorted());
            return;
        }
        var properties = widget.path("properties");
        if (!properties.isObject()) {
            error(path + "/properties", "Should be an object");
            return;
        }
        checkProperties(type.asString(), properties, path + "/properties");
    }

    private static List<String> sorted() {
        return TYPES.stream().sorted().toList();
    }

    private void checkNumber(JsonNode widget, String path, String member, int least, int most) {
        var value = widget.path(member);
        if (!value.isMissingNode()
                && !(value.isIntegralNumber() && value.asLong() >= least && value.asLong() <= most)) {
            error(path + '/' + member, "Should be a whole number from " + least + " to " + most);
        }
    }

    private void checkProperties(String type, JsonNode properties, String path) {
        switch (type) {
            case "metric" -> checkMetrics(properties, path);
            case "text" -> required(properties, path, "markdown");
            case "log", "trace" -> required(properties, path, "query");
            case "alarm" -> {
                if (!properties.path("alarms").isArray()) {
                    error(path + "/alarms", "Should be an array");
                }
            }
            default -> remark(path, "Widgets of type " + type + " are stored and not drawn here");
        }
    }

    private void required(JsonNode properties, String path, String member) {
        if (!properties.path(member).isString()) {
            error(path + '/' + member, "Should be a string");
        }
    }

    private void checkMetrics(JsonNode properties, String path) {
        var metrics = properties.path("metrics");
        if (metrics.isMissingNode()) {
            if (!properties.path("annotations").path("alarms").isArray()) {
                error(path + "/metrics", "The field is required unless annotations name an alarm");
            }
            return;
        }
        if (!metrics.isArray()) {
            error(path + "/metrics", "Should be an array");
            return;
        }
        for (int i = 0; i < metrics.size(); i++) {
            if (!metrics.get(i).isArray() || metrics.get(i).isEmpty()) {
                error(path + "/metrics/" + i, "Should be an array that is not empty");
            }
        }
    }
}
