// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.store.TraceWatcher;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Traces as they become complete, as server-sent events: {@code event: trace} with id, time, duration, outcome and name of
 * the entry. A trace that changes later comes again under a higher revision. Each client has a bounded queue: what does not
 * fit is counted, and told as {@code event: missed}. Safe for use by many threads.
 */
final class LiveFeed implements TraceWatcher, EventStreams, AutoCloseable {
    private static final String TYPE = "text/event-stream";
    private static final int MAX_CLIENTS = 64;
    private static final int QUEUE = 256;
    private static final int HEARTBEAT_SECONDS = 15;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final LongAdder missed = new LongAdder();
    private volatile boolean closed;

    private static final class Client {
        final Scope scope;
        final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(QUEUE);
        final AtomicLong missed = new AtomicLong();

        Client(Scope scope) {
            this.scope = scope;
        }
    }

    /** Begins a stream; its body is written by {@link #claim}. */
    HttpResponse open(HttpRequest request, Scope scope) {
        if (closed || clients.size() >= MAX_CLIENTS) {
            return HttpResponse.text(
                    503, "application/json", "{\"message\":\"" + MAX_CLIENTS + " clients watch already\"}");
        }
        var ticket = UUID.randomUUID().toString();
        clients.put(ticket, new Client(scope));
        var headers = HttpHeaders.of("Content-Type", TYPE, "Cache-Control", "no-store");
        return new HttpResponse(200, headers, ticket.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<Body> claim(HttpResponse head) {
        if (!head.headers().first("Content-Type").orElse("").equals(TYPE)) {
            return Optional.empty();
        }
        var ticket = head.text();
        var client = clients.get(ticket);
        return client == null ? Optional.empty() : Optional.of(out -> serve(ticket, client, out));
    }

    private void serve(String ticket, Client client, OutputStream out) throws IOException {
        try {
            send(out, ": connected\n\n");
            while (!closed) {
                var event = client.waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                long lost = client.missed.getAndSet(0);
                if (lost > 0) {
                    send(out, "event: missed\ndata: {\"count\":" + lost + "}\n\n");
                }
                send(out, event == null ? ":\n\n" : event); // a comment shows whether the client is still there
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(ticket);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void changed(Scope scope, TraceDigest trace) {
        if (trace.partial() || clients.isEmpty()) {
            return;
        }
        var event = "event: trace\ndata: " + json(trace) + "\n\n";
        for (var client : clients.values()) {
            if (client.scope.equals(scope) && !client.waiting.offer(event)) {
                client.missed.incrementAndGet();
                missed.increment();
            }
        }
    }

    private static String json(TraceDigest trace) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("id", trace.traceId());
        json.put("time", trace.start() / MICROS_PER_SECOND);
        if (trace.duration() == TraceDigest.NONE) {
            json.putNull("duration");
        } else {
            json.put("duration", trace.duration() / MICROS_PER_SECOND);
        }
        var status = trace.status();
        json.put(
                "outcome", status.fault() ? "fault" : status.throttle() ? "throttle" : status.error() ? "error" : "ok");
        json.put(
                "name",
                trace.entryPoint() < 0
                        ? ""
                        : trace.nodes().get(trace.entryPoint()).name());
        json.put("revision", trace.revision());
        return json.toString();
    }

    /** Clients that watch now. */
    int watching() {
        return clients.size();
    }

    /** Events that did not fit into the queues of clients. */
    long missed() {
        return missed.sum();
    }

    /** Ends every stream. */
    @Override
    public void close() {
        closed = true;
        clients.values().forEach(client -> client.waiting.offer(": end\n\n"));
    }
}
