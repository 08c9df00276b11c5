// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Traces to look for, spread evenly over a day: ten segments each, about 1.2 KB, one service calling the next. What a filter
 * matches is known: every second one, one in a hundred, one in ten thousand, or a single one. Safe for use by many threads.
 */
final class StoredTraces {
    static final int PER_TRACE = 10;
    static final long DAY = 86_400;

    private static final int PER_BATCH = 5;
    private static final String STACK = "at dev.shop.orders.OrderService.place(OrderService.java:142)\\\\n".repeat(8);

    private final AtomicLong next = new AtomicLong();
    private final long traces;
    private final long end;

    /**
     * @param traces how many there will be
     * @param end epoch second of the youngest
     */
    StoredTraces(long traces, long end) {
        this.traces = traces;
        this.end = end;
    }

    String id(long trace) {
        return String.format(Locale.ROOT, "1-%08x-%024x", second(trace), trace);
    }

    private long second(long trace) {
        return end - DAY + 60 + (DAY - 60) * trace / traces;
    }

    /** The body of the next PutTraceSegments call; empty when all are sent. */
    byte[] batch() {
        long first = next.getAndAdd(PER_BATCH);
        if (first >= traces) {
            return new byte[0];
        }
        var body = new StringBuilder("{\"TraceSegmentDocuments\":[");
        for (long trace = first; trace < Math.min(traces, first + PER_BATCH); trace++) {
            for (int i = 0; i < PER_TRACE; i++) {
                body.append(body.charAt(body.length() - 1) == '[' ? "" : ",").append('"');
                document(trace, i, body);
                body.append('"');
            }
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void document(long trace, int index, StringBuilder out) {
        long begin = second(trace);
        boolean fault = trace % 100 == 0 && index <= 7;
        var json = new StringBuilder("{'trace_id':'").append(id(trace)).append("','id':'");
        json.append(entity(trace, index)).append("',");
        if (index > 0) {
            json.append("'parent_id':'").append(entity(trace, index - 1)).append("',");
        }
        json.append(String.format(
                Locale.ROOT,
                "'name':'service-%d','start_time':%d.%03d,'end_time':%d.%03d,'origin':'AWS::EC2::Instance',"
                        + "'http':{'request':{'method':'POST','url':'https://shop.example/orders/%d',"
                        + "'user_agent':'load/1','client_ip':'127.0.0.1'},'response':{'status':%d}},",
                index,
                begin,
                index,
                begin,
                500 - index,
                trace,
                fault ? 500 : 200));
        if (index == 0) {
            json.append(String.format(
                    Locale.ROOT,
                    "'annotations':{'order':'o-%d','half':%b,'amount':%d.5%s},",
                    trace,
                    trace % 2 == 0,
                    trace % 10_000,
                    trace % 10_000 == 5_000 ? ",'rare':'yes'" : ""));
        }
        json.append("'metadata':{'default':{'note':'").append(STACK).append("'}}}");
        out.append(json.toString().replace("'", "\\\""));
    }

    private static String entity(long trace, int index) {
        return String.format(Locale.ROOT, "%012x%04x", trace, index + 1);
    }
}
