// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code http} block, from the attributes of either generation of the conventions. */
final class HttpBlock {
    private HttpBlock() {}

    /** @return empty if the span is about no HTTP */
    static ObjectNode of(Span span, Attributes attributes, Attributes resource) {
        var request = JsonNodeFactory.instance.objectNode();
        var response = JsonNodeFactory.instance.objectNode();
        var method = attributes.text("http.method", "http.request.method");
        put(request, "method", method);
        put(request, "url", url(span.getKind(), method != null, attributes, resource));
        put(request, "user_agent", attributes.text("http.user_agent", "user_agent.original"));
        clientIp(span.getKind(), request, attributes);
        if (attributes.flag("aws.xray.traced") && span.getKind() != SpanKind.SPAN_KIND_SERVER) {
            request.put("traced", true);
        }
        var status = attributes.number("http.status_code", "http.response.status_code");
        if (status != null) {
            response.put("status", status);
        }
        var length = contentLength(span.getEventsList(), attributes);
        if (length != null) {
            response.put("content_length", length);
        }
        var http = JsonNodeFactory.instance.objectNode();
        if (!request.isEmpty()) {
            http.set("request", request);
        }
        if (!response.isEmpty()) {
            http.set("response", response);
        }
        return http;
    }

    private static void put(ObjectNode block, String name, @Nullable String value) {
        if (value != null) {
            block.put(name, value);
        }
    }

    private static void clientIp(SpanKind kind, ObjectNode request, Attributes attributes) {
        var forwarded = attributes.text("http.client_ip", "client.address");
        if (forwarded != null) {
            request.put("client_ip", forwarded);
            request.put("x_forwarded_for", true);
        } else if (kind == SpanKind.SPAN_KIND_SERVER) {
            put(request, "client_ip", attributes.text("net.peer.ip", "network.peer.address"));
            if (attributes.flag("aws.xray.x_forwarded_for")) {
                request.put("x_forwarded_for", true);
            }
        }
    }

    private static @Nullable String url(SpanKind kind, boolean http, Attributes attributes, Attributes resource) {
        var whole = attributes.text("http.url", "url.full");
        if (whole != null) {
            return whole;
        }
        var target = target(attributes);
        if (target == null && !http) {
            return null;
        }
        var scheme = attributes.text("http.scheme", "url.scheme");
        var host = host(kind, attributes, resource);
        if (host == null) {
            return null;
        }
        var port = attributes.number("net.host.port", "net.peer.port", "server.port");
        boolean named = port != null && host.indexOf(':') < 0 && !usual(scheme, port);
        return (scheme == null ? "http" : scheme) + "://" + host + (named ? ":" + port : "")
                + (target == null ? "/" : target);
    }

    private static @Nullable String target(Attributes attributes) {
        var target = attributes.text("http.target");
        if (target != null) {
            return target;
        }
        var path = attributes.text("url.path");
        var query = attributes.text("url.query");
        return path == null ? null : query == null ? path : path + '?' + query;
    }

    private static @Nullable String host(SpanKind kind, Attributes attributes, Attributes resource) {
        if (kind == SpanKind.SPAN_KIND_CLIENT) {
            return attributes.text("http.host", "net.peer.name", "server.address", "net.peer.ip");
        }
        var host = attributes.text("http.host", "http.server_name", "net.host.name", "host.name", "server.address");
        return host == null ? resource.peek("host.name") : host;
    }

    private static boolean usual(@Nullable String scheme, long port) {
        return "https".equals(scheme) ? port == 443 : port == 80;
    }

    private static @Nullable Long contentLength(List<Span.Event> events, Attributes attributes) {
        var size = attributes.number("http.response.body.size");
        if (size != null) {
            return size;
        }
        if ("RECEIVED".equals(attributes.peek("message.type"))) {
            return attributes.number("messaging.message_payload_size_bytes");
        }
        for (var event : events) {
            var details = Attributes.of(event.getAttributesList());
            if ("RECEIVED".equals(details.peek("message.type"))) {
                return details.number("messaging.message_payload_size_bytes");
            }
        }
        return null;
    }
}
