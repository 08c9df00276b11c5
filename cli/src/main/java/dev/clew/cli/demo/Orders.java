// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.Surroundings.Pause;
import dev.clew.cli.server.Endpoint;
import dev.clew.cli.server.MessageHead;
import dev.clew.cli.trace.Trace;
import dev.clew.cli.trace.TraceReader;
import dev.clew.core.trace.TraceHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Places orders at the API and waits until each one's trace is complete. */
final class Orders {
    private static final Duration TRACE_PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int CONNECT_PATIENCE_MILLIS = 2_000;
    /** The gateway's own limit for an integration is 29 s. */
    private static final int ANSWER_PATIENCE_MILLIS = 35_000;

    private final Endpoint endpoint;
    private final String region;
    private final String api;
    private final TraceReader traces;
    private final Pause pause;

    Orders(Endpoint endpoint, String region, String api, TraceReader traces, Pause pause) {
        this.endpoint = endpoint;
        this.region = region;
        this.api = api;
        this.traces = traces;
        this.pause = pause;
    }

    /** Places one order and returns its trace when the last function has told. */
    Trace place(String customer) throws InterruptedException {
        return complete(post(customer));
    }

    /** Asks as the cloud's own host, which the server tells its APIs apart by, and which Java's HTTP clients cannot set. */
    private String post(String customer) {
        var body = "{\"productId\":\"12345\",\"quantity\":1}";
        var request = String.join(
                "\r\n",
                "POST /" + OrderSystem.STAGE + "/orders/" + customer + " HTTP/1.1",
                "Host: " + api + ".execute-api." + region + ".amazonaws.com",
                "User-Agent: clew-demo",
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                body);
        try (var socket = endpoint.connect(CONNECT_PATIENCE_MILLIS)) {
            socket.setSoTimeout(ANSWER_PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return traceOf(MessageHead.read(socket.getInputStream())); // which is all we want of it
        } catch (IOException e) {
            throw refused(e.toString());
        }
    }

    private static String traceOf(@Nullable MessageHead answer) {
        if (answer == null || !answer.startLine().matches("HTTP/1\\.[01] 200\\b.*")) {
            throw refused("it answered '" + (answer == null ? "" : answer.startLine()) + "'");
        }
        return TraceHeader.parse(answer.field(TraceHeader.NAME))
                .orElseThrow(() -> refused("the answer names no trace"))
                .root()
                .text();
    }

    private static Problem refused(String why) {
        return new Problem(
                "The order could not be placed: " + why + ".",
                "Look at the functions' logs: aws logs tail /aws/lambda/order-service, after eval \"$(clew env)\".",
                ExitCodes.FAILED);
    }

    private Trace complete(String id) throws InterruptedException {
        Trace latest = null;
        for (var waited = Duration.ZERO; waited.compareTo(TRACE_PATIENCE) < 0; waited = waited.plus(POLL)) {
            latest = traces.trace(id).orElse(null);
            if (latest != null && latest.documents().size() >= OrderSystem.DOCUMENTS_PER_ORDER && latest.ended()) {
                return latest;
            }
            pause.last(POLL);
        }
        return incomplete(id, latest);
    }

    /** Still worth looking at: what is missing shows where it stopped. */
    private static Trace incomplete(String id, @Nullable Trace latest) {
        if (latest == null) {
            throw new Problem(
                    "No trace of the order arrived: " + id + ".",
                    "See whether the stage is traced, and the server's log.",
                    ExitCodes.FAILED);
        }
        return latest;
    }
}
