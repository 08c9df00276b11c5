// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests as exporters send them, and spans to put into them. */
final class Otlp {
    static final String TRACE = XRay.TRACE.w3c();
    static final BigInteger NOW =
            BigInteger.valueOf(ManualClock.START.getEpochSecond()).multiply(BigInteger.valueOf(1_000_000_000));

    private Otlp() {}

    static HttpResponse post(XRay xray, String type, byte[] body, String... headers) {
        var all = HttpHeaders.of(headers).toBuilder().add("Content-Type", type).build();
        var request = new HttpRequest("POST", OtlpHttp.PATH, "", all, body, "127.0.0.1", false);
        return new OtlpHttp(xray.traces().otlp()).handle(request, XRay.SCOPE);
    }

    static HttpResponse postJson(XRay xray, JsonNode request) {
        return post(xray, "application/json", request.toString().getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse postProtobuf(XRay xray, JsonNode request) {
        return post(xray, "application/x-protobuf", protobuf(request));
    }

    static byte[] protobuf(JsonNode request) {
        var message = ExportTraceServiceRequest.newBuilder();
        OtlpJson.read(request.toString().getBytes(StandardCharsets.UTF_8), message);
        return message.build().toByteArray();
    }

    static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A request with these spans of one resource and scope. */
    static ObjectNode requestOf(JsonNode resource, ObjectNode... spans) {
        var request = JsonMapper.shared().createObjectNode();
        var resourceSpans = request.putArray("resourceSpans").addObject();
        resourceSpans.putObject("resource").set("attributes", attributes(resource));
        var scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
        scopeSpans.putObject("scope").put("name", "test");
        var array = scopeSpans.putArray("spans");
        for (var span : spans) {
            array.add(span);
        }
        return request;
    }

    static ObjectNode request(ObjectNode... spans) {
        return requestOf(JsonNodeFactory.instance.objectNode(), spans);
    }

    /** A span of the usual trace that takes 250 ms. */
    static ObjectNode span(String id, String parent, int kind, String name) {
        var span = JsonMapper.shared().createObjectNode();
        span.put("traceId", TRACE).put("spanId", id);
        if (!parent.isEmpty()) {
            span.put("parentSpanId", parent);
        }
        return span.put("name", name)
                .put("kind", kind)
                .put("startTimeUnixNano", NOW.toString())
                .put("endTimeUnixNano", NOW.add(BigInteger.valueOf(250_000_000)).toString());
    }

    /** Attributes in OTLP's form, from an ordinary object. */
    static ArrayNode attributes(JsonNode values) {
        var attributes = JsonMapper.shared().createArrayNode();
        values.properties()
                .forEach(entry ->
                        attributes.addObject().put("key", entry.getKey()).set("value", value(entry.getValue())));
        return attributes;
    }

    private static ObjectNode value(JsonNode value) {
        var any = JsonMapper.shared().createObjectNode();
        if (value.isString()) {
            any.put("stringValue", value.asString());
        } else if (value.isBoolean()) {
            any.put("boolValue", value.asBoolean());
        } else if (value.isIntegralNumber()) {
            any.put("intValue", value.asString());
        } else if (value.isNumber()) {
            any.put("doubleValue", value.asDouble());
        } else if (value.isArray()) {
            var values = any.putObject("arrayValue").putArray("values");
            value.forEach(element -> values.add(value(element)));
        } else {
            any.putObject("kvlistValue").set("values", attributes(value));
        }
        return any;
    }
}
