// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.traces.XRay;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What spans become: {@code mapping.json} has a span and its documents for each rule. */
class SpanMappingTest {
    private static final String SPAN = "00000000000000cc";
    private static final List<String> USUAL = List.of("id", "trace_id", "start_time", "end_time", "clew.otel");

    static Stream<Arguments> mappings() throws IOException {
        try (var in = SpanMappingTest.class.getResourceAsStream("mapping.json")) {
            var cases = JsonMapper.shared().readTree(in);
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(each -> Arguments.of(each.path("about").asString(), each));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void mapsAsTheTableSays(String about, JsonNode mapping) {
        var request = Otlp.requestOf(mapping.path("resource"), span(mapping.path("span")));

        var json = new XRay();
        assertThat(Otlp.postJson(json, request).text()).isEqualTo("{}");
        var protobuf = new XRay();
        assertThat(Otlp.postProtobuf(protobuf, request).body()).isEmpty();
        json.crash(); // what is read again is what was made before

        var documents = documents(json);
        assertThat(documents(protobuf)).isEqualTo(documents);
        var expected = mapping.path("documents");
        assertThat(documents).hasSize(expected.size());
        var made = new HashSet<String>();
        for (int i = 0; i < expected.size(); i++) {
            var wanted = (ObjectNode) expected.get(i);
            assertThat(comparable((ObjectNode) documents.get(i), wanted, mapping.path("ignore"), made))
                    .isEqualTo(wanted);
        }
    }

    private static List<JsonNode> documents(XRay xray) {
        return xray.documents(XRay.TRACE).stream()
                .filter(document -> !document.path("inferred").asBoolean(false))
                .map(document -> flat(document))
                .flatMap(List::stream)
                .toList();
    }

    /** A subsegment inside its segment, as the two entities that they are. */
    private static List<JsonNode> flat(JsonNode document) {
        var all = new ArrayList<JsonNode>();
        all.add(document);
        if (((ObjectNode) document).remove("subsegments") instanceof JsonNode inner) {
            inner.forEach(subsegment -> {
                ((ObjectNode) subsegment).put("type", "subsegment"); // left out where it goes without saying
                all.add(subsegment);
            });
        }
        return all;
    }

    /** Leaves out what the case says nothing of, and puts a word in place of ids that are made. */
    private static ObjectNode comparable(ObjectNode actual, ObjectNode wanted, JsonNode ignored, Set<String> made) {
        USUAL.stream().filter(member -> !wanted.has(member)).forEach(actual::remove);
        ignored.forEach(member -> actual.remove(member.asString()));
        for (var member : List.of("id", "parent_id")) {
            if (wanted.path(member).asString("").equals("made")) {
                assertThat(actual.path(member).asString())
                        .matches("[0-9a-f]{16}")
                        .isNotEqualTo(SPAN);
                actual.put(member, "made");
            }
        }
        for (var exception : actual.path("cause").path("exceptions")) {
            var object = (ObjectNode) exception;
            assertThat(made.add(object.path("id").asString())).isTrue();
            object.put("id", "made");
            if (object.has("cause")) {
                object.put("cause", "made");
            }
        }
        return actual;
    }

    private static ObjectNode span(JsonNode mapping) {
        var span = Otlp.span(
                SPAN,
                mapping.path("parent").asString(""),
                mapping.path("kind").asInt(),
                mapping.path("name").asString());
        span.set("attributes", Otlp.attributes(mapping.path("attributes")));
        if (mapping.has("flags")) {
            span.put("flags", mapping.path("flags").asInt());
        }
        if (mapping.has("status")) {
            span.set("status", mapping.path("status"));
        }
        if (mapping.has("end")) {
            span.put("endTimeUnixNano", mapping.path("end").asString());
        }
        var events = span.putArray("events");
        mapping.path("events")
                .forEach(event -> events.addObject()
                        .put("name", event.path("name").asString())
                        .put("timeUnixNano", event.path("time").asString("0"))
                        .set("attributes", Otlp.attributes(event.path("attributes"))));
        var links = span.putArray("links");
        mapping.path("links")
                .forEach(link -> links.addObject()
                        .put("traceId", link.path("traceId").asString())
                        .put("spanId", link.path("spanId").asString())
                        .set("attributes", Otlp.attributes(link.path("attributes"))));
        return span;
    }

    @Test
    void keepsIdsAndEveryDigitOfTheTimes() {
        var xray = new XRay();
        var span = Otlp.span(SPAN, "", 2, "work")
                .put("startTimeUnixNano", "1786096800000000001")
                .put("endTimeUnixNano", "1786096801500000000");

        Otlp.postJson(xray, Otlp.request(span));

        var found = Objects.requireNonNull(xray.get(XRay.TRACE));
        var text = Objects.requireNonNull(found.segments()).getFirst().document();
        assertThat(text)
                .contains("\"id\":\"" + SPAN + "\"")
                .contains("\"trace_id\":\"" + XRay.TRACE + "\"")
                .contains("\"start_time\":1786096800.000000001")
                .contains("\"end_time\":1786096801.5");
    }

    @Test
    void treatsAParentOfZerosAsNone() {
        var xray = new XRay();
        Otlp.postJson(xray, Otlp.request(Otlp.span(SPAN, "0000000000000000", 1, "work")));

        var document = xray.documents(XRay.TRACE).getFirst();
        assertThat(document.has("parent_id")).isFalse();
        assertThat(document.has("type")).isFalse();
    }

    @Test
    void endsASpanThatEndsBeforeItBeginsWhereItBegins() {
        var xray = new XRay();
        var span = Otlp.span(SPAN, "", 1, "work")
                .put("endTimeUnixNano", Otlp.NOW.subtract(BigInteger.TEN).toString());
        Otlp.postJson(xray, Otlp.request(span));

        var document = xray.documents(XRay.TRACE).getFirst();
        assertThat(document.path("end_time")).isEqualTo(document.path("start_time"));
    }

    @Test
    void leavesMetadataOutOfADocumentThatWouldBeTooLarge() {
        var xray = new XRay();
        var span = Otlp.span(SPAN, "", 1, "work");
        var attributes = JsonMapper.shared().createObjectNode().put("long", "x".repeat(100_000));
        span.set("attributes", Otlp.attributes(attributes));

        assertThat(Otlp.postJson(xray, Otlp.request(span)).text()).isEqualTo("{}");

        var document = xray.documents(XRay.TRACE).getFirst();
        assertThat(document.has("metadata")).isFalse();
        assertThat(xray.traces().otlp().read(XRay.SCOPE, XRay.TRACE)).contains("x".repeat(100_000));
    }
}
