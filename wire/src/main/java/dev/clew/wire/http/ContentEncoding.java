// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Undoes the compression of request bodies: current clients compress large ones where the service's model says so. */
public final class ContentEncoding {
    private static final String HEADER = "Content-Encoding";

    private ContentEncoding() {}

    /**
     * The request as it was before its client compressed it. One that is not compressed, or not as it says, is returned as it is.
     *
     * @param maxBytes a body that would be longer is cut to one byte more, so that whoever checks its size refuses it
     */
    public static HttpRequest undo(HttpRequest request, int maxBytes) {
        if (!request.headers().first(HEADER).orElse("").strip().equalsIgnoreCase("gzip")) {
            return request;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return new HttpRequest(
                    request.method(),
                    request.path(),
                    request.query(),
                    request.headers(),
                    in.readNBytes(maxBytes + 1),
                    request.remoteAddress(),
                    request.secure());
        } catch (IOException e) {
            return request; // whoever reads it will not understand it either, and says so in the words of the protocol
        }
    }
}
