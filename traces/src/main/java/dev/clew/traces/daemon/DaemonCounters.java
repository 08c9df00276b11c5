// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.daemon;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What became of the datagrams of one listener. Safe for use by many threads. */
public final class DaemonCounters {
    private final LongAdder received = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder[] dropped = new LongAdder[Drop.values().length];

    /** Why something was not stored. */
    public enum Drop {
        /** The datagram does not begin with the header line. */
        BAD_HEADER,
        /** There is nothing after the header line. */
        NO_DOCUMENT,
        /** The document is malformed. */
        REFUSED_DOCUMENT,
        /** More arrived than could be stored; the datagram was not read. */
        QUEUE_FULL,
        /** The store failed. */
        STORE_FAILED
    }

    DaemonCounters() {
        Arrays.setAll(dropped, reason -> new LongAdder());
    }

    /** Datagrams that arrived. */
    public long received() {
        return received.sum();
    }

    /** Documents that are durable. */
    public long stored() {
        return stored.sum();
    }

    /** What was dropped for this reason: datagrams, or the documents in them. */
    public long dropped(Drop reason) {
        return dropped[reason.ordinal()].sum();
    }

    void addReceived() {
        received.increment();
    }

    void addStored(int documents) {
        stored.add(documents);
    }

    void addDropped(Drop reason, int count) {
        dropped[reason.ordinal()].add(count);
    }
}
