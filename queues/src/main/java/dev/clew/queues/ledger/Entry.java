// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory about one message; its body stays in the store. Times are epoch milliseconds.
 *
 * @param sequence place in its queue; never used twice
 * @param sentAt when it was sent; it expires by this
 * @param visibleAt when it may be received: after its delay, or after its visibility timeout
 * @param receives how often it was received from this queue; together with {@code sequence} it names a receipt
 * @param receivesBefore how often it was received from the queues it was in before
 * @param firstReceivedAt 0 if it was not received yet
 * @param receivedAt the last time; 0 if it was not received yet
 * @param group message group, or null
 * @param source ARN of the queue it was dead-lettered from, or null
 */
public record Entry(
        long sequence,
        long sentAt,
        long visibleAt,
        int receives,
        int receivesBefore,
        long firstReceivedAt,
        long receivedAt,
        @Nullable String group,
        @Nullable String source) {
    private static final int VERSION = 1;
    private static final int HAS_GROUP = 1;
    private static final int HAS_SOURCE = 2;

    /** A message that was sent just now. */
    public static Entry sent(long sequence, long now, long visibleAt, @Nullable String group) {
        return new Entry(sequence, now, visibleAt, 0, 0, 0, 0, group, null);
    }

    /** The same, received once more and hidden until {@code hiddenUntil}. */
    public Entry received(long now, long hiddenUntil) {
        return new Entry(
                sequence,
                sentAt,
                hiddenUntil,
                receives + 1,
                receivesBefore,
                firstReceivedAt == 0 ? now : firstReceivedAt,
                now,
                group,
                source);
    }

    /** The same, hidden until another moment. */
    public Entry hiddenUntil(long moment) {
        return new Entry(
                sequence, sentAt, moment, receives, receivesBefore, firstReceivedAt, receivedAt, group, source);
    }

    /** The same message as it arrives in a dead letter queue. */
    public Entry deadLettered(long newSequence, long newSentAt, long now, String from) {
        return new Entry(
                newSequence, newSentAt, now, 0, receivesBefore + receives, firstReceivedAt, receivedAt, group, from);
    }

    /** How often it was received, in whatever queue. */
    public int allReceives() {
        return receivesBefore + receives;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream(64);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(sentAt);
            out.writeLong(visibleAt);
            out.writeInt(receives);
            out.writeInt(receivesBefore);
            out.writeLong(firstReceivedAt);
            out.writeLong(receivedAt);
            out.writeByte((group == null ? 0 : HAS_GROUP) | (source == null ? 0 : HAS_SOURCE));
            if (group != null) {
                out.writeUTF(group);
            }
            if (source != null) {
                out.writeUTF(source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Entry of(long sequence, byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("message " + sequence + ": version " + version + " (expected: 1)");
            }
            long sentAt = in.readLong();
            long visibleAt = in.readLong();
            int receives = in.readInt();
            int receivesBefore = in.readInt();
            long firstReceivedAt = in.readLong();
            long receivedAt = in.readLong();
            int has = in.readByte();
            var group = (has & HAS_GROUP) == 0 ? null : in.readUTF();
            var source = (has & HAS_SOURCE) == 0 ? null : in.readUTF().intern();
            return new Entry(
                    sequence, sentAt, visibleAt, receives, receivesBefore, firstReceivedAt, receivedAt, group, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
