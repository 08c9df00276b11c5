// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.core.Scope;
import dev.clew.core.log.LogSink;
import dev.clew.monitor.logs.EventWriter.Address;
import dev.clew.monitor.logs.EventWriter.Chunk;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers lines for a moment so that many share one commit. The queue is bounded in lines and bytes: a writer waits for
 * room for a while, then its lines are dropped and counted.
 */
final class LogBuffer implements LogSink, AutoCloseable {
    private static final Logger LOG = System.getLogger(LogBuffer.class.getName());
    private static final int MOST_MESSAGE_BYTES = PutLogEvents.MOST_BYTES - Event.OVERHEAD;
    private static final long COMMIT_BYTES = 4L * 1024 * 1024;
    private static final int CHUNK_LINES = 1_000;

    private record Waiting(Chunk chunk, long bytes) {
        int lines() {
            return chunk.lines().size();
        }
    }

    private final EventWriter writer;
    private final LogsConfig config;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int queuedLines;
    private long queuedBytes;
    private long accepted;
    private long written;
    private long urgent;
    private long dropped;
    private long reported;
    private boolean closing;
    private boolean ended;

    LogBuffer(EventWriter writer, LogsConfig config) {
        this.writer = writer;
        this.config = config;
        this.thread = Thread.ofPlatform().name("clew-logs").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void append(Scope scope, String group, String stream, List<Line> lines) {
        var address = new Address(scope, group, stream);
        for (int from = 0; from < lines.size(); from += CHUNK_LINES) {
            enqueue(waiting(address, lines.subList(from, Math.min(from + CHUNK_LINES, lines.size()))));
        }
    }

    private static Waiting waiting(Address address, List<Line> lines) {
        var encoded = new ArrayList<EventWriter.Line>(lines.size());
        long bytes = 0;
        for (var line : lines) {
            var message = encode(line.message());
            long time = Math.clamp(line.time().toEpochMilli(), 0, Position.MAX_TIME - 1);
            encoded.add(new EventWriter.Line(time, message));
            bytes += Event.size(message);
        }
        return new Waiting(new Chunk(address, encoded), bytes);
    }

    /** A message that is too long is cut, and says so. */
    private static byte[] encode(String message) {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_MESSAGE_BYTES) {
            return bytes;
        }
        var remark = String.format(Locale.ROOT, " [truncated from %d bytes]", bytes.length)
                .getBytes(StandardCharsets.UTF_8);
        int end = MOST_MESSAGE_BYTES - remark.length;
        while ((bytes[end] & 0xc0) == 0x80) { // inside a character
            end--;
        }
        var cut = new byte[end + remark.length];
        System.arraycopy(bytes, 0, cut, 0, end);
        System.arraycopy(remark, 0, cut, end, remark.length);
        return cut;
    }

    private void enqueue(Waiting waiting) {
        lock.lock();
        try {
            long patience = config.patience().toNanos();
            while (!closing && patience > 0 && isFullFor(waiting)) {
                patience = room.awaitNanos(patience);
            }
            if (closing || isFullFor(waiting)) {
                dropped += waiting.lines();
                return;
            }
            queue.add(waiting);
            queuedLines += waiting.lines();
            queuedBytes += waiting.bytes();
            accepted++;
            if (queue.size() == 1 || queuedLines >= config.batchLines()) {
                work.signal();
            }
        } catch (InterruptedException e) {
            dropped += waiting.lines();
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFullFor(Waiting waiting) {
        return !queue.isEmpty()
                && (queuedLines + waiting.lines() > config.queuedLines()
                        || queuedBytes + waiting.bytes() > config.queuedBytes());
    }

    /** Returns when every line appended before is stored, or given up. */
    void flush() {
        lock.lock();
        try {
            long all = accepted;
            urgent = Math.max(urgent, all);
            work.signal();
            while (written < all && !ended) {
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lines that found no room, or could not be stored. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (var batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                int lost = write(batch);
                settle(batch.size(), lost);
            }
        } finally {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            closing = true; // also after an error: nobody should wait for a thread that is gone
            room.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What to store next; empty once the buffer is closed and all is stored. */
    private List<Chunk> nextBatch() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return List.of();
                }
                work.awaitUninterruptibly();
            }
            gather();
            var batch = new ArrayList<Chunk>();
            int lines = 0;
            long bytes = 0;
            while (queue.peek() instanceof Waiting next
                    && (batch.isEmpty()
                            || lines + next.lines() <= config.batchLines() && bytes + next.bytes() <= COMMIT_BYTES)) {
                queue.remove();
                batch.add(next.chunk());
                lines += next.lines();
                bytes += next.bytes();
            }
            queuedLines -= lines;
            queuedBytes -= bytes;
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void gather() {
        try {
            long patience = config.gather().toNanos();
            while (patience > 0 && !closing && urgent <= written && queuedLines < config.batchLines()) {
                patience = work.awaitNanos(patience);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "nobody interrupts this thread", e);
        }
    }

    /** Stores {@code batch}; how many lines were lost. */
    private int write(List<Chunk> batch) {
        try {
            writer.append(batch);
            return 0;
        } catch (RuntimeException e) { // the next lines may fare better
            LOG.log(Level.ERROR, "log lines could not be stored", e);
            return batch.stream().mapToInt(chunk -> chunk.lines().size()).sum();
        }
    }

    private void settle(int chunks, int lost) {
        lock.lock();
        try {
            written += chunks;
            dropped += lost;
            if (dropped > reported) {
                LOG.log(
                        Level.WARNING,
                        "{0} log lines dropped: no room for them, or they could not be stored",
                        dropped - reported);
                reported = dropped;
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
