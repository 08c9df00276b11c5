// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.wire.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Reads a {@link ProxyResponse} in one pass over the payload; no tree is built. */
final class ProxyResponseReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final Map<String, List<String>> single = new LinkedHashMap<>();
    private final Map<String, List<String>> multi = new LinkedHashMap<>();
    private int status = 200;
    private String body = "";
    private boolean base64;

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Broken(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private ProxyResponseReader(JsonParser json) {
        this.json = json;
    }

    /** What {@code payload} says. Never throws. */
    static ProxyResponse read(byte[] payload) {
        try (var json = JSON.createParser(payload)) {
            return new ProxyResponseReader(json).read();
        } catch (JacksonException notJson) {
            return new ProxyResponse.Malformed("not JSON: " + notJson.getOriginalMessage());
        } catch (Broken broken) {
            return new ProxyResponse.Malformed(broken.getMessage());
        }
    }

    private ProxyResponse read() {
        require(json.nextToken() == JsonToken.START_OBJECT, "not an object");
        int members = 0;
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            member(name);
            members++;
        }
        require(members > 0, "an empty object");
        require(json.nextToken() == null, "more than one value");
        return new ProxyResponse.Valid(status, headers(), body, base64);
    }

    private void member(String name) {
        switch (name) {
            case "statusCode" -> status = status();
            case "headers" -> headers(single, false);
            case "multiValueHeaders" -> headers(multi, true);
            case "body" -> {
                require(isNull() || json.currentToken() == JsonToken.VALUE_STRING, "body is not a string");
                body = isNull() ? "" : json.getString();
            }
            case "isBase64Encoded" -> {
                require(isNull() || token().isBoolean(), "isBase64Encoded is not a boolean");
                base64 = json.currentToken() == JsonToken.VALUE_TRUE;
            }
            default -> throw new Broken("unknown member " + name);
        }
    }

    private int status() {
        int code;
        try {
            code = switch (token()) {
                case VALUE_NUMBER_INT -> json.getIntValue();
                case VALUE_STRING -> Integer.parseInt(json.getString());
                default -> throw new Broken("statusCode is not a number");
            };
        } catch (NumberFormatException notANumber) {
            throw new Broken("statusCode is not a number");
        }
        // a status below 200 announces another answer, which will not come
        require(code >= 200 && code <= 599, "statusCode " + code + " is not between 200 and 599");
        return code;
    }

    private void headers(Map<String, List<String>> target, boolean lists) {
        if (isNull()) {
            return;
        }
        require(json.currentToken() == JsonToken.START_OBJECT, "headers are not an object");
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            require(HeaderRules.isName(name), "'" + name + "' is not the name of a header");
            var values = new ArrayList<String>(1);
            json.nextToken();
            if (lists) {
                require(json.currentToken() == JsonToken.START_ARRAY, "header " + name + " is not a list");
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    addValue(name, values);
                }
            } else {
                addValue(name, values);
            }
            target.put(name, values);
        }
    }

    private void addValue(String name, List<String> values) {
        if (isNull()) {
            return;
        }
        require(token().isScalarValue(), "header " + name + " is neither text nor number");
        var value = json.getString();
        require(HeaderRules.isValue(value), "header " + name + " has characters that headers cannot have");
        values.add(value);
    }

    /** Lists first, then the single values that they do not hold already. */
    private HttpHeaders headers() {
        var headers = HttpHeaders.builder();
        multi.forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        var listed = headers.build();
        single.forEach((name, values) -> values.forEach(value -> {
            if (!listed.all(name).contains(value)) {
                headers.add(name, value);
            }
        }));
        return headers.build();
    }

    private JsonToken token() {
        return Objects.requireNonNull(json.currentToken());
    }

    private boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }
}
