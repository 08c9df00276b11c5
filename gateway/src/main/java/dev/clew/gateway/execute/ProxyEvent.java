// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.trace.TraceHeader;
import dev.clew.gateway.mapping.ValueExpression;
import dev.clew.wire.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** The event that a function gets for a request: payload format 1.0 of the Lambda proxy integration. */
final class ProxyEvent {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String[] IDENTITY_BEFORE_IP = {
        "cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller"
    };
    private static final String[] IDENTITY_BEFORE_AGENT = {
        "principalOrgId", "accessKey", "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn"
    };

    private final Exchange exchange;
    private final LiveIntegration.Lambda integration;

    private ProxyEvent(Exchange exchange, LiveIntegration.Lambda integration) {
        this.exchange = exchange;
        this.integration = integration;
    }

    /** The event as JSON. */
    static byte[] of(Exchange exchange, LiveIntegration.Lambda integration) {
        var bytes = new ByteArrayOutputStream(2_048 + exchange.request.body().length);
        try (var out = JSON.createGenerator(bytes)) {
            new ProxyEvent(exchange, integration).write(out);
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator out) {
        out.writeStartObject();
        text(out, "resource", exchange.routed().resourcePath());
        text(out, "path", exchange.address.path());
        text(out, "httpMethod", exchange.request.method());
        multiMap(out, "headers", "multiValueHeaders", headers());
        multiMap(out, "queryStringParameters", "multiValueQueryStringParameters", query());
        map(out, "pathParameters", exchange.pathParameters);
        map(out, "stageVariables", exchange.stage.variables());
        context(out);
        body(out);
        out.writeEndObject();
    }

    private Map<String, List<String>> headers() {
        var request = exchange.request;
        var headers = HttpHeaders.builder();
        request.headers().forEach((name, value) -> {
            if (HeaderRules.inEvent(name, value)) {
                headers.add(name, value);
            }
        });
        var traceName = request.headers().names().stream()
                .filter(TraceHeader.NAME::equalsIgnoreCase)
                .findFirst()
                .orElse(TraceHeader.NAME);
        headers.set(traceName, exchange.trace.inEvent());
        var forwarded = new ArrayList<>(request.headers().all("X-Forwarded-For"));
        forwarded.add(request.remoteAddress());
        headers.add("X-Forwarded-For", String.join(", ", forwarded));
        headers.add("X-Forwarded-Port", port());
        headers.add("X-Forwarded-Proto", request.secure() ? "https" : "http");
        mapped(integration.headers(), headers::set);
        return valuesByName(headers.build());
    }

    private static Map<String, List<String>> valuesByName(HttpHeaders headers) {
        var values = new LinkedHashMap<String, List<String>>();
        headers.names().forEach(name -> values.put(name, headers.all(name)));
        return values;
    }

    private String port() {
        var host = exchange.request.host();
        var domain = exchange.domainName();
        if (host.length() > domain.length()) {
            return host.substring(domain.length() + 1);
        }
        return exchange.request.secure() ? "443" : "80";
    }

    private Map<String, List<String>> query() {
        if (integration.query().isEmpty()) {
            return exchange.query.values();
        }
        var values = new LinkedHashMap<>(exchange.query.values());
        mapped(integration.query(), (name, value) -> values.put(name, List.of(value)));
        return values;
    }

    private void mapped(Map<String, ValueExpression> mappings, BiConsumer<String, String> target) {
        mappings.forEach((name, expression) -> {
            var value = expression.value(exchange);
            if (value != null) {
                target.accept(name, value);
            }
        });
    }

    private void context(JsonGenerator out) {
        var stage = exchange.stage;
        out.writeObjectPropertyStart("requestContext");
        text(out, "resourceId", exchange.routed().resourceId());
        text(out, "resourcePath", exchange.routed().resourcePath());
        text(out, "httpMethod", exchange.request.method());
        text(out, "extendedRequestId", exchange.ids.extendedRequestId());
        text(out, "requestTime", exchange.requestTime());
        text(out, "path", exchange.pathWithStage());
        text(out, "accountId", stage.key().scope().account());
        text(out, "protocol", Exchange.PROTOCOL);
        text(out, "stage", stage.name());
        text(out, "domainPrefix", exchange.domainPrefix());
        out.writeNumberProperty("requestTimeEpoch", exchange.start.toEpochMilli());
        text(out, "requestId", exchange.ids.requestId());
        identity(out);
        text(out, "domainName", exchange.domainName());
        text(out, "deploymentId", stage.origin().snapshot().id());
        text(out, "apiId", stage.key().id());
        out.writeEndObject();
    }

    private void identity(JsonGenerator out) {
        out.writeObjectPropertyStart("identity");
        for (var name : IDENTITY_BEFORE_IP) {
            out.writeNullProperty(name);
        }
        text(out, "sourceIp", exchange.request.remoteAddress());
        for (var name : IDENTITY_BEFORE_AGENT) {
            out.writeNullProperty(name);
        }
        text(out, "userAgent", exchange.header("User-Agent"));
        out.writeNullProperty("user");
        out.writeEndObject();
    }

    private void body(JsonGenerator out) {
        var body = exchange.request.body();
        boolean binary = body.length > 0 && exchange.stage.binaryTypes().contain(exchange.header("Content-Type"));
        if (body.length == 0) {
            out.writeNullProperty("body");
        } else if (binary) {
            out.writeBinaryProperty("body", body);
        } else {
            text(out, "body", exchange.request.text());
        }
        out.writeBooleanProperty("isBase64Encoded", binary);
    }

    /** The last value of each name, then all of them; null twice if there are no names. */
    private static void multiMap(JsonGenerator out, String single, String multi, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            out.writeNullProperty(single);
            out.writeNullProperty(multi);
            return;
        }
        out.writeObjectPropertyStart(single);
        values.forEach((name, all) -> out.writeStringProperty(name, all.getLast()));
        out.writeEndObject();
        out.writeObjectPropertyStart(multi);
        values.forEach((name, all) -> {
            out.writeArrayPropertyStart(name);
            all.forEach(out::writeString);
            out.writeEndArray();
        });
        out.writeEndObject();
    }

    private static void map(JsonGenerator out, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            out.writeNullProperty(name);
            return;
        }
        out.writeObjectPropertyStart(name);
        values.forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        out.writeStringProperty(name, value);
    }
}
