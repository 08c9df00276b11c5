// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.http;

/** Answers HTTP requests. Called on a virtual thread per request: may block. Safe for use by many threads. */
@FunctionalInterface
public interface HttpHandler {
    HttpResponse handle(HttpRequest request);
}
