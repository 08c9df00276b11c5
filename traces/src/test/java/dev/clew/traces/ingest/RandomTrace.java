// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.XRay;
import dev.clew.traces.otlp.OtlpHttp;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The documents and spans of one trace at random: nested, streamed, called, lost, promised, failed. */
final class RandomTrace {
    private static final String[] SERVICES = {"edge", "shop", "stock", "billing", "mail"};

    private final TraceId id;
    private final Random random;
    private final List<Arrival> complete = new ArrayList<>();
    private final List<Arrival> inProgress = new ArrayList<>();
    private long nextId = 1;

    /** Something that arrives. */
    sealed interface Arrival {
        /** A segment document. */
        record Document(String json) implements Arrival {}

        /** A request of OTLP, in JSON. */
        @SuppressWarnings("ArrayRecordComponent") // sent, never compared
        record Span(byte[] request) implements Arrival {}
    }

    RandomTrace(TraceId id, Random random) {
        this.id = id;
        this.random = random;
        entity(null, 0, 1_000, 3);
    }

    /** What the trace is in the end; some of it got lost. */
    List<Arrival> complete() {
        return complete;
    }

    /** What some of it was before. */
    List<Arrival> inProgress() {
        return inProgress;
    }

    static void post(XRay xray, byte[] body) {
        var headers = HttpHeaders.of("Content-Type", "application/json");
        var request = new HttpRequest("POST", OtlpHttp.PATH, "", headers, body, "127.0.0.1", false);
        assertThat(new OtlpHttp(xray.traces().otlp())
                        .handle(request, XRay.SCOPE)
                        .text())
                .isEqualTo("{}");
    }

    private String newId() {
        return "%016x".formatted(nextId++);
    }

    private String service() {
        return SERVICES[random.nextInt(SERVICES.length)];
    }

    /** @param parent null for the root */
    private void entity(@Nullable String parent, int from, int to, int depth) {
        if (random.nextInt(4) == 0) {
            span(parent, from, to, depth);
        } else {
            segment(parent, from, to, depth);
        }
    }

    private void segment(@Nullable String parent, int from, int to, int depth) {
        var segment = body(service(), from, to);
        if (parent != null) {
            segment.put("parent_id", parent);
        }
        if (random.nextInt(3) == 0) {
            segment.put("origin", "AWS::EC2::Instance");
        }
        if (random.nextInt(4) == 0) {
            segment.put("user", "user" + random.nextInt(3));
        }
        parts(segment, from, to, depth);
        send(segment);
    }

    private ObjectNode body(String name, int from, int to) {
        var body = JsonMapper.shared().createObjectNode();
        body.put("id", newId()).put("name", name).put("trace_id", id.text());
        body.put("start_time", id.epochSecond() + from / 1_000.0);
        body.put("end_time", id.epochSecond() + to / 1_000.0);
        if (random.nextInt(5) == 0) {
            body.put(new String[] {"error", "fault", "throttle"}[random.nextInt(3)], true);
        }
        if (random.nextInt(3) == 0) {
            body.putObject("annotations").put("k" + random.nextInt(4), random.nextInt(3));
        }
        return body;
    }

    /** Subsegments of {@code owner}: inside its document, or in documents of their own. */
    private void parts(ObjectNode owner, int from, int to, int depth) {
        int count = depth == 0 ? 0 : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int begin = from + random.nextInt(Math.max(1, to - from));
            var part = body("part" + random.nextInt(3), begin, to);
            switch (random.nextInt(4)) {
                case 0 -> part.put("namespace", "remote").put("name", service());
                case 1 -> {
                    part.put("namespace", "aws").put("name", "DynamoDB");
                    part.putObject("aws").put("table_name", "users");
                }
                default -> {} // local work
            }
            if (part.has("namespace") && random.nextBoolean()) {
                part.putObject("http").putObject("request").put("traced", random.nextBoolean());
            }
            parts(part, begin, to, depth - 1);
            if (part.path("namespace").asString("").equals("remote") && random.nextBoolean()) {
                entity(part.path("id").asString(), begin, to, depth - 1);
            }
            if (random.nextBoolean()) {
                part.remove("trace_id");
                owner.withArrayProperty("subsegments").add(part);
            } else {
                send(part.put("type", "subsegment")
                        .put("parent_id", owner.path("id").asString()));
            }
        }
    }

    private void send(ObjectNode document) {
        if (random.nextInt(15) > 0) {
            complete.add(new Arrival.Document(document.toString()));
        }
        if (random.nextInt(4) == 0 && complete.contains(new Arrival.Document(document.toString()))) {
            var before = document.deepCopy();
            before.remove("end_time");
            before.remove("subsegments");
            inProgress.add(new Arrival.Document(before.put("in_progress", true).toString()));
        }
    }

    private void span(@Nullable String parent, int from, int to, int depth) {
        var span = JsonMapper.shared().createObjectNode();
        var spanId = newId();
        span.put("traceId", id.w3c()).put("spanId", spanId).put("name", "GET " + service());
        span.put("kind", 1 + random.nextInt(5)).put("flags", random.nextBoolean() ? 0x301 : 0x101);
        if (parent != null) {
            span.put("parentSpanId", parent);
        }
        span.put("startTimeUnixNano", nanos(from)).put("endTimeUnixNano", nanos(to));
        if (random.nextInt(4) == 0) {
            span.putObject("status").put("code", 2).put("message", "no");
        }
        complete.add(request(span));
        if (random.nextInt(4) == 0) {
            inProgress.add(request(span.deepCopy().put("endTimeUnixNano", "0")));
        }
        if (depth > 0) {
            entity(spanId, from, to, depth - 1);
        }
    }

    private String nanos(int millis) {
        return (id.epochSecond() * 1_000 + millis) + "000000";
    }

    private static Arrival request(ObjectNode span) {
        var request = JsonMapper.shared().createObjectNode();
        var resource = request.putArray("resourceSpans").addObject();
        resource.putObject("resource")
                .putArray("attributes")
                .addObject()
                .put("key", "service.name")
                .putObject("value")
                .put("stringValue", "otel");
        resource.putArray("scopeSpans").addObject().putArray("spans").add(span);
        return new Arrival.Span(request.toString().getBytes(StandardCharsets.UTF_8));
    }
}
