// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same work for every store: traces of ten entities, each about 1.2 KB as a segment document, in batches of fifty.
 * Every batch has new ids. Safe for use by many threads.
 */
final class LoadTraces {
    static final int BATCH = 50;

    private static final int PER_TRACE = 10;
    private static final String STACK = "at dev.shop.orders.OrderService.place(OrderService.java:142)\\n".repeat(9);

    private final AtomicLong nextTrace =
            new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 40));

    /** Segment documents of five traces. */
    List<String> documents() {
        long now = Instant.now().getEpochSecond();
        var documents = new ArrayList<String>(BATCH);
        for (int trace = 0; trace < BATCH / PER_TRACE; trace++) {
            long number = nextTrace.getAndIncrement();
            for (int i = 0; i < PER_TRACE; i++) {
                documents.add(document(now, number, i));
            }
        }
        return documents;
    }

    private static String document(long epochSecond, long trace, int index) {
        var parent = index == 0 ? "" : "\"parent_id\":\"" + id(trace, index - 1) + "\",";
        return ("{\"trace_id\":\"1-%08x-%024x\",\"id\":\"%s\",%s\"name\":\"service-%d\",\"start_time\":%d.%03d,"
            + "\"end_time\":%d.%03d,\"origin\":\"AWS::EC2::Instance\",\"http\":{\"request\":{\"method\":\"POST\","
            + "\"url\":\"https://shop.example/orders/%d\",\"user_agent\":\"load/1\",\"client_ip\":\"127.0.0.1\"},"
            + "\"response\":{\"status\":200}},\"annotations\":{\"order\":\"o-%d\",\"lines\":%d},"
            + "\"metadata\":{\"default\":{\"note\":\"%s\"}}}")
                .formatted(
                        epochSecond,
                        trace,
                        id(trace, index),
                        parent,
                        index,
                        epochSecond,
                        index,
                        epochSecond,
                        500 - index,
                        trace,
                        trace,
                        index,
                        STACK);
    }

    private static String id(long trace, int index) {
        return String.format(Locale.ROOT, "%012x%04x", trace, index + 1);
    }

    /** The same batch as the body of PutTraceSegments. */
    byte[] putTraceSegments() {
        var body = new StringBuilder("{\"TraceSegmentDocuments\":[");
        for (var document : documents()) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                    .append('"')
                    .append(document.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of the request that sends it. */
    byte[] request() {
        return Connection.restJson("/TraceSegments", new String(putTraceSegments(), StandardCharsets.UTF_8));
    }

    /** The same batch as a list of Zipkin's v2 spans. */
    byte[] zipkin() {
        long now = Instant.now().getEpochSecond();
        var body = new StringBuilder("[");
        for (int trace = 0; trace < BATCH / PER_TRACE; trace++) {
            long number = nextTrace.getAndIncrement();
            for (int i = 0; i < PER_TRACE; i++) {
                body.append(body.length() == 1 ? "" : ",").append(span(now, number, i));
            }
        }
        return body.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String span(long epochSecond, long trace, int index) {
        var parent = index == 0 ? "" : "\"parentId\":\"" + id(trace, index - 1) + "\",";
        return ("{\"traceId\":\"%08x%024x\",\"id\":\"%s\",%s\"name\":\"post\",\"kind\":\"SERVER\",\"timestamp\":%d,"
                        + "\"duration\":%d,\"localEndpoint\":{\"serviceName\":\"service-%d\"},"
                        + "\"tags\":{\"http.method\":\"POST\",\"http.url\":\"https://shop.example/orders/%d\","
                        + "\"http.user_agent\":\"load/1\",\"client_ip\":\"127.0.0.1\",\"http.status_code\":\"200\","
                        + "\"order\":\"o-%d\",\"lines\":\"%d\",\"note\":\"%s\"}}")
                .formatted(
                        epochSecond,
                        trace,
                        id(trace, index),
                        parent,
                        epochSecond * 1_000_000 + index * 1_000L,
                        (500 - 2L * index) * 1_000,
                        index,
                        trace,
                        trace,
                        index,
                        STACK);
    }
}
