// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** The record of an asynchronous invocation as destinations get it. */
final class Records {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Records() {}

    /** @param response what the function answered; ignored if it never ran */
    static String of(QueuedEvent event, Ending ending, byte[] request, byte[] response) {
        var text = new StringWriter(request.length + response.length + 512);
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringProperty("version", "1.0");
            out.writeStringProperty("timestamp", TIME.format(ending.at()));
            out.writeObjectPropertyStart("requestContext");
            out.writeStringProperty("requestId", event.requestId());
            out.writeStringProperty("functionArn", qualified(event));
            out.writeStringProperty("condition", ending.condition());
            out.writeNumberProperty("approximateInvokeCount", ending.tries());
            out.writeEndObject();
            payload(out, "requestPayload", request);
            if (ending.executedVersion() != null) {
                out.writeObjectPropertyStart("responseContext");
                out.writeNumberProperty("statusCode", 200);
                out.writeStringProperty("executedVersion", ending.executedVersion());
                if (!ending.success()) {
                    out.writeStringProperty("functionError", "Unhandled");
                }
                out.writeEndObject();
                payload(out, "responsePayload", response);
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    /** The function's ARN, with {@code $LATEST} where it was invoked without qualifier. */
    static String qualified(QueuedEvent event) {
        var arn = event.reference().arn();
        return event.qualifier() == null ? arn + ":$LATEST" : arn;
    }

    /** Functions may answer anything; what is no JSON becomes a text. */
    private static void payload(JsonGenerator out, String name, byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        out.writeName(name);
        if (isJson(text)) {
            out.writeRawValue(text);
        } else {
            out.writeString(text);
        }
    }

    private static boolean isJson(String text) {
        try (var parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
