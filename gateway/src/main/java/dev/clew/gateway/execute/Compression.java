// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.wire.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Compresses answers for clients that accept it, if the API says from which length on. */
final class Compression {
    private Compression() {}

    /** {@code response}, compressed with gzip or as it is. */
    static HttpResponse apply(Exchange exchange, HttpResponse response) {
        int from = exchange.stage.compressFrom();
        if (from < 0
                || response.body().length == 0
                || response.body().length < from
                || response.headers().first("Content-Encoding").isPresent()
                || !acceptsGzip(exchange)) {
            return response;
        }
        var headers = response.headers().toBuilder().set("Content-Encoding", "gzip");
        return new HttpResponse(response.status(), headers.build(), gzip(response.body()));
    }

    private static boolean acceptsGzip(Exchange exchange) {
        var accepted = exchange.header("Accept-Encoding");
        return accepted != null
                && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .anyMatch(coding -> coding.equals("gzip")
                                || coding.startsWith("gzip;")
                                        && !coding.replace(" ", "").endsWith("q=0"));
    }

    private static byte[] gzip(byte[] body) {
        var bytes = new ByteArrayOutputStream(body.length / 2 + 64);
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory does not fail so
        }
        return bytes.toByteArray();
    }
}
