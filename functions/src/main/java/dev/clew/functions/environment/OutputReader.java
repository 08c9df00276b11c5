// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a process writes, line by line, and knows when all of it was read.
 *
 * <p>An answer reaches us over the network and output through a pipe, so an answer may overtake the lines before it. To
 * put them in order, we write a mark into the same pipe, through {@code /proc}: when it comes out, so has everything
 * before it. Where there is no {@code /proc}, lines may follow their invocation's end.
 */
final class OutputReader implements Runnable {
    /** Bytes of the longest line kept whole; a longer one is cut into several. */
    private static final int MAX_LINE = 256 * 1024;
    /** Nobody writes this by accident. */
    private static final String MARK = "\0clew-mark-";

    private final Process process;
    private final InstantSource time;
    private final Consumer<OutputLine> listener;
    private final Path pipe;
    private final @Nullable Path original;

    private final AtomicLong marked = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long seen;
    private boolean ended;

    OutputReader(Process process, InstantSource time, Consumer<OutputLine> listener) {
        this.process = process;
        this.time = time;
        this.listener = listener;
        pipe = Path.of("/proc", Long.toString(process.pid()), "fd", "1");
        original = target();
    }

    private @Nullable Path target() {
        try {
            return Files.readSymbolicLink(pipe);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Lines as they come; a carriage return inside a line stands for a line break that belongs to it. */
    @Override
    public void run() {
        try (var in = new BufferedInputStream(process.getInputStream())) {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    end(line);
                } else {
                    line.write(next == '\r' ? '\n' : next);
                    if (line.size() >= MAX_LINE) {
                        end(line);
                    }
                }
            }
            if (line.size() > 0) {
                end(line);
            }
        } catch (IOException e) {
            System.getLogger(OutputReader.class.getName())
                    .log(System.Logger.Level.DEBUG, "output ended: " + e.getMessage());
        } finally {
            advance(Long.MAX_VALUE, true);
        }
    }

    private void end(ByteArrayOutputStream line) {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        int mark = text.lastIndexOf(MARK);
        if (mark != 0) {
            listener.accept(new OutputLine(time.instant(), mark < 0 ? text : text.substring(0, mark)));
        }
        if (mark >= 0) {
            advance(number(text.substring(mark + MARK.length())), false);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void advance(long to, boolean end) {
        lock.lock();
        try {
            seen = Math.max(seen, to);
            ended |= end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that was written before this call has reached the listener. */
    void drain(Duration patience) throws InterruptedException {
        long mark = marked.incrementAndGet();
        if (process.isAlive() && !write(mark)) {
            return;
        }
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (seen < mark && !ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** False if the process writes elsewhere now, or the operating system has no such door. */
    private boolean write(long mark) {
        if (original == null || !original.toString().startsWith("pipe:") || !original.equals(target())) {
            return false;
        }
        try (var out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
            out.write((MARK + mark + '\n').getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return !process.isAlive(); // it ended just now: its output will end too
        }
    }
}
