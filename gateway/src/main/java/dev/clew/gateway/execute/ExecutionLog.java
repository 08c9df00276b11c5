// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.log.LogSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a stage tells about the course of a request, if its settings ask for it: mostly, why it failed. */
final class ExecutionLog {
    private static final int MAX_BODY = 1_024;

    private final Exchange exchange;
    private final List<LogSink.Line> lines = new ArrayList<>();

    private ExecutionLog(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Whether a finished exchange is to be told of. */
    static boolean wants(Exchange exchange) {
        var method = exchange.method;
        return method != null && (method.logging().all() || method.logging().errors() && exchange.failure != null);
    }

    static String group(Exchange exchange) {
        return "API-Gateway-Execution-Logs_" + exchange.stage.key().id() + '/' + exchange.stage.name();
    }

    /** The course of a finished exchange that has found its method. */
    static List<LogSink.Line> lines(Exchange exchange) {
        var log = new ExecutionLog(exchange);
        log.write();
        return log.lines;
    }

    private void write() {
        var request = exchange.request;
        line(exchange.start, "Extended Request Id: " + exchange.ids.extendedRequestId());
        line(exchange.start, "Starting execution for request: " + exchange.ids.requestId());
        line(exchange.start, "HTTP Method: " + request.method() + ", Resource Path: " + exchange.address.path());
        line(
                exchange.start,
                "X-ray Tracing ID : Root=" + exchange.trace.incoming().root());
        if (exchange.routed().logging().data()) {
            line(exchange.start, "Method request path: " + exchange.pathParameters);
            line(exchange.start, "Method request query string: " + exchange.query.values());
            line(exchange.start, "Method request body before transformations: " + shortened(request.text()));
        }
        if (exchange.hop != null) {
            var hop = exchange.hop;
            line(hop.start(), "Sending request to function: " + hop.function());
            line(
                    hop.end(),
                    "Received response. Status: " + hop.status() + ", Integration latency: "
                            + hop.latency().toMillis() + " ms");
            if (hop.problem() != null) {
                line(
                        hop.end(),
                        "Execution failed: " + hop.problem().type() + ": "
                                + hop.problem().message());
            }
        }
        var outcome = exchange.ended();
        if (exchange.failure != null) {
            line(
                    outcome.end(),
                    "Gateway response type: " + exchange.failure.type() + ", message: " + exchange.failure.message());
        }
        line(outcome.end(), "Method completed with status: " + outcome.status());
    }

    private void line(Instant time, String text) {
        lines.add(new LogSink.Line(time, "(" + exchange.ids.requestId() + ") " + text));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_BODY ? text : text.substring(0, MAX_BODY) + " [TRUNCATED]";
    }
}
