// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.traces.Recipe;
import dev.clew.traces.XRay;
import dev.clew.traces.daemon.DaemonCounters.Drop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real datagrams over loopback. Closing the listener waits until all that arrived is stored or counted. */
@Timeout(30)
class DaemonListenerTest {
    private static final String HEADER = "{\"format\": \"json\", \"version\": 1}\n";

    private final XRay xray = new XRay();
    private final DaemonListener daemon =
            xray.traces().openDaemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), XRay.SCOPE);
    private int sent;

    @AfterEach
    void close() {
        daemon.close();
    }

    private void send(byte[] datagram) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(datagram, datagram.length, daemon.address()));
            sent++;
        }
    }

    private void send(String datagram) throws IOException {
        send(datagram.getBytes(StandardCharsets.UTF_8));
    }

    private void closeWhenAllArrived() {
        while (daemon.counters().received() < sent) {
            Thread.onSpinWait();
        }
        daemon.close();
    }

    @Test
    void storesSegmentsAndSubsegments() throws IOException {
        for (var document : Recipe.documents(XRay.TRACE, 0)) {
            send(HEADER + document);
        }
        closeWhenAllArrived();

        assertThat(xray.documents(XRay.TRACE)).hasSize(Recipe.SEGMENTS);
        assertThat(daemon.counters().stored()).isEqualTo(sent);
    }

    @Test
    void takesAnySpellingOfTheHeader() throws IOException {
        var document = Recipe.documents(XRay.TRACE, 0).getFirst();
        send("{\"format\":\"json\",\"version\":1}\n" + document);
        send(" { \"version\" : 1.0e0, \"version\":1, \"x\":[], \"format\" : \"JSON\" } \n" + document);
        closeWhenAllArrived();

        assertThat(daemon.counters().stored()).isEqualTo(2);
    }

    @Test
    void countsWhatItDropsByReason() throws IOException {
        send("");
        send("hello");
        send("{\"format\":\"json\",\"version\":2}\n{}");
        send("{\"format\":\"xml\",\"version\":1}\n{}");
        send("{\"format\":\"json\",\"version\":1");
        send("\n\n\n");
        send("x".repeat(1_000));
        send(HEADER);
        send("{\"format\":\"json\",\"version\":1}");
        send(HEADER + "{\"id\":");
        send(HEADER + "[]");
        send(HEADER + "{\"id\":\"0285bf1261be05ff\"}");
        send(HEADER + "[".repeat(30_000));
        closeWhenAllArrived();

        var counters = daemon.counters();
        assertThat(counters.dropped(Drop.BAD_HEADER)).isEqualTo(7);
        assertThat(counters.dropped(Drop.NO_DOCUMENT)).isEqualTo(2);
        assertThat(counters.dropped(Drop.REFUSED_DOCUMENT)).isEqualTo(4);
        assertThat(counters.stored()).isZero();
    }

    @Test
    void outlivesGarbage() throws IOException {
        var random = new Random(42);
        var document = Recipe.documents(XRay.TRACE, 0).getFirst();
        var good = (HEADER + document).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            var bad = Arrays.copyOf(good, random.nextInt(good.length));
            for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            send(bad);
        }
        send(good);
        closeWhenAllArrived();

        assertThat(daemon.counters().stored()).isPositive();
        assertThat(xray.get(XRay.TRACE)).isNotNull();
    }

    @Test
    void saysWhenThePortIsTaken() {
        assertThatThrownBy(() -> xray.traces().openDaemon(daemon.address(), XRay.SCOPE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on UDP");
    }
}
