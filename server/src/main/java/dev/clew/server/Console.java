// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.wire.http.HttpHandler;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the web console, which its module packs under {@code dev/clew/console} on the class path. Every path below
 * {@code /console/} that is no file is a page of the console's own and gets its document; so does {@code /} for browsers.
 */
final class Console implements HttpHandler {
    private static final String FILES = "dev/clew/console/";
    private static final String DOCUMENT = "index.html";
    private static final String ROOT = "/console";
    private static final Pattern ASSET = Pattern.compile("assets/[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final String FOREVER =
            "public, max-age=31536000, immutable"; // the name carries a hash of the content
    private static final String ASK_AGAIN = "no-cache";

    /** Nothing but our own files: no inline script, no inline style, no frame around us, no other origin. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    /** How a file was compressed when the console was built: {@code Content-Encoding} and the file's ending. */
    private enum Coding {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz");

        private final String token;
        private final String ending;

        Coding(String token, String ending) {
            this.token = token;
            this.ending = ending;
        }
    }

    private final ClassLoader loader;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** @param loader where the console's files are */
    Console(ClassLoader loader) {
        this.loader = loader;
    }

    /** Whether this server was packed with the console, and {@code request} asks for something of it. */
    boolean claims(HttpRequest request) {
        var path = request.path();
        boolean ours = path.equals(ROOT) || path.startsWith(ROOT + "/") || path.equals("/") && browser(request);
        return ours && reads(request) && file(DOCUMENT).isPresent();
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        var path = request.path();
        var name = path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : "";
        if (name.startsWith("assets/")) {
            return ASSET.matcher(name).matches() && file(name).isPresent()
                    ? answer(request, name, FOREVER)
                    : HttpResponse.text(404, "text/plain; charset=utf-8", "The console has no such file.\n");
        }
        return answer(request, DOCUMENT, ASK_AGAIN);
    }

    private HttpResponse answer(HttpRequest request, String name, String caching) {
        var headers = HttpHeaders.builder()
                .add("Content-Type", TYPES.getOrDefault(ending(name), "application/octet-stream"))
                .add("Cache-Control", caching)
                .add("Vary", "Accept-Encoding")
                .add("Content-Security-Policy", POLICY)
                .add("Cross-Origin-Opener-Policy", "same-origin")
                .add("Cross-Origin-Resource-Policy", "same-origin")
                .add("Referrer-Policy", "no-referrer")
                .add("X-Content-Type-Options", "nosniff");
        var accepted = accepted(request);
        for (var coding : Coding.values()) {
            var compressed = file(name + coding.ending);
            if (compressed.isPresent() && accepted.contains(coding.token)) {
                return body(request, headers.add("Content-Encoding", coding.token), compressed.get());
            }
        }
        return body(request, headers, file(name).orElseThrow());
    }

    private static HttpResponse body(HttpRequest request, HttpHeaders.Builder headers, byte[] content) {
        return request.method().equals("HEAD")
                ? HttpResponse.empty(200, headers.build())
                : new HttpResponse(200, headers.build(), content);
    }

    private static List<String> accepted(HttpRequest request) {
        return Pattern.compile(",")
                .splitAsStream(request.headers().first("Accept-Encoding").orElse(""))
                .map(String::strip)
                .filter(coding -> !coding.endsWith(";q=0"))
                .map(coding -> coding.split(";", 2)[0].strip())
                .toList();
    }

    private static boolean reads(HttpRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    /** Whether a person's browser asks, not a client that signs. */
    static boolean browser(HttpRequest request) {
        return request.headers().first("Authorization").isEmpty()
                && request.headers().first("Accept").orElse("").contains("text/html");
    }

    /** What was found stays in memory: the console's files are few and small. */
    private Optional<byte[]> file(String name) {
        var known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var read = read(name);
        read.ifPresent(content -> files.put(name, content));
        return read;
    }

    private Optional<byte[]> read(String name) {
        try (var in = loader.getResourceAsStream(FILES + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the console's file " + name, e);
        }
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
