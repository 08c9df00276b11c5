// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.cli.server.Endpoint;
import dev.clew.cli.server.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectProxyTest {
    private static final String API = "a1b2c3.execute-api.us-east-1.amazonaws.com";

    private FakeServer clew;
    private FakeServer elsewhere;
    private CertificateAuthority authority;
    private ConnectProxy proxy;

    @BeforeEach
    void start() throws Exception {
        clew = new FakeServer().answering("/prod/orders/c1", "{\"orderId\":\"o1\"}");
        elsewhere = new FakeServer().answering("/plain", "\"elsewhere\"");
        authority = new CertificateAuthority(ConnectProxy.DOMAIN, Instant.now());
        proxy = ConnectProxy.start(Endpoint.parse(clew.url()), authority, Upstream.direct());
    }

    @AfterEach
    void stop() {
        proxy.close();
        clew.close();
        elsewhere.close();
    }

    @Test
    void takesAnHttpsRequestForTheCloudToClewWithItsHost() throws Exception {
        try (var client = client()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://" + API + "/prod/orders/c1"))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"quantity\":1}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"orderId\":\"o1\"}");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
        assertThat(clew.requests()).containsExactly("POST " + API + " /prod/orders/c1 {\"quantity\":1}");
    }

    @Test
    void leavesOtherTunnelsAlone() throws Exception {
        var target = "127.0.0.1:" + URI.create(elsewhere.url()).getPort();
        assertThat(exchange("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n"
                        + "GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 Connection established")
                .endsWith("\"elsewhere\"");
        assertThat(clew.requests()).isEmpty();
    }

    @Test
    void forwardsPlainRequestsInOriginForm() throws Exception {
        assertThat(exchange("GET http://" + API
                        + "/prod/orders/c1?a=b HTTP/1.1\r\nHost: " + API
                        + "\r\nProxy-Connection: keep-alive\r\n\r\n"))
                .endsWith("{\"orderId\":\"o1\"}");
        assertThat(clew.requests()).containsExactly("GET " + API + " /prod/orders/c1 ");
    }

    @Test
    void saysSoWhenNothingAnswers() throws Exception {
        clew.close();
        assertThat(exchange("CONNECT " + API + ":443 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT HTTP/1.1\r\n\r\n",
                "CONNECT host:99999 HTTP/1.1\r\n\r\n",
                "CONNECT ho st:443 HTTP/1.1\r\n\r\n",
                "GET /origin-form HTTP/1.1\r\n\r\n",
                "GET ftp://x/ HTTP/1.1\r\n\r\n",
            })
    void refusesWhatItDoesNotUnderstand(String request) throws Exception {
        assertThat(exchange(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void certifiesNothingOutsideOfItsDomain() {
        assertThatThrownBy(() -> authority.serverContext("bank.test")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> authority.serverContext("notamazonaws.com"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String exchange(String request) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort()));
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpClient client() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        URI.create(proxy.url()).getPort())))
                .sslContext(context)
                .build();
    }
}
