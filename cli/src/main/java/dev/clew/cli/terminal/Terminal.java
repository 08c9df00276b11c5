// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The terminal this process is attached to, if it is. */
public final class Terminal {
    private static final int DEFAULT_WIDTH = 80;
    private static final long STTY_PATIENCE_MILLIS = 500;

    /** When to use colours. */
    public enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    private final Map<String, String> environment;
    private final boolean attached;

    private Terminal(Map<String, String> environment, boolean attached) {
        this.environment = Map.copyOf(environment);
        this.attached = attached;
    }

    /** The terminal of this process. */
    public static Terminal ofProcess(Map<String, String> environment) {
        var console = (@Nullable Console) System.console();
        return new Terminal(environment, console != null && console.isTerminal());
    }

    /** A terminal that is, or is not, {@code attached}; for tests. */
    static Terminal of(Map<String, String> environment, boolean attached) {
        return new Terminal(environment, attached);
    }

    /**
     * What to draw on. {@code NO_COLOR} and {@code TERM=dumb} win over {@link Colour#AUTO}, which otherwise means: if
     * standard output is a terminal. The width is that of {@code COLUMNS}, else of the terminal, else 80.
     */
    public Screen screen(Colour colour) {
        return new Screen(
                width(),
                switch (colour) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO ->
                        attached
                                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                                && !"dumb".equals(environment.get("TERM"));
                });
    }

    /** Whether a person is likely to be looking. */
    public boolean attached() {
        return attached;
    }

    private int width() {
        var columns = parse(environment.getOrDefault("COLUMNS", ""));
        if (columns.isEmpty() && attached) {
            columns = stty();
        }
        return Math.clamp(columns.orElse(DEFAULT_WIDTH), Screen.MIN_WIDTH, Screen.MAX_WIDTH);
    }

    /** The JDK cannot ask a terminal for its size; {@code stty} can, on every system that has {@code /dev/tty}. */
    private static OptionalInt stty() {
        var tty = new File("/dev/tty");
        if (!tty.exists()) {
            return OptionalInt.empty();
        }
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(tty)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(STTY_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return OptionalInt.empty();
            }
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            return parse(answer.substring(answer.indexOf(' ') + 1));
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private static OptionalInt parse(String number) {
        try {
            int value = Integer.parseInt(number.trim());
            return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
