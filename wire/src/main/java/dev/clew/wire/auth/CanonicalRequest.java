// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.Parameters;
import dev.clew.wire.http.PercentEncoding;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The form of a request that is signed: each part spelled in one way only. */
final class CanonicalRequest {
    private static final int MOST_PARAMETERS = 1_000;
    private static final String SIGNATURE = "X-Amz-Signature";

    private CanonicalRequest() {}

    /** @param path canonical already: {@link #normalized} or {@link #asSent} */
    static String of(HttpRequest request, String path, List<String> signedHeaders, String payloadHash) {
        var text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(path).append('\n');
        text.append(query(request.query())).append('\n');
        for (var name : signedHeaders) {
            text.append(name).append(':').append(header(request, name)).append('\n');
        }
        text.append('\n').append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }

    /** The path encoded once more, its dot segments and doubled slashes resolved. */
    static String normalized(String path) {
        var kept = new ArrayDeque<String>();
        for (var segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        var joined = '/' + String.join("/", kept);
        return PercentEncoding.encodePath(path.endsWith("/") && joined.length() > 1 ? joined + '/' : joined);
    }

    /** The path encoded once more, as some clients sign it. */
    static String asSent(String path) {
        return PercentEncoding.encodePath(path);
    }

    private static String query(String query) {
        if (query.isEmpty()) {
            return "";
        }
        return Parameters.parse(query.replace("+", "%2B"), MOST_PARAMETERS).list().stream()
                .filter(parameter -> !parameter.name().equals(SIGNATURE))
                .map(parameter -> new Parameters.Parameter(
                        PercentEncoding.encode(parameter.name()), PercentEncoding.encode(parameter.value())))
                .sorted(Comparator.comparing(Parameters.Parameter::name).thenComparing(Parameters.Parameter::value))
                .map(parameter -> parameter.name() + '=' + parameter.value())
                .collect(Collectors.joining("&"));
    }

    private static String header(HttpRequest request, String name) {
        return request.headers().all(name).stream()
                .map(CanonicalRequest::singleSpaced)
                .collect(Collectors.joining(","));
    }

    private static String singleSpaced(String value) {
        var text = new StringBuilder(value.length());
        for (char c : value.strip().toCharArray()) {
            if (c != ' ' || text.charAt(text.length() - 1) != ' ') {
                text.append(c);
            }
        }
        return text.toString();
    }
}
