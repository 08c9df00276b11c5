// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.core.trace.TraceId;
import dev.clew.testkit.ManualClock;
import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.digest.Digester;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.SegmentDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The expressions in the folder of this package's resources, and the traces that they are about. */
public final class Corpus {
    private static final BigDecimal START = BigDecimal.valueOf(ManualClock.START.getEpochSecond());

    private Corpus() {}

    /** An expression and the names of the traces that it matches. */
    public record Line(String expression, Set<String> matches) {
        @Override
        public String toString() {
            return expression;
        }
    }

    /** An expression and what is said against it. */
    public record Refused(String expression, String message) {
        @Override
        public String toString() {
            return expression;
        }
    }

    /** The documents of each trace, by the trace's name; the ids of the traces follow their order. */
    public static Map<String, List<String>> documents() {
        var traces = new LinkedHashMap<String, List<String>>();
        for (var trace : JsonMapper.shared().readTree(text("traces.json")).properties()) {
            var id = id(traces.size());
            var documents = new ArrayList<String>();
            for (var document : trace.getValue()) {
                var object = (ObjectNode) document;
                object.put("trace_id", id.text());
                shift(object);
                documents.add(object.toString());
            }
            traces.put(trace.getKey(), documents);
        }
        return traces;
    }

    /** The id of the trace at a place of the order, from 0. */
    public static TraceId id(int place) {
        return TraceId.of(ManualClock.START.getEpochSecond() + place, 7, place);
    }

    private static void shift(ObjectNode entity) {
        for (var time : List.of("start_time", "end_time")) {
            if (entity.has(time)) {
                entity.put(time, new BigDecimal(entity.get(time).toString()).add(START));
            }
        }
        for (JsonNode inner : entity.path("subsegments")) {
            shift((ObjectNode) inner);
        }
    }

    public static Map<String, TraceDigest> digests() {
        var digests = new LinkedHashMap<String, TraceDigest>();
        documents().forEach((name, documents) -> digests.put(name, digest(id(digests.size()), documents)));
        return digests;
    }

    static TraceDigest digest(TraceId id, List<String> documents) {
        var parser = new DocumentParser(0);
        var parsed = new ArrayList<SegmentDocument>();
        for (var document : documents) {
            parser.parse(document.getBytes(StandardCharsets.UTF_8), parsed::add, refusal -> {
                throw new IllegalStateException(refusal.message());
            });
        }
        return Digester.digest(id, Assembly.of(parsed), Duration.ZERO);
    }

    public static List<Line> valid() {
        var all = documents().keySet();
        return lines("valid.txt")
                .map(line -> {
                    int arrow = line.lastIndexOf(" => ");
                    var names = line.substring(arrow + 4).strip();
                    var matches = switch (names) {
                        case "all" -> all;
                        case "-" -> Set.<String>of();
                        default -> new LinkedHashSet<>(Arrays.asList(names.split(" +")));
                    };
                    if (!all.containsAll(matches)) {
                        throw new IllegalStateException(line + ": no such trace");
                    }
                    return new Line(line.substring(0, arrow), matches);
                })
                .toList();
    }

    public static List<Refused> invalid() {
        return lines("invalid.txt")
                .map(line -> {
                    int arrow = line.lastIndexOf(" => ");
                    return new Refused(line.substring(0, arrow), line.substring(arrow + 4));
                })
                .toList();
    }

    private static Stream<String> lines(String resource) {
        return text(resource).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    private static String text(String resource) {
        try (var in = Objects.requireNonNull(Corpus.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
