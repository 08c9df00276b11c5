// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
    private static final Map<String, String> PACKED = Map.of(
            "dev/clew/console/index.html", "<!doctype html>",
            "dev/clew/console/assets/index-a1.js", "plain",
            "dev/clew/console/assets/index-a1.js.br", "brotli",
            "dev/clew/console/assets/index-a1.js.gz", "gzip",
            "dev/clew/secret.txt", "secret");

    private final Console console = new Console(new Files(PACKED));

    @Test
    void answersBrowsersAtTheRootWithTheDocument() {
        var request = get("/", "Accept", "text/html,application/xhtml+xml");
        assertThat(console.claims(request)).isTrue();
        var answer = console.handle(request);
        assertThat(answer.text()).isEqualTo("<!doctype html>");
        assertThat(answer.headers().first("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.headers().first("Cache-Control")).contains("no-cache");
    }

    @Test
    void leavesTheRootToClientsThatSignOrWantNoPage() {
        assertThat(console.claims(get("/"))).isFalse();
        assertThat(console.claims(get("/", "Accept", "text/html", "Authorization", "AWS4-HMAC-SHA256 …")))
                .isFalse();
        assertThat(console.claims(request("POST", "/", "Accept", "text/html"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/console", "/console/", "/console/map", "/console/traces/1-6b036e96-6c5f51383e832b1faf20689c"})
    void answersItsOwnPagesWithTheDocument(String path) {
        assertThat(console.claims(get(path))).isTrue();
        assertThat(console.handle(get(path)).text()).isEqualTo("<!doctype html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/consoles", "/2015-03-31/functions", "/restapis"})
    void leavesPathsOfTheServicesAlone(String path) {
        assertThat(console.claims(get(path, "Accept", "text/html"))).isFalse();
    }

    @Test
    void letsAssetsBeKeptForever() {
        var answer = console.handle(get("/console/assets/index-a1.js"));
        assertThat(answer.text()).isEqualTo("plain");
        assertThat(answer.headers().first("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(answer.headers().first("Content-Type")).contains("text/javascript; charset=utf-8");
    }

    @Test
    void sendsWhatIsSmallestOfWhatTheBrowserTakes() {
        var both = console.handle(get("/console/assets/index-a1.js", "Accept-Encoding", "gzip, deflate, br;q=0.9"));
        assertThat(both.text()).isEqualTo("brotli");
        assertThat(both.headers().first("Content-Encoding")).contains("br");
        assertThat(both.headers().first("Vary")).contains("Accept-Encoding");
        var old = console.handle(get("/console/assets/index-a1.js", "Accept-Encoding", "gzip, br;q=0"));
        assertThat(old.text()).isEqualTo("gzip");
    }

    @Test
    void forbidsScriptsAndStylesThatAreNotItsFiles() {
        var headers = console.handle(get("/console/")).headers();
        assertThat(headers.first("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.first("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.first("Referrer-Policy")).contains("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/assets/missing.js",
                "/console/assets/../../secret.txt",
                "/console/assets/..%2f..%2fsecret.txt",
                "/console/assets/",
                "/console/assets/.."
            })
    void hasNothingButItsFiles(String path) {
        var answer = console.handle(get(path));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).doesNotContain("secret");
    }

    @Test
    void claimsNothingWhenItIsNotPacked() {
        var absent = new Console(new Files(Map.of()));
        assertThat(absent.claims(get("/console/map"))).isFalse();
        assertThat(absent.claims(get("/", "Accept", "text/html"))).isFalse();
    }

    private static HttpRequest get(String path, String... headers) {
        return request("GET", path, headers);
    }

    private static HttpRequest request(String method, String path, String... headers) {
        return new HttpRequest(method, path, "", HttpHeaders.of(headers), new byte[0], "127.0.0.1", false);
    }

    /** A class path that holds these files. */
    private static final class Files extends ClassLoader {
        private final Map<String, String> files;

        Files(Map<String, String> files) {
            super(null);
            this.files = files;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            var text = files.get(name);
            return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
