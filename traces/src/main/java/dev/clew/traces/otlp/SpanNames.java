// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The name of a span's entity, and the namespace that goes with it. */
final class SpanNames {
    private static final int MAX_NAME = 200;
    private static final String SIGNS = "_.:/%&#=+\\-@ ";
    private static final String UNNAMED = "span";

    private SpanNames() {}

    /** @param namespace null for local work */
    record Named(String name, @Nullable String namespace) {}

    static Named of(
            Role role, SpanKind kind, boolean localRoot, String spanName, Attributes span, Attributes resource) {
        boolean awsCall = "aws-api".equals(span.text("rpc.system"));
        boolean calls = kind == SpanKind.SPAN_KIND_CLIENT
                || kind == SpanKind.SPAN_KIND_PRODUCER
                || kind == SpanKind.SPAN_KIND_CONSUMER;
        boolean serves = role == Role.SERVICE
                || kind == SpanKind.SPAN_KIND_SERVER
                || role == Role.SEGMENT && localRoot && kind != SpanKind.SPAN_KIND_CLIENT;
        String name = null;
        boolean awsName = false;
        if (serves) {
            name = span.text("aws.local.service");
        }
        String remote = null;
        if (calls && role != Role.SERVICE) {
            remote = span.text("aws.remote.service");
            name = name == null && remote != null ? stripped(remote, awsCall) : name;
        }
        if (name == null && role != Role.SERVICE) {
            name = span.text("peer.service");
        }
        if (name == null && role != Role.SERVICE) {
            name = span.text("aws.service");
            awsName = name != null;
        }
        if (name == null && role != Role.SERVICE) {
            name = database(span);
        }
        if (name == null && serves) {
            name = resource.text("service.name");
        }
        if (name == null && role != Role.SERVICE) {
            name = span.text("rpc.service", "http.host", "net.peer.name", "server.address");
        }
        return new Named(clean(name == null ? spanName : name), namespace(role, kind, awsCall || awsName, remote));
    }

    private static @Nullable String namespace(Role role, SpanKind kind, boolean aws, @Nullable String remoteService) {
        if (role.isSegment()) {
            return null; // the format knows it for subsegments only
        }
        if (aws) {
            return "aws";
        }
        boolean remote = kind == SpanKind.SPAN_KIND_CLIENT || role == Role.CALL || remoteService != null;
        return remote ? "remote" : null;
    }

    private static String stripped(String service, boolean awsCall) {
        if (awsCall && service.startsWith("AWS.SDK.")) {
            return service.substring("AWS.SDK.".length());
        }
        return awsCall && service.startsWith("AWS::") ? service.substring("AWS::".length()) : service;
    }

    private static @Nullable String database(Attributes span) {
        var name = span.text("db.name", "db.namespace");
        if (name == null) {
            return null;
        }
        var connection = span.text("db.connection_string");
        var host = connection == null ? null : host(connection);
        return host == null ? name : name + '@' + host;
    }

    private static @Nullable String host(String connection) {
        try {
            return new URI(connection.startsWith("jdbc:") ? connection.substring("jdbc:".length()) : connection)
                    .getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * The name without what segment names must not have. Every name is cleaned, not only that of the span: a span is
     * worth more than the sign in its service's name, and the span keeps that.
     */
    static String clean(String name) {
        var cleaned = new StringBuilder(Math.min(name.length(), MAX_NAME));
        name.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) || c < 128 && SIGNS.indexOf(c) >= 0)
                .forEach(c -> {
                    if (cleaned.length() + Character.charCount(c) <= MAX_NAME) {
                        cleaned.appendCodePoint(c);
                    }
                });
        return cleaned.isEmpty() ? UNNAMED : cleaned.toString();
    }
}
