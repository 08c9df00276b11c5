// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import dev.clew.core.Scope;
import dev.clew.traces.otlp.OtlpCounters.Refusal;
import java.nio.ByteBuffer;

/**
 * The one method of OTLP over gRPC: a unary call, which is one framed message each way over HTTP/2 and a status in the
 * trailers. The listener does the HTTP/2. Safe for use by many threads.
 */
public final class OtlpGrpc {
    /** The path of the method. */
    public static final String PATH = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static final int HEAD_BYTES = 5;

    private final OtlpReceiver receiver;
    private final Scope scope;

    /** @param scope account and region that the spans belong to */
    public OtlpGrpc(OtlpReceiver receiver, Scope scope) {
        this.receiver = receiver;
        this.scope = scope;
    }

    /**
     * What to answer.
     *
     * @param status 0 for success
     * @param message what went wrong; "" for success
     * @param body the framed message; empty unless it is a success
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    public record Answer(int status, String message, byte[] body) {
        private static Answer refused(RefusedExport refused) {
            return new Answer(refused.code(), refused.message(), new byte[0]);
        }
    }

    /** Most bytes of a call's body that are worth reading: one more tells that it is too large. */
    public int maxBody() {
        return receiver.config().maxRequestBytes() + HEAD_BYTES;
    }

    /**
     * Answers a call.
     *
     * @param encoding the header {@code grpc-encoding}; "" if absent
     * @param body all of it, or more than {@link #maxBody} of it
     */
    public Answer call(String path, String encoding, byte[] body) {
        try {
            if (!path.equals(PATH)) {
                throw new RefusedExport(Refusal.NOT_SERVED, "method: " + path + " (expected: " + PATH + ")");
            }
            var request = OtlpHttp.readProtobuf(message(encoding, body));
            var answer = receiver.accept(scope, request).toByteArray();
            var framed = ByteBuffer.allocate(HEAD_BYTES + answer.length)
                    .put((byte) 0)
                    .putInt(answer.length)
                    .put(answer);
            return new Answer(0, "", framed.array());
        } catch (RefusedExport e) {
            receiver.counters().addRefused(e.reason());
            return Answer.refused(e);
        }
    }

    private byte[] message(String encoding, byte[] body) throws RefusedExport {
        int max = receiver.config().maxRequestBytes();
        if (body.length > maxBody()) {
            throw new RefusedExport(Refusal.TOO_LARGE, "The request has more than " + max + " bytes.");
        }
        var head = ByteBuffer.wrap(body);
        if (body.length < HEAD_BYTES || head.getInt(1) != body.length - HEAD_BYTES || head.get(0) > 1) {
            throw new RefusedExport(Refusal.MALFORMED, "The body is not one gRPC message.");
        }
        var message = new byte[body.length - HEAD_BYTES];
        head.get(HEAD_BYTES, message);
        return Compression.decompress(head.get(0) == 1 ? encoding : "", message, max);
    }
}
