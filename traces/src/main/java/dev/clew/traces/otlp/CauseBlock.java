// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code cause} block: what the span's exception events say, or else its status. */
final class CauseBlock {
    static final String EXCEPTION = "exception";
    static final String HTTP_FAILURE = "HTTP request failure";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_EXCEPTIONS = 50;

    private final SpanIds ids;
    private final boolean remote;
    private final boolean stacks;
    private final @Nullable String language;
    private final List<ObjectNode> exceptions = new ArrayList<>();

    private CauseBlock(SpanIds ids, SpanKind kind, @Nullable String language, boolean stacks) {
        this.ids = ids;
        this.remote = kind == SpanKind.SPAN_KIND_CLIENT || kind == SpanKind.SPAN_KIND_PRODUCER;
        this.language = language;
        this.stacks = stacks;
    }

    /**
     * @param stacks whether to write the frames of the stacks
     * @return null if nothing went wrong
     */
    static @Nullable ObjectNode of(SpanIds ids, Span span, Attributes attributes, Attributes resource, boolean stacks) {
        var block = new CauseBlock(ids, span.getKind(), resource.peek("telemetry.sdk.language"), stacks);
        boolean aws = "aws-api".equals(attributes.peek("rpc.system"));
        for (var event : span.getEventsList()) {
            if (block.exceptions.size() < MAX_EXCEPTIONS && isCause(event, aws)) {
                var details = Attributes.of(event.getAttributesList());
                if (event.getName().equals(EXCEPTION)) {
                    block.exception(details);
                } else {
                    block.httpFailure(event, details);
                }
            }
        }
        var status = span.getStatus();
        if (block.exceptions.isEmpty()
                && status.getCode() == StatusCode.STATUS_CODE_ERROR
                && !status.getMessage().isEmpty()) {
            block.add(null, status.getMessage(), block.remote);
        }
        if (block.exceptions.isEmpty()) {
            return null;
        }
        var cause = JSON.objectNode();
        cause.putArray("exceptions").addAll(block.exceptions);
        return cause;
    }

    /** Whether the event's content is in the cause, so that it need not be in the metadata. */
    static boolean isCause(Span.Event event, boolean awsCall) {
        return event.getName().equals(EXCEPTION) || awsCall && event.getName().equals(HTTP_FAILURE);
    }

    private ObjectNode add(@Nullable String type, @Nullable String message, boolean isRemote) {
        var exception = JSON.objectNode().put("id", ids.exception(exceptions.size()));
        if (type != null) {
            exception.put("type", type);
        }
        if (message != null) {
            exception.put("message", message);
        }
        if (isRemote) {
            exception.put("remote", true);
        }
        exceptions.add(exception);
        return exception;
    }

    private void exception(Attributes details) {
        var type = details.text("exception.type");
        var message = details.text("exception.message");
        var stack = details.text("exception.stacktrace");
        var traces = StackTraces.parse(language, stack == null ? "" : stack);
        ObjectNode outer = null;
        for (var trace : traces) {
            if (exceptions.size() == MAX_EXCEPTIONS) {
                break;
            }
            var exception = outer == null ? add(type, message, remote) : add(trace.type(), trace.message(), remote);
            if (outer == null) {
                received(exception, details);
            } else {
                outer.put("cause", exception.path("id").asString(""));
            }
            if (trace.truncated() > 0 && !exception.has("truncated")) {
                exception.put("truncated", trace.truncated());
            }
            frames(exception, trace.frames());
            outer = exception;
        }
    }

    /** What the span says of an exception that was an X-Ray one before. */
    private static void received(ObjectNode exception, Attributes details) {
        var id = details.text("aws.xray.exception.id");
        if (id != null) {
            exception.put("id", id);
        }
        if (details.flag("aws.xray.exception.remote")) {
            exception.put("remote", true);
        }
        for (var count : List.of("truncated", "skipped")) {
            var number = details.number("aws.xray.exception." + count);
            if (number != null) {
                exception.put(count, number);
            }
        }
        var cause = details.text("aws.xray.exception.cause");
        if (cause != null) {
            exception.put("cause", cause);
        }
    }

    private void frames(ObjectNode exception, List<StackTraces.Frame> frames) {
        if (!stacks) {
            if (!frames.isEmpty()) {
                exception.put(
                        "truncated", frames.size() + exception.path("truncated").asLong(0));
            }
            return;
        }
        if (frames.isEmpty()) {
            return;
        }
        var stack = exception.putArray("stack");
        for (var frame : frames) {
            var entry = stack.addObject();
            if (frame.path() != null) {
                entry.put("path", frame.path());
            }
            entry.put("line", frame.line());
            if (frame.label() != null) {
                entry.put("label", frame.label());
            }
        }
    }

    private void httpFailure(Span.Event event, Attributes details) {
        var status = details.text("http.status_code", "http.response.status_code");
        var text = details.text("aws.http.error_message");
        var at = BigDecimal.valueOf(event.getTimeUnixNano() / 1_000, 6).toPlainString();
        add("aws.http.error.event", (status == null ? "" : status) + '@' + at + '@' + (text == null ? "" : text), true);
    }
}
