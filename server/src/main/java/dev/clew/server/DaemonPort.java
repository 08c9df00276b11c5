// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Scope;
import dev.clew.traces.Traces;
import dev.clew.traces.daemon.DaemonCounters;
import dev.clew.traces.daemon.DaemonListener;
import dev.clew.wire.http.HttpHandler;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** The X-Ray daemon's address: UDP for documents, and TCP on the same port for the sampling calls of SDKs. */
final class DaemonPort implements AutoCloseable {
    private static final int MAX_BODY = 1 << 20;
    private static final int TRIES = 20;

    private final DaemonListener udp;
    private final HttpListener tcp;
    private final String host;

    private DaemonPort(DaemonListener udp, HttpListener tcp, String host) {
        this.udp = udp;
        this.tcp = tcp;
        this.host = host;
    }

    /** @throws IllegalStateException if the port is taken */
    static DaemonPort open(Settings settings, Traces traces, HttpHandler sampling) {
        for (int attempt = 1; ; attempt++) {
            DaemonListener udp;
            try {
                udp = traces.openDaemon(
                        new InetSocketAddress(settings.bind(), settings.daemonPort()),
                        new Scope(settings.account(), settings.region()));
            } catch (UncheckedIOException | IllegalStateException e) {
                throw new IllegalStateException(
                        "the daemon's UDP port " + settings.daemonPort()
                                + " is taken; choose another with --daemon-port",
                        e);
            }
            try {
                var tcp = HttpListener.open(
                        "daemon", settings.bind(), udp.address().getPort(), MAX_BODY, sampling);
                return new DaemonPort(
                        udp,
                        tcp,
                        settings.bind().isAnyLocalAddress()
                                ? "127.0.0.1"
                                : settings.bind().getHostAddress());
            } catch (RuntimeException e) {
                udp.close();
                if (settings.daemonPort() != 0 || attempt == TRIES) { // a free UDP port need not be free for TCP
                    throw new IllegalStateException(
                            "the daemon's TCP port " + settings.daemonPort()
                                    + " is taken; choose another with --daemon-port",
                            e);
                }
            }
        }
    }

    /** {@code host:port}. */
    String address() {
        return host + ":" + tcp.port();
    }

    /** What arrived and what was dropped. */
    DaemonCounters counters() {
        return udp.counters();
    }

    @Override
    public void close() {
        tcp.close();
        udp.close();
    }
}
