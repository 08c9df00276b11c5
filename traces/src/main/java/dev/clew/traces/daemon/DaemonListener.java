// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.daemon;

import dev.clew.core.Scope;
import dev.clew.traces.daemon.DaemonCounters.Drop;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.document.SegmentDocument;
import dev.clew.traces.store.TraceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray daemon's UDP socket: each datagram is a header line and a document.
 *
 * <p>Best effort, as UDP is: nothing is acknowledged, and what cannot be stored is counted by reason. One thread only
 * receives, so that the socket's buffer is emptied as fast as it fills; another parses and commits whatever has gathered
 * meanwhile in one batch. Nothing that arrives ends either of them.
 */
public final class DaemonListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DaemonListener.class.getName());
    private static final int MAX_DATAGRAM = 65_536;
    private static final int SOCKET_BUFFER = 8 << 20;
    private static final int DOCUMENTS_PER_COMMIT = 1_000;
    private static final long POLL_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Scope scope;
    private final TraceStore traces;
    private final DocumentParser parser;
    private final BlockingQueue<byte[]> waiting;
    private final DaemonCounters counters = new DaemonCounters();
    private final Thread receiver =
            Thread.ofPlatform().daemon().name("clew-daemon-udp").unstarted(this::receive);
    private final Thread committer =
            Thread.ofVirtual().name("clew-daemon-commit").unstarted(this::commit);

    private DaemonListener(DatagramChannel channel, Scope scope, TraceStore traces, DocumentParser parser, int queue)
            throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.scope = scope;
        this.traces = traces;
        this.parser = parser;
        this.waiting = new ArrayBlockingQueue<>(queue);
    }

    /**
     * Binds and begins to receive.
     *
     * @param bind port 0 for a free one
     * @param scope account and region that the documents belong to
     * @param queue most datagrams that wait to be committed
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static DaemonListener open(
            InetSocketAddress bind, Scope scope, TraceStore traces, DocumentParser parser, int queue) {
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER); // the system may grant less
            channel.bind(bind);
            var listener = new DaemonListener(channel, scope, traces, parser, queue);
            listener.receiver.start();
            listener.committer.start();
            return listener;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new UncheckedIOException("cannot listen on UDP " + bind + ": " + e.getMessage(), e);
        }
    }

    /** The address that is bound, with the real port. */
    public InetSocketAddress address() {
        return address;
    }

    public DaemonCounters counters() {
        return counters;
    }

    private void receive() {
        var buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                channel.receive(buffer);
                buffer.flip();
                var datagram = new byte[buffer.remaining()];
                buffer.get(datagram);
                counters.addReceived();
                if (!waiting.offer(datagram)) {
                    counters.addDropped(Drop.QUEUE_FULL, 1);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "a datagram could not be received: " + e.getMessage());
            }
        }
    }

    private void commit() {
        var datagrams = new ArrayList<byte[]>(DOCUMENTS_PER_COMMIT);
        try {
            while (receiver.isAlive() || !waiting.isEmpty()) {
                var first = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    datagrams.add(first);
                    waiting.drainTo(datagrams, DOCUMENTS_PER_COMMIT - 1);
                    store(datagrams);
                    datagrams.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<byte[]> datagrams) {
        var documents = new ArrayList<SegmentDocument>(datagrams.size());
        for (var datagram : datagrams) {
            int start = DatagramHeader.documentStart(datagram);
            if (start < 0) {
                counters.addDropped(Drop.BAD_HEADER, 1);
            } else if (start == datagram.length) {
                counters.addDropped(Drop.NO_DOCUMENT, 1);
            } else {
                parser.parse(
                        Arrays.copyOfRange(datagram, start, datagram.length),
                        documents::add,
                        refused -> counters.addDropped(Drop.REFUSED_DOCUMENT, 1));
            }
        }
        try {
            var admitted = traces.admit(scope, documents, refused -> counters.addDropped(Drop.REFUSED_DOCUMENT, 1));
            traces.write(scope, admitted);
            counters.addStored(admitted.size());
        } catch (RuntimeException e) { // whatever it is, the next batch may fare better
            counters.addDropped(Drop.STORE_FAILED, documents.size());
            LOG.log(System.Logger.Level.WARNING, documents.size() + " documents from UDP are lost: " + e.getMessage());
        }
    }

    /** Stops receiving, stores what had arrived, and returns. */
    @Override
    public void close() {
        closeQuietly(channel);
        try {
            receiver.join(PATIENCE);
            committer.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(@Nullable DatagramChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the daemon's socket did not close cleanly: " + e.getMessage());
        }
    }
}
