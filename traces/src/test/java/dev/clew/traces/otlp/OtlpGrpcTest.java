// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.traces.XRay;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OtlpGrpcTest {
    private final XRay xray = new XRay();
    private final OtlpGrpc grpc = new OtlpGrpc(xray.traces().otlp(), XRay.SCOPE);
    private final byte[] request = Otlp.protobuf(Otlp.request(Otlp.span("00000000000000b1", "", 2, "x")));

    private static byte[] framed(int compressed, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) compressed)
                .putInt(message.length)
                .put(message)
                .array();
    }

    @Test
    void answersAFramedMessageWithOne() {
        var answer = grpc.call(OtlpGrpc.PATH, "", framed(0, request));
        assertThat(answer.status()).isZero();
        assertThat(answer.body()).containsExactly(0, 0, 0, 0, 0);
        assertThat(xray.documents(XRay.TRACE)).hasSize(1);
    }

    @Test
    void unpacksAMessageThatSaysItIsPacked() {
        assertThat(grpc.call(OtlpGrpc.PATH, "gzip", framed(1, Otlp.gzip(request)))
                        .status())
                .isZero();
        assertThat(grpc.call(OtlpGrpc.PATH, "gzip", framed(0, request)).status())
                .isZero();
    }

    @Test
    void refusesWithTheStatusOfTheProtocol() {
        assertThat(grpc.call("/other.Service/Export", "", framed(0, request)).status())
                .isEqualTo(12);
        assertThat(grpc.call(OtlpGrpc.PATH, "zstd", framed(1, request)).status())
                .isEqualTo(12);
        assertThat(grpc.call(OtlpGrpc.PATH, "", new byte[3]).status()).isEqualTo(3);
        assertThat(grpc.call(OtlpGrpc.PATH, "", framed(2, request)).status()).isEqualTo(3);
        assertThat(grpc.call(OtlpGrpc.PATH, "", framed(0, new byte[] {7})).status())
                .isEqualTo(3);
        assertThat(grpc.call(OtlpGrpc.PATH, "gzip", framed(1, Otlp.gzip(new byte[32 << 20])))
                        .status())
                .isEqualTo(8);
        assertThat(grpc.call(OtlpGrpc.PATH, "", new byte[grpc.maxBody() + 1]).status())
                .isEqualTo(8);
        assertThat(xray.get(XRay.TRACE)).isNull();
    }
}
