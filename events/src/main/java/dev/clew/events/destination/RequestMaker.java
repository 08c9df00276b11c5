// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.trace.TraceHeader;
import dev.clew.wire.http.PercentEncoding;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts a request together from what the destination, the rule's target and the connection say; the connection wins. */
final class RequestMaker {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private RequestMaker() {}

    /**
     * The request of one delivery.
     *
     * @param bearer token of the connection; null if it uses none
     * @throws IllegalArgumentException if the parts make no request; its message holds no secret
     */
    static HttpRequest delivery(
            Destination destination,
            Credentials credentials,
            @Nullable String bearer,
            HttpParameters target,
            byte[] payload,
            @Nullable TraceHeader trace) {
        var query = new LinkedHashMap<>(target.query());
        credentials.invocation().query().forEach(extra -> query.put(extra.key(), extra.value()));
        var request = HttpRequest.newBuilder(uri(destination.endpoint(), target.path(), query));
        var headers = headers();
        headers.put("User-Agent", "Amazon/EventBridge/ApiDestinations");
        if (WITHOUT_BODY.contains(destination.method())) {
            request.method(destination.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            headers.put("Content-Type", "application/json; charset=utf-8");
            var body = merged(payload, credentials.invocation().body());
            request.method(destination.method(), HttpRequest.BodyPublishers.ofByteArray(body));
        }
        headers.putAll(target.headers());
        credentials.invocation().headers().forEach(extra -> headers.put(extra.key(), extra.value()));
        switch (credentials.authorization()) {
            case Authorization.Basic(String username, String password) ->
                headers.put("Authorization", basic(username, password));
            case Authorization.ApiKey(String name, String value) -> headers.put(name, value);
            case Authorization.OAuth _ -> headers.put("Authorization", "Bearer " + bearer);
        }
        if (trace != null) {
            headers.put(TraceHeader.NAME, trace.toString());
        }
        return built(request, headers);
    }

    /** The request for a token: the client's id and secret as a form, in the query if the method has no body. */
    static HttpRequest token(Authorization.OAuth oauth) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", oauth.clientId());
        form.put("client_secret", oauth.clientSecret());
        oauth.parameters().body().forEach(extra -> form.put(extra.key(), extra.value()));
        var query = new LinkedHashMap<String, String>();
        oauth.parameters().query().forEach(extra -> query.put(extra.key(), extra.value()));
        boolean inQuery = oauth.method().equals("GET");
        if (inQuery) {
            form.forEach(query::putIfAbsent);
        }
        var request = HttpRequest.newBuilder(uri(oauth.endpoint(), List.of(), query))
                .method(
                        oauth.method(),
                        inQuery
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(encoded(form)));
        var headers = headers();
        headers.put("Accept", "application/json");
        if (!inQuery) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        oauth.parameters().headers().forEach(extra -> headers.put(extra.key(), extra.value()));
        return built(request, headers);
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static HttpRequest built(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach((name, value) -> {
            try {
                request.setHeader(name, value.strip());
            } catch (IllegalArgumentException refused) { // its message may hold the value
                throw new IllegalArgumentException("the header " + name + " cannot be sent");
            }
        });
        return request.build();
    }

    /** @throws IllegalArgumentException if there are fewer values than wildcards */
    private static URI uri(String endpoint, List<String> path, Map<String, String> query) {
        int mark = endpoint.indexOf('?');
        var base = mark < 0 ? endpoint : endpoint.substring(0, mark);
        var parameters = new ArrayList<String>();
        if (mark >= 0 && mark + 1 < endpoint.length()) {
            parameters.add(endpoint.substring(mark + 1));
        }
        if (!query.isEmpty()) {
            parameters.add(encoded(query));
        }
        var text = filled(base, path);
        return URI.create(parameters.isEmpty() ? text : text + '?' + String.join("&", parameters));
    }

    private static String filled(String base, List<String> values) {
        var text = new StringBuilder(base.length());
        int next = 0;
        for (int i = 0; i < base.length(); i++) {
            if (base.charAt(i) != '*') {
                text.append(base.charAt(i));
            } else if (next < values.size()) {
                text.append(PercentEncoding.encode(values.get(next++)));
            } else {
                throw new IllegalArgumentException(
                        "the endpoint's path has more wildcards than PathParameterValues: " + values.size());
            }
        }
        return text.toString();
    }

    private static String encoded(Map<String, String> form) {
        var parts = new ArrayList<String>();
        form.forEach((key, value) -> parts.add(PercentEncoding.encode(key) + '=' + PercentEncoding.encode(value)));
        return String.join("&", parts);
    }

    /** A payload that is no object has no place for parameters, and stays as it is. */
    private static byte[] merged(byte[] payload, List<Extras.Extra> extras) {
        if (extras.isEmpty()) {
            return payload;
        }
        try {
            if (JSON.readTree(payload) instanceof ObjectNode object) {
                extras.forEach(extra -> object.put(extra.key(), extra.value()));
                return JSON.writeValueAsBytes(object);
            }
            return payload;
        } catch (JacksonException notJson) {
            return payload;
        }
    }

    private static String basic(String username, String password) {
        var pair = (username + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
