// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.Arn;
import dev.clew.functions.source.QueueSource.Attribute;
import dev.clew.functions.source.QueueSource.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Messages in the form in which functions get them, and in which filters see them. */
final class BatchEvent {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] BEGIN = {'{', '"', 'R', 'e', 'c', 'o', 'r', 'd', 's', '"', ':', '['};

    private BatchEvent() {}

    /** Messages that one invocation gets, and the event that holds them. */
    @SuppressWarnings("ArrayRecordComponent") // payloads are large and never compared
    record Part(List<Message> messages, byte[] event) {
        Part {
            messages = List.copyOf(messages);
        }
    }

    /** As few events as hold all of {@code messages} in order, none larger than {@code maxBytes} unless a single message is. */
    static List<Part> of(Arn queue, List<Message> messages, int maxBytes) {
        var parts = new ArrayList<Part>();
        var some = new ArrayList<Message>();
        var out = new ByteArrayOutputStream();
        for (var message : messages) {
            var one = record(queue, message);
            if (!some.isEmpty() && out.size() + one.length + 3 > maxBytes) {
                parts.add(part(some, out));
                some.clear();
                out.reset();
            }
            if (some.isEmpty()) {
                out.writeBytes(BEGIN);
            } else {
                out.write(',');
            }
            out.writeBytes(one);
            some.add(message);
        }
        if (!some.isEmpty()) {
            parts.add(part(some, out));
        }
        return parts;
    }

    private static Part part(List<Message> messages, ByteArrayOutputStream out) {
        out.write(']');
        out.write('}');
        return new Part(messages, out.toByteArray());
    }

    private static byte[] record(Arn queue, Message message) {
        return written(queue, message, out -> out.writeStringProperty("body", message.body()));
    }

    /** The message as a pattern sees it: a body that is a JSON object is one, any other is a text. */
    static String filtered(Arn queue, Message message) {
        var body = message.body();
        var json = written(queue, message, out -> {
            if (isObject(body)) {
                out.writeName("body");
                out.writeRawValue(body);
            } else {
                out.writeStringProperty("body", body);
            }
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    private static boolean isObject(String body) {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static byte[] written(Arn queue, Message message, Consumer<JsonGenerator> body) {
        var bytes = new ByteArrayOutputStream(message.body().length() + 512);
        try (var out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("messageId", message.messageId());
            out.writeStringProperty("receiptHandle", message.receiptHandle());
            body.accept(out);
            out.writeObjectPropertyStart("attributes");
            new TreeMap<>(message.system()).forEach(out::writeStringProperty);
            out.writeEndObject();
            out.writeObjectPropertyStart("messageAttributes");
            new TreeMap<>(message.attributes()).forEach((name, value) -> attribute(out, name, value));
            out.writeEndObject();
            out.writeStringProperty("md5OfBody", message.md5OfBody());
            out.writeStringProperty("eventSource", "aws:sqs");
            out.writeStringProperty("eventSourceARN", queue.toString());
            out.writeStringProperty("awsRegion", queue.region());
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void attribute(JsonGenerator out, String name, Attribute attribute) {
        out.writeObjectPropertyStart(name);
        if (attribute.text() != null) {
            out.writeStringProperty("stringValue", attribute.text());
        }
        if (attribute.bytes() != null) {
            out.writeStringProperty("binaryValue", Base64.getEncoder().encodeToString(attribute.bytes()));
        }
        out.writeArrayPropertyStart("stringListValues");
        out.writeEndArray();
        out.writeArrayPropertyStart("binaryListValues");
        out.writeEndArray();
        out.writeStringProperty("dataType", attribute.type());
        out.writeEndObject();
    }
}
