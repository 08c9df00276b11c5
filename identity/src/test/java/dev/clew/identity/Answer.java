// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/** A response, read with the simplest means. */
record Answer(int status, String body) {
    static Answer of(HttpResponse response) {
        return new Answer(response.status(), response.text());
    }

    /** The text of the only element with this name. */
    String text(String element) {
        assertThat(all(element)).as(element + " in " + body).hasSize(1);
        return all(element).getFirst();
    }

    /** The texts of all elements with this name that hold text only, in order. */
    List<String> all(String element) {
        var pattern = Pattern.compile('<' + element + ">([^<]*)</" + element + '>');
        return pattern.matcher(body)
                .results()
                .map(match -> unescaped(match.group(1)))
                .toList();
    }

    private static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    Answer succeeds() {
        assertThat(status).as(body).isEqualTo(200);
        return this;
    }

    void fails(int expected, String code, String message) {
        assertThat(List.of(String.valueOf(status), text("Code"), text("Message")))
                .containsExactly(String.valueOf(expected), code, message);
    }
}
