// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import dev.clew.traces.otlp.OtlpCounters.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Undoes the compression of request bodies, up to a bound. */
final class Compression {
    private Compression() {}

    /** @param encoding as named in a header; "" for none */
    static byte[] decompress(String encoding, byte[] body, int maxBytes) throws RefusedExport {
        var plain = switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip" -> gunzip(body, maxBytes);
            default ->
                throw new RefusedExport(Refusal.NOT_SERVED, "encoding: '" + encoding + "' (expected: gzip or none)");
        };
        if (plain.length > maxBytes) {
            throw new RefusedExport(Refusal.TOO_LARGE, "The request has more than " + maxBytes + " bytes.");
        }
        return plain;
    }

    private static byte[] gunzip(byte[] body, int maxBytes) throws RefusedExport {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw new RefusedExport(Refusal.MALFORMED, "The body is not gzip.");
        }
    }
}
