// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.server.Endpoint;
import dev.clew.cli.server.MessageHead;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP proxy on a free loopback port that takes whatever is meant for AWS to Clew, and leaves everything else alone.
 *
 * <p>For hosts of the cloud's domain it ends TLS with a certificate of our own authority and passes the bytes on as they
 * are: the server tells services and APIs apart by the Host header, which therefore must not change. Other tunnels are
 * not looked into. Connections are bounded; one too many is answered 503.
 */
final class ConnectProxy implements AutoCloseable {
    static final String DOMAIN = "amazonaws.com";

    private static final Logger LOG = System.getLogger(ConnectProxy.class.getName());
    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_HOSTS = 256;
    private static final int BACKLOG = 128;
    private static final int HEAD_PATIENCE_MILLIS = 15_000;
    /** A synchronous invocation may be silent for a quarter of an hour. */
    private static final int IDLE_PATIENCE_MILLIS = 16 * 60_000;

    private final Endpoint endpoint;
    private final CertificateAuthority authority;
    private final Upstream upstream;
    private final ServerSocket listener;
    private final Semaphore permits = new Semaphore(MAX_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, SSLContext> contexts = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SSLContext> eldest) {
            return size() > MAX_HOSTS;
        }
    });

    private ConnectProxy(Endpoint endpoint, CertificateAuthority authority, Upstream upstream, ServerSocket listener) {
        this.endpoint = endpoint;
        this.authority = authority;
        this.upstream = upstream;
        this.listener = listener;
    }

    /** Starts a proxy in front of {@code endpoint}. */
    static ConnectProxy start(Endpoint endpoint, CertificateAuthority authority, Upstream upstream) throws IOException {
        var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var proxy = new ConnectProxy(endpoint, authority, upstream, listener);
        Thread.ofVirtual().name("proxy-accept").start(proxy::accept);
        return proxy;
    }

    /** Where clients find it. */
    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().name("proxy-client").start(() -> serve(client));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "no connection accepted: {0}", e.getMessage());
            }
        }
    }

    private void serve(Socket client) {
        if (!permits.tryAcquire()) {
            answer(client, "503 Service Unavailable");
            Pipe.closeQuietly(client);
            return;
        }
        open.add(client);
        try (client) {
            client.setSoTimeout(HEAD_PATIENCE_MILLIS);
            client.setTcpNoDelay(true);
            var head = MessageHead.read(client.getInputStream());
            if (head != null) {
                dispatch(client, head);
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(Level.DEBUG, "a connection ended early: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            permits.release();
        }
    }

    private void dispatch(Socket client, MessageHead head)
            throws IOException, GeneralSecurityException, InterruptedException {
        var parts = head.startLine().split(" ");
        if (parts.length != 3) {
            answer(client, "400 Bad Request");
            return;
        }
        if (!parts[0].equals("CONNECT")) {
            forward(client, head, parts);
            return;
        }
        var target = Target.parse(parts[1], 443);
        if (target == null) {
            answer(client, "400 Bad Request");
        } else if (target.ours() && target.port() == 443) {
            intercept(client, target.host());
        } else {
            tunnel(client, target);
        }
    }

    private void intercept(Socket client, String host)
            throws IOException, GeneralSecurityException, InterruptedException {
        try (var server = server(client)) {
            answer(client, "200 Connection established");
            var context = context(host);
            try (var secure =
                    (SSLSocket) context.getSocketFactory().createSocket(client, host, client.getPort(), true)) {
                secure.setUseClientMode(false);
                var parameters = secure.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"http/1.1"});
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                join(secure, server);
            }
        }
    }

    private SSLContext context(String host) throws IOException, GeneralSecurityException {
        var known = contexts.get(host);
        if (known != null) {
            return known;
        }
        var made = authority.serverContext(host);
        contexts.put(host, made);
        return made;
    }

    private void tunnel(Socket client, Target target) throws IOException, InterruptedException {
        Socket server;
        try {
            server = upstream.connect(target.host(), target.port());
        } catch (IOException e) {
            answer(client, "502 Bad Gateway");
            throw e;
        }
        try (server) {
            answer(client, "200 Connection established");
            join(client, server);
        }
    }

    /** A plain request in absolute form: passed on in origin form, one per connection. */
    private void forward(Socket client, MessageHead head, String[] parts) throws IOException, InterruptedException {
        var target = Target.ofUrl(parts[1]);
        if (target == null) {
            answer(client, "400 Bad Request");
            return;
        }
        try (var server = target.ours() ? server(client) : upstream.connect(target.host(), target.port())) {
            var request = new StringBuilder(parts[0] + ' ' + target.path() + ' ' + parts[2] + "\r\n");
            for (var field : head.fields()) {
                var name = field.substring(0, Math.max(0, field.indexOf(':'))).toLowerCase(Locale.ROOT);
                if (!name.equals("connection") && !name.startsWith("proxy-")) {
                    request.append(field).append("\r\n");
                }
            }
            request.append("Connection: close\r\n\r\n");
            server.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            join(client, server);
        }
    }

    /** A connection to Clew; {@code client} is told if there is none. */
    private Socket server(Socket client) throws IOException {
        try {
            return endpoint.connect(HEAD_PATIENCE_MILLIS);
        } catch (IOException e) {
            answer(client, "502 Bad Gateway");
            throw e;
        }
    }

    private void join(Socket client, Socket server) throws IOException, InterruptedException {
        open.add(server);
        try {
            client.setSoTimeout(IDLE_PATIENCE_MILLIS);
            server.setSoTimeout(IDLE_PATIENCE_MILLIS);
            Pipe.join(client, server);
        } finally {
            open.remove(server);
        }
    }

    private static void answer(Socket client, String status) {
        try {
            var ending = status.startsWith("2") ? "\r\n\r\n" : "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(("HTTP/1.1 " + status + ending).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client left before its answer: {0}", e.getMessage());
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the proxy's port did not close: {0}", e.getMessage());
        }
        open.forEach(Pipe::closeQuietly);
    }
}
