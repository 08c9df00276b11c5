// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.clew.core.Scope;
import dev.clew.traces.otlp.OtlpCounters.Refusal;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * OTLP over HTTP: {@code POST /v1/traces} with protobuf or JSON, plain or gzip. Answers in the request's form; a refusal is
 * a {@code google.rpc.Status}. Safe for use by many threads.
 */
public final class OtlpHttp {
    /** The path of the signal that is served. */
    public static final String PATH = "/v1/traces";

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final OtlpReceiver receiver;

    public OtlpHttp(OtlpReceiver receiver) {
        this.receiver = receiver;
    }

    /** @param scope account and region that the spans belong to */
    public HttpResponse handle(HttpRequest request, Scope scope) {
        boolean json = mediaType(request).equals(JSON);
        try {
            if (!request.method().equals("POST")) {
                throw new RefusedExport(Refusal.NOT_SERVED, "method: " + request.method() + " (expected: POST)");
            }
            if (!json && !mediaType(request).equals(PROTOBUF)) {
                throw new RefusedExport(
                        Refusal.NOT_SERVED,
                        "Content-Type: '" + mediaType(request) + "' (expected: " + PROTOBUF + " or " + JSON + ")");
            }
            var body = Compression.decompress(
                    request.headers().first("Content-Encoding").orElse(""),
                    request.body(),
                    receiver.config().maxRequestBytes());
            var answer = receiver.accept(scope, json ? readJson(body) : readProtobuf(body));
            return answer(200, json, json ? text(answer) : answer.toByteArray());
        } catch (RefusedExport e) {
            receiver.counters().addRefused(e.reason());
            return refused(status(request, e), json, e);
        }
    }

    /** Refuses a caller who may not send spans. */
    public HttpResponse denied(HttpRequest request, String message) {
        receiver.counters().addRefused(Refusal.DENIED);
        return refused(403, mediaType(request).equals(JSON), new RefusedExport(Refusal.DENIED, message));
    }

    private static int status(HttpRequest request, RefusedExport refused) {
        return switch (refused.reason()) {
            case MALFORMED, OVER_LIMIT -> 400;
            case TOO_LARGE -> 413;
            case NOT_SERVED -> request.method().equals("POST") ? 415 : 405;
            case DENIED -> 403;
            case STORE_FAILED -> 503;
        };
    }

    private static String mediaType(HttpRequest request) {
        var type = request.headers().first("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    static ExportTraceServiceRequest readProtobuf(byte[] body) throws RefusedExport {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedExport(Refusal.MALFORMED, "The request is not an ExportTraceServiceRequest.");
        }
    }

    private static ExportTraceServiceRequest readJson(byte[] body) throws RefusedExport {
        var request = ExportTraceServiceRequest.newBuilder();
        try {
            OtlpJson.read(body, request);
        } catch (IllegalArgumentException e) {
            throw new RefusedExport(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
        return request.build();
    }

    private static byte[] text(Message message) {
        return OtlpJson.write(message).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static HttpResponse refused(int status, boolean json, RefusedExport refused) {
        if (json) {
            var body = JsonMapper.shared().createObjectNode();
            body.put("code", refused.code()).put("message", refused.message());
            return answer(status, true, body.toString().getBytes(StandardCharsets.UTF_8));
        }
        return answer(status, false, protobufStatus(refused));
    }

    /** {@code google.rpc.Status}: code is field 1, message field 2. */
    private static byte[] protobufStatus(RefusedExport refused) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = CodedOutputStream.newInstance(bytes);
            out.writeInt32(1, refused.code());
            out.writeString(2, refused.message());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static HttpResponse answer(int status, boolean json, byte[] body) {
        var headers = HttpHeaders.builder().add("Content-Type", json ? JSON : PROTOBUF);
        if (status == 405) {
            headers.add("Allow", "POST");
        }
        if (status == 503) {
            headers.add("Retry-After", "1");
        }
        return new HttpResponse(status, headers.build(), body);
    }
}
