// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.embedded;

import dev.clew.core.Scope;
import dev.clew.core.metric.MetricSink.Source;
import dev.clew.monitor.metrics.Recorder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the metrics in log lines of the embedded metric format: JSON objects whose member {@code _aws} says which of the other members
 * are metrics and dimensions. What is malformed is passed over. Safe for use by many threads.
 */
public final class EmbeddedMetrics {
    private static final byte[] MARK = "\"_aws\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_BYTES = 1 << 18;
    private static final int MOST_DIRECTIVES = 100;
    private static final int MOST_METRICS = 100;
    private static final int MOST_DIMENSIONS = 30;
    private static final int MOST_SETS = 30;
    private static final int MOST_VALUES = 100;
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .build())
            .build();

    private final Recorder recorder;
    private final InstantSource time;

    public EmbeddedMetrics(Recorder recorder, InstantSource time) {
        this.recorder = recorder;
        this.time = time;
    }

    /** Records the metrics of a line, if it has any. Costs next to nothing for other lines. */
    public void read(Scope scope, byte[] line) {
        if (line.length > MOST_BYTES || !isObject(line) || !hasMark(line)) {
            return;
        }
        try {
            record(scope, JSON.readTree(line));
        } catch (JacksonException e) {
            // a line like any other
        }
    }

    private static boolean isObject(byte[] line) {
        for (byte character : line) {
            if (character == '{') {
                return true;
            }
            if (character != ' ' && character != '\t') {
                return false;
            }
        }
        return false;
    }

    private static boolean hasMark(byte[] line) {
        for (int at = 0; at <= line.length - MARK.length; at++) {
            int length = 0;
            while (length < MARK.length && line[at + length] == MARK[length]) {
                length++;
            }
            if (length == MARK.length) {
                return true;
            }
        }
        return false;
    }

    private void record(Scope scope, JsonNode root) {
        var head = root.path("_aws");
        var now = time.instant();
        var at = Instant.ofEpochMilli(head.path("Timestamp").asLong(now.toEpochMilli()));
        if (at.isBefore(now.minus(OLDEST)) || at.isAfter(now.plus(NEWEST))) {
            return;
        }
        head.path("CloudWatchMetrics")
                .valueStream()
                .limit(MOST_DIRECTIVES)
                .forEach(directive -> record(scope, root, directive, at));
    }

    private void record(Scope scope, JsonNode root, JsonNode directive, Instant at) {
        var namespace = directive.path("Namespace").asString("");
        if (namespace.isEmpty() || namespace.length() > 255 || namespace.startsWith("AWS/")) {
            return;
        }
        var sources = sources(scope, root, namespace, directive.path("Dimensions"));
        directive.path("Metrics").valueStream().limit(MOST_METRICS).forEach(metric -> {
            var name = metric.path("Name").asString("");
            if (!name.isEmpty() && name.length() <= 255) {
                var unit = metric.path("Unit").asString("None");
                boolean fine = metric.path("StorageResolution").asInt(60) == 1;
                for (double value : values(root.path(name))) {
                    sources.forEach(source -> recorder.record(source, name, unit, at, fine, value, 1));
                }
            }
        });
    }

    /** One source for each set of dimensions whose values the line has. */
    private static List<Source> sources(Scope scope, JsonNode root, String namespace, JsonNode sets) {
        if (sets.isEmpty()) {
            return List.of(new Source(scope, namespace, Map.of()));
        }
        var sources = new ArrayList<Source>();
        sets.valueStream()
                .limit(MOST_SETS)
                .forEach(set -> dimensions(root, set)
                        .ifPresent(dimensions -> sources.add(new Source(scope, namespace, dimensions))));
        return sources;
    }

    private static Optional<Map<String, String>> dimensions(JsonNode root, JsonNode set) {
        if (!set.isArray() || set.size() > MOST_DIMENSIONS) {
            return Optional.empty();
        }
        var dimensions = new HashMap<String, String>();
        for (var element : set) {
            var name = element.asString("");
            var value = root.path(name).asString("");
            if (name.isBlank() || value.isBlank() || name.length() > 255 || value.length() > 1_024) {
                return Optional.empty();
            }
            if ((name + value).chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            dimensions.put(name, value);
        }
        return Optional.of(dimensions);
    }

    private static double[] values(JsonNode member) {
        if (member.isNumber()) {
            return new double[] {member.asDouble()};
        }
        if (member.isArray()
                && member.size() <= MOST_VALUES
                && member.valueStream().allMatch(JsonNode::isNumber)) {
            return member.valueStream().mapToDouble(JsonNode::asDouble).toArray();
        }
        return new double[0];
    }
}
