// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A golden file: comments ({@code #}), a request as on the wire, a line {@code ---}, the response. A binary body is
 * written as {@code hex:} and digits, which may be broken into lines.
 */
record Exchange(String comment, HttpRequest request, String response) {
    private static final String SEPARATOR = "\n---\n";
    private static final String HEX = "hex:";

    static Exchange parse(String file) {
        int start = 0;
        while (file.startsWith("#", start)) {
            start = file.indexOf('\n', start) + 1;
        }
        int middle = file.indexOf(SEPARATOR);
        return new Exchange(
                file.substring(0, start),
                request(file.substring(start, middle)),
                file.substring(middle + SEPARATOR.length()).stripTrailing());
    }

    private static HttpRequest request(String text) {
        int blank = text.indexOf("\n\n");
        var head = (blank < 0 ? text : text.substring(0, blank)).split("\n", -1);
        var body = blank < 0 ? "" : text.substring(blank + 2);
        var line = head[0].split(" ", -1);
        int question = line[1].indexOf('?');
        var headers = HttpHeaders.builder();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(": ");
            headers.add(head[i].substring(0, colon), head[i].substring(colon + 2));
        }
        return new HttpRequest(
                line[0],
                question < 0 ? line[1] : line[1].substring(0, question),
                question < 0 ? "" : line[1].substring(question + 1),
                headers.build(),
                bytes(body),
                "127.0.0.1",
                false);
    }

    private static byte[] bytes(String body) {
        return body.startsWith(HEX)
                ? HexFormat.of().parseHex(body.substring(HEX.length()).replaceAll("\\s", ""))
                : body.getBytes(StandardCharsets.UTF_8);
    }

    static String text(HttpResponse response) {
        var text = new StringBuilder().append(response.status()).append('\n');
        response.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        if (response.body().length > 0) {
            var binary = response.headers().first("Content-Type").orElse("").equals("application/cbor");
            text.append('\n').append(binary ? HEX + HexFormat.of().formatHex(response.body()) : response.text());
        }
        return text.toString().stripTrailing();
    }
}
