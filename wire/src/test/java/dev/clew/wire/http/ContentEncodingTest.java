// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ContentEncodingTest {
    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static HttpRequest request(byte[] body, String... headers) {
        return new HttpRequest("POST", "/", "", HttpHeaders.of(headers), body, "127.0.0.1", false);
    }

    @Test
    void undoesGzip() throws IOException {
        var request = request(gzip("hello"), "Content-Encoding", "gzip");
        assertThat(ContentEncoding.undo(request, 5).text()).isEqualTo("hello");
    }

    @Test
    void stopsOneByteAfterTheBound() throws IOException {
        var request = request(gzip("x".repeat(1_000_000)), "Content-Encoding", "gzip");
        assertThat(ContentEncoding.undo(request, 100).body()).hasSize(101);
    }

    @Test
    void leavesEverythingElseAsItIs() throws IOException {
        var plain = request("hello".getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain");
        assertThat(ContentEncoding.undo(plain, 100)).isSameAs(plain);
        var lie = request("hello".getBytes(StandardCharsets.UTF_8), "Content-Encoding", "gzip");
        assertThat(ContentEncoding.undo(lie, 100)).isSameAs(lie);
        var other = request(gzip("hello"), "Content-Encoding", "br");
        assertThat(ContentEncoding.undo(other, 100)).isSameAs(other);
    }
}
