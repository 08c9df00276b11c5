// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceModel;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import dev.clew.wire.http.Parameters;
import dev.clew.wire.shape.Member;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Shape.Time.Format;
import dev.clew.wire.shape.Structure;
import dev.clew.wire.shape.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** restJson1: members travel in the path, the query, headers, the status and the body. */
final class RestJson implements WireProtocol {
    private static final String JSON = "application/json";
    private static final String RETRY_AFTER = "retryAfterSeconds";
    private static final byte[] NO_BODY = {};

    private final DocumentReader reader;
    private final DocumentWriter writer = DocumentWriter.json();
    private final Limits limits;
    private final String blobContentType;

    RestJson(ServiceModel service, Limits limits) {
        this.reader = DocumentReader.json(limits.depth());
        this.limits = limits;
        this.blobContentType = Quirks.of(service.id()).blobContentType();
    }

    @Override
    public ServiceModel.Protocol kind() {
        return ServiceModel.Protocol.REST_JSON;
    }

    // ---- requests

    @Override
    public <I> I decode(OperationModel<I, ?> operation, HttpRequest request, PathLabels labels) {
        var input = operation.input();
        var members = input.members();
        var values = new @Nullable Object[members.size()];
        Parameters query = null;
        boolean document = false;
        for (int i = 0; i < values.length; i++) {
            var member = members.get(i);
            switch (member.place()) {
                case URI -> {
                    var label = labels.value(member.wireName());
                    values[i] = label == null ? null : TextValues.parse(member.shape(), label);
                }
                case QUERY -> {
                    query = query == null ? Parameters.parse(request.query(), limits.parameters()) : query;
                    values[i] = queryValue(member, query, operation);
                }
                case HEADER -> values[i] = headerValue(member, request.headers());
                case HEADERS -> values[i] = prefixedHeaders(member.wireName(), request.headers());
                case PAYLOAD -> values[i] = payload(member.shape(), request.body());
                case BODY -> document = true;
                case STATUS -> {} // a request has none
            }
        }
        if (document) {
            reader.readMembers(request.body(), input, values);
        }
        return input.construct(values);
    }

    private static @Nullable Object queryValue(Member member, Parameters query, OperationModel<?, ?> operation) {
        return switch (member.shape()) {
            case Shape.MapOf map -> restOfQuery(map, query, operation);
            case Shape.ListOf list -> {
                var texts = query.all(member.wireName());
                yield texts.isEmpty() ? null : parsed(list.element().get(), texts);
            }
            case Shape shape -> {
                var text = query.first(member.wireName());
                yield text == null ? null : TextValues.parse(shape, text);
            }
        };
    }

    /** Every query parameter that neither another member nor the model's URI claims. */
    private static @Nullable Object restOfQuery(Shape.MapOf map, Parameters query, OperationModel<?, ?> operation) {
        var texts = new LinkedHashMap<String, List<String>>();
        for (var parameter : query.list()) {
            if (!claimed(parameter.name(), operation)) {
                texts.computeIfAbsent(parameter.name(), name -> new ArrayList<>(1))
                        .add(parameter.value());
            }
        }
        if (texts.isEmpty()) {
            return null;
        }
        var result = new LinkedHashMap<String, Object>();
        switch (map.value().get()) {
            case Shape.ListOf list ->
                texts.forEach(
                        (name, values) -> result.put(name, parsed(list.element().get(), values)));
            case Shape value ->
                texts.forEach((name, values) -> result.put(name, TextValues.parse(value, values.getFirst())));
        }
        return Collections.unmodifiableMap(result);
    }

    private static boolean claimed(String name, OperationModel<?, ?> operation) {
        var uri = operation.uri();
        return uri.contains('?' + name + '=')
                || uri.contains('&' + name + '=')
                || operation.input().members().stream()
                        .anyMatch(member -> member.place() == Member.Place.QUERY
                                && !(member.shape() instanceof Shape.MapOf)
                                && member.wireName().equals(name));
    }

    private static List<Object> parsed(Shape element, List<String> texts) {
        return texts.stream().map(text -> TextValues.parse(element, text)).toList();
    }

    private static @Nullable Object headerValue(Member member, HttpHeaders headers) {
        if (member.shape() instanceof Shape.ListOf list) {
            var texts = new ArrayList<String>();
            for (var line : headers.all(member.wireName())) {
                for (var text : line.split(",", -1)) {
                    texts.add(text.strip());
                }
            }
            return texts.isEmpty() ? null : parsed(list.element().get(), texts);
        }
        var text = headers.first(member.wireName()).orElse(null);
        return text == null ? null : TextValues.parse(member.shape(), text);
    }

    private static @Nullable Object prefixedHeaders(String prefix, HttpHeaders headers) {
        var result = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                result.putIfAbsent(name.substring(prefix.length()), value);
            }
        });
        return result.isEmpty() ? null : Collections.unmodifiableMap(result);
    }

    private @Nullable Object payload(Shape shape, byte[] body) {
        return switch (shape) {
            case Shape.Blob _ -> body.length == 0 ? null : body;
            case Shape.Text _ -> body.length == 0 ? null : new String(body, StandardCharsets.UTF_8);
            case Shape other -> reader.readValue(body, other);
        };
    }

    // ---- responses

    @Override
    public <O> HttpResponse encode(OperationModel<?, O> operation, O output, String requestId) {
        var headers = HttpHeaders.builder().add("x-amzn-RequestId", requestId);
        var structure = operation.output();
        var values = structure.values(output);
        int status = operation.status();
        String contentType = null;
        for (int i = 0; i < values.length; i++) {
            var member = structure.members().get(i);
            var value = values[i];
            if (value == null) {
                continue;
            }
            switch (member.place()) {
                case STATUS -> status = ((Number) value).intValue();
                case HEADER -> {
                    var text = headerText(member.shape(), value);
                    if (member.wireName().equalsIgnoreCase("Content-Type")) {
                        contentType = text;
                    } else {
                        headers.add(member.wireName(), text);
                    }
                }
                case HEADERS ->
                    ((Map<?, ?>) value)
                            .forEach((name, text) ->
                                    headers.add(oneLine(member.wireName() + name), oneLine(text.toString())));
                case BODY, PAYLOAD, URI, QUERY -> {} // the body comes below; the others are of requests
            }
        }
        var body = status == 204 || status == 304 ? NO_BODY : body(structure, output, values);
        if (contentType != null || body.length > 0) {
            headers.add("Content-Type", contentType == null ? contentType(structure) : contentType);
        }
        return new HttpResponse(status, headers.build(), body);
    }

    private String contentType(Structure<?> output) {
        return switch (output.payload().map(Member::shape).orElse(output)) {
            case Shape.Blob _ -> blobContentType;
            case Shape.Text _ -> "text/plain";
            default -> JSON;
        };
    }

    private byte[] body(Structure<?> structure, Object output, @Nullable Object[] values) {
        if (structure == (Structure<?>) Unit.SHAPE) {
            return NO_BODY;
        }
        var payload = structure.payload().orElse(null);
        if (payload == null) {
            return writer.write(structure, output);
        }
        var value = values[structure.members().indexOf(payload)];
        if (value == null) {
            return NO_BODY;
        }
        return switch (payload.shape()) {
            case Shape.Blob _ -> (byte[]) value;
            case Shape.Text _ -> ((String) value).getBytes(StandardCharsets.UTF_8);
            case Shape shape -> writer.write(shape, value);
        };
    }

    private static String headerText(Shape shape, Object value) {
        if (shape instanceof Shape.ListOf list) {
            var element = list.element().get();
            return String.join(
                    ",",
                    ((List<?>) value)
                            .stream()
                                    .map(item -> oneLine(TextValues.text(element, item, Format.HTTP_DATE)))
                                    .toList());
        }
        return oneLine(TextValues.text(shape, value, Format.HTTP_DATE));
    }

    /** A header that cannot end early and let a value pose as another header. */
    private static String oneLine(String text) {
        return text.indexOf('\r') < 0 && text.indexOf('\n') < 0
                ? text
                : text.replace('\r', ' ').replace('\n', ' ');
    }

    @Override
    public HttpResponse error(WireError error, String requestId) {
        var headers = HttpHeaders.builder()
                .add("Content-Type", JSON)
                .add("x-amzn-RequestId", requestId)
                .add("x-amzn-ErrorType", error.code());
        var body = new LinkedHashMap<String, Object>(error.details());
        var retryAfter = body.remove(RETRY_AFTER);
        if (retryAfter != null) {
            headers.add("Retry-After", oneLine(retryAfter.toString()));
        }
        body.put(error.messageMember(), error.message());
        return new HttpResponse(error.status(), headers.build(), writer.write(body));
    }
}
