// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import dev.clew.cli.terminal.Ink;
import dev.clew.cli.terminal.Numbers;
import dev.clew.cli.terminal.Screen;
import dev.clew.core.Ticker;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Says what was done and how long it took, one line per step. Safe for use by many threads. */
final class Progress {
    private static final int TIME_COLUMN = 60;
    private static final long NANOS_PER_MICRO = 1_000;

    private final PrintWriter to;
    private final Screen screen;
    private final Ticker ticker;

    Progress(PrintWriter to, Screen screen, Ticker ticker) {
        this.to = to;
        this.screen = screen;
        this.ticker = ticker;
    }

    /** Runs {@code work} and says {@code done} when it has ended well. */
    <T> T step(String done, Callable<T> work) throws Exception {
        long start = ticker.nanos();
        var result = work.call();
        var line = screen.line().add("✓ ", Ink.OK).add(done);
        var time = Numbers.duration((ticker.nanos() - start) / NANOS_PER_MICRO);
        line.addRight(Math.min(TIME_COLUMN, screen.width()), time, Ink.DIM);
        to.println(screen.show(line));
        return result;
    }

    /** Says {@code text} as it is. */
    void say(String text) {
        to.println(screen.line(text, Ink.PLAIN));
    }
}
