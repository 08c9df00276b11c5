// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What went wrong in a function.
 *
 * @param type for example {@code ValueError} or {@code Sandbox.Timedout}
 * @param message for people
 * @param cause as the runtime's client described it for traces, JSON; null if it did not
 * @param status what the REPORT line says beside the type: {@code error}, {@code timeout}, or null for a handler's own
 */
public record FunctionFault(
        String type,
        String message,
        @Nullable String cause,
        @Nullable String status) {
    private static final int MAX_STACK = 50;
    private static final int MAX_EXCEPTIONS = 10;

    /** The fault that a runtime reported with {@code payload}. */
    static FunctionFault reported(byte[] payload, String type, @Nullable String cause, @Nullable String status) {
        try {
            var error = JsonMapper.shared().readTree(payload);
            return new FunctionFault(
                    error.path("errorType").asString(type),
                    error.path("errorMessage").asString(""),
                    cause,
                    status);
        } catch (JacksonException e) {
            return new FunctionFault(type, new String(payload, StandardCharsets.UTF_8), cause, status);
        }
    }

    /** A fault that the platform saw, and the payload that tells it to the caller. */
    static Attempt.Answer.Failure seen(String type, String message, String status) {
        var error = JsonMapper.shared().createObjectNode();
        error.put("errorType", type);
        error.put("errorMessage", message);
        return new Attempt.Answer.Failure(
                error.toString().getBytes(StandardCharsets.UTF_8), new FunctionFault(type, message, null, status));
    }

    /** Writes the member {@code cause} of a segment: the runtime's, as far as it has the right form, else type and message. */
    void write(SegmentWriter segment, IdSource ids) {
        var described = described();
        segment.object("cause", out -> {
            out.text("working_directory", text(described, "working_directory"));
            out.texts(
                    "paths",
                    described
                            .path("paths")
                            .valueStream()
                            .limit(MAX_STACK)
                            .map(node -> node.asString(""))
                            .toList());
            var exceptions = described
                    .path("exceptions")
                    .valueStream()
                    .limit(MAX_EXCEPTIONS)
                    .map(exception -> exception(exception, ids))
                    .toList();
            out.objects("exceptions", exceptions.isEmpty() ? List.of(exception(ids)) : exceptions);
        });
    }

    private JsonNode described() {
        try {
            return JsonMapper.shared().readTree(cause == null ? "{}" : cause);
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    private Consumer<SegmentWriter> exception(IdSource ids) {
        return out -> out.text("id", ids.nextSegmentId()).text("type", type).text("message", message);
    }

    private static Consumer<SegmentWriter> exception(JsonNode exception, IdSource ids) {
        List<Consumer<SegmentWriter>> stack = exception
                .path("stack")
                .valueStream()
                .limit(MAX_STACK)
                .<Consumer<SegmentWriter>>map(frame -> out -> out.text("path", text(frame, "path"))
                        .number("line", frame.path("line").asInt(0))
                        .text("label", text(frame, "label")))
                .toList();
        return out -> out.text("id", ids.nextSegmentId())
                .text("type", text(exception, "type"))
                .text("message", text(exception, "message"))
                .objects("stack", stack);
    }

    private static @Nullable String text(JsonNode node, String member) {
        var value = node.path(member);
        return value.isString() ? value.asString() : null;
    }
}
