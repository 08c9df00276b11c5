// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Reads the error documents of functions: {@code {"errorMessage":…,"errorType":…,…}}. */
final class FunctionErrors {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_LENGTH = 1_024;

    private FunctionErrors() {}

    /** What the function says went wrong, at most 1,024 characters; "" if it does not say. Never throws. */
    static String message(byte[] payload) {
        try (var json = JSON.createParser(payload)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                var value = json.nextToken();
                if (name.equals("errorMessage") && value == JsonToken.VALUE_STRING) {
                    var message = json.getString();
                    return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH);
                }
                json.skipChildren();
            }
        } catch (JacksonException notJson) {
            return "";
        }
        return "";
    }
}
