// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes segment documents of spans. The same span always makes the same documents, byte for byte, so that only the span
 * has to be stored. Safe for use by many threads.
 */
final class SpanMapping {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> SQL_SYSTEMS = Set.of(
            "db2",
            "derby",
            "hive",
            "mariadb",
            "mssql",
            "mysql",
            "oracle",
            "postgresql",
            "sqlite",
            "teradata",
            "other_sql");

    private final OtlpConfig config;
    private final int maxDocumentBytes;

    /** @param maxDocumentBytes most bytes of one document; 0 for no limit */
    SpanMapping(OtlpConfig config, int maxDocumentBytes) {
        this.config = config;
        this.maxDocumentBytes = maxDocumentBytes;
    }

    /** What may be left out of a document that would be too large, in this order. */
    private enum Detail {
        WHOLE,
        NO_METADATA,
        NO_STACKS
    }

    /** The documents of {@code span}: one, or two if it is a service's first work and a call at once. */
    List<byte[]> documents(Resource resource, InstrumentationScope scope, Span span, SpanIds ids) {
        var documents = new ArrayList<byte[]>();
        var attributes = Attributes.of(span.getAttributesList());
        for (var role : Role.of(span, ids.parent() == null, attributes, config.consumerAsSegment())) {
            documents.add(document(role, resource, scope, span, ids));
        }
        return documents;
    }

    private byte[] document(Role role, Resource resource, InstrumentationScope scope, Span span, SpanIds ids) {
        byte[] document = {};
        for (var detail : Detail.values()) {
            document = JSON.writeValueAsBytes(entity(role, resource, scope, span, ids, detail));
            if (maxDocumentBytes == 0 || document.length <= maxDocumentBytes) {
                break;
            }
        }
        return document; // still too large: the parser refuses it
    }

    private ObjectNode entity(
            Role role, Resource from, InstrumentationScope scope, Span span, SpanIds ids, Detail detail) {
        var attributes = Attributes.of(span.getAttributesList());
        var resource = Attributes.of(from.getAttributesList());
        var entity = JsonNodeFactory.instance.objectNode();
        var named = SpanNames.of(
                role, span.getKind(), Role.isLocalRoot(span, attributes), span.getName(), attributes, resource);
        entity.put("name", named.name());
        entity.put("id", role == Role.SERVICE ? ids.service() : ids.span());
        entity.put("trace_id", ids.trace().text());
        var parent = role == Role.CALL ? ids.service() : ids.parent();
        if (parent != null) {
            entity.put("parent_id", parent);
        }
        if (!role.isSegment()) {
            entity.put("type", "subsegment");
        }
        times(entity, span, attributes);
        put(entity, "namespace", named.namespace());
        if (role.isSegment()) {
            put(entity, "origin", AwsBlock.origin(resource));
            put(entity, "user", attributes.text("enduser.id"));
            var version = resource.peek("service.version");
            version = version == null ? resource.peek("container.image.tag") : version;
            if (version != null) {
                entity.putObject("service").put("version", version);
            }
        }
        put(entity, "resource_arn", attributes.text("aws.xray.resource_arn"));
        var http = HttpBlock.of(span, attributes, resource);
        if (!http.isEmpty() && role != Role.SERVICE) {
            entity.set("http", http);
        }
        flags(entity, span, http.path("response").path("status").asInt(0));
        if (role != Role.SERVICE) {
            var cause = CauseBlock.of(ids, span, attributes, resource, detail != Detail.NO_STACKS);
            if (cause != null) {
                entity.set("cause", cause);
            }
            sql(entity, span, attributes);
        }
        set(entity, "aws", AwsBlock.of(role, attributes, resource));
        tags(entity, role, span, attributes, resource, detail);
        described(entity, scope, span);
        return entity;
    }

    private void tags(
            ObjectNode entity, Role role, Span span, Attributes attributes, Attributes resource, Detail detail) {
        var tags = TagBlocks.of(role, span, attributes, resource, config);
        set(entity, "annotations", tags.annotations());
        if (detail == Detail.WHOLE) {
            set(entity, "metadata", tags.metadata());
        }
        boolean consumer = span.getKind() == Span.SpanKind.SPAN_KIND_CONSUMER;
        boolean links = role == Role.SEGMENT || role == Role.SUBSEGMENT || (role == Role.SERVICE) == consumer;
        if (links && span.getLinksCount() > 0) {
            var array = TagBlocks.links(span.getLinksList());
            if (!array.isEmpty()) {
                entity.set("links", array);
            }
        }
    }

    private static void times(ObjectNode entity, Span span, Attributes attributes) {
        entity.put("start_time", TagBlocks.seconds(span.getStartTimeUnixNano()));
        if (span.getEndTimeUnixNano() == 0 || attributes.flag("aws.xray.inprogress")) {
            entity.put("in_progress", true);
            return;
        }
        // Clocks that step back make spans that end before they begin; the format has no such thing.
        boolean back = Long.compareUnsigned(span.getEndTimeUnixNano(), span.getStartTimeUnixNano()) < 0;
        entity.put("end_time", TagBlocks.seconds(back ? span.getStartTimeUnixNano() : span.getEndTimeUnixNano()));
    }

    private static void flags(ObjectNode entity, Span span, int httpStatus) {
        if (httpStatus >= 400 && httpStatus <= 499) {
            entity.put("error", true);
            if (httpStatus == 429) {
                entity.put("throttle", true);
            }
        } else if (httpStatus >= 500 && httpStatus <= 599
                || span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR) {
            entity.put("fault", true);
        }
    }

    private static void sql(ObjectNode entity, Span span, Attributes attributes) {
        var system = attributes.peek("db.system");
        system = system == null ? attributes.peek("db.system.name") : system;
        if (system == null || !SQL_SYSTEMS.contains(system)) {
            return;
        }
        attributes.take("db.system");
        attributes.take("db.system.name");
        var sql = JsonNodeFactory.instance.objectNode();
        var connection = attributes.text("db.connection_string");
        var name = attributes.text("db.name", "db.namespace");
        sql.put("url", span.getName());
        sql.put(
                "connection_string",
                (connection == null ? "localhost" : connection) + '/' + (name == null ? "" : name));
        sql.put("database_type", system);
        put(sql, "user", attributes.text("db.user"));
        put(sql, "sanitized_query", attributes.text("db.statement", "db.query.text"));
        entity.set("sql", sql);
    }

    /** What a segment has no place for but people look for: an extension of ours. */
    private static void described(ObjectNode entity, InstrumentationScope scope, Span span) {
        var described = entity.putObject("clew.otel");
        described.put("name", span.getName());
        described.put("kind", span.getKind().name().replace("SPAN_KIND_", ""));
        if (!scope.getName().isEmpty()) {
            described.put("scope", scope.getName());
        }
    }

    private static void put(ObjectNode entity, String name, @Nullable String value) {
        if (value != null) {
            entity.put(name, value);
        }
    }

    private static void set(ObjectNode entity, String name, ObjectNode block) {
        if (!block.isEmpty()) {
            entity.set(name, block);
        }
    }
}
