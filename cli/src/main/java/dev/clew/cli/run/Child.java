// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A command that stands in for this process while it runs: signals go to it, and its exit code is ours. Java offers no
 * other way than {@code sun.misc.Signal} to hear of a signal without going down.
 */
final class Child {
    private static final Logger LOG = System.getLogger(Child.class.getName());
    private static final List<String> FORWARDED = List.of("TERM", "HUP");

    private final ProcessBuilder builder;

    Child(ProcessBuilder builder) {
        this.builder = builder;
    }

    /**
     * Runs the command to its end; 128 plus the signal's number if a signal ended it.
     *
     * @throws Problem if it cannot be started
     */
    int run() throws InterruptedException {
        var before = new HashMap<String, SignalHandler>();
        try {
            // Ctrl-C reaches the whole foreground group, so the command has it already and decides for both of us.
            handle("INT", signal -> {}, before);
            var process = start();
            for (var name : FORWARDED) {
                handle(name, signal -> forward(signal, process), before);
            }
            return process.waitFor();
        } finally {
            restore(before);
        }
    }

    private Process start() {
        try {
            return builder.start();
        } catch (IOException e) {
            boolean denied = String.valueOf(e.getMessage()).contains("error=13");
            throw new Problem(
                    "'" + builder.command().getFirst() + "' "
                            + (denied ? "is not executable." : "is not a command here."),
                    "Check its name and PATH; a script may need its interpreter: clew run -- bash script.sh.",
                    denied ? ExitCodes.NOT_EXECUTABLE : ExitCodes.NOT_FOUND,
                    e);
        }
    }

    private static void handle(String name, SignalHandler handler, Map<String, SignalHandler> before) {
        try {
            before.put(name, Signal.handle(new Signal(name), handler));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "signal {0} is not ours to handle", name);
        }
    }

    private static void restore(Map<String, SignalHandler> before) {
        before.forEach((name, handler) -> Signal.handle(new Signal(name), handler));
    }

    private static void forward(Signal signal, Process process) {
        if (signal.getName().equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal.getName(), Long.toString(process.pid())).start();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
