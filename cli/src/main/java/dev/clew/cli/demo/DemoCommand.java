// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import dev.clew.cli.map.MapCommand;
import dev.clew.cli.server.Clients;
import dev.clew.cli.server.RunningServer;
import dev.clew.cli.trace.Trace;
import dev.clew.cli.trace.TraceReader;
import dev.clew.cli.trace.Waterfall;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code clew demo}: an event-driven system, what one order does in it, and what they look like. */
@Command(
        name = "demo",
        description = {
            "Deploy the order system, place orders, draw one trace and the service map.",
            "Starts a temporary server if none answers, and removes what it made.",
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int SUFFIX = 6;
    private static final int MAX_ORDERS = 1_000;

    @ParentCommand
    private Clew clew;

    @Option(
            names = "--orders",
            defaultValue = "3",
            paramLabel = "N",
            description = "How many orders to place, 2 to 1000. Default: 3.")
    private int orders;

    @Option(names = "--keep", description = "Keep what was made; a temporary server then runs until Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        if (orders < 2 || orders > MAX_ORDERS) {
            throw new Problem("--orders is 2 to " + MAX_ORDERS + ".", "Ask for another number.", ExitCodes.USAGE);
        }
        var functionPackage = FunctionPackage.read();
        Clients.loadAhead(); // takes about as long as a server's start
        var progress = new Progress(
                clew.surroundings().err(), clew.screen(), clew.surroundings().ticker());
        try (var server = RunningServer.foundOrStarted(clew);
                var clients = new Clients(server)) {
            var system = new OrderSystem(server.region(), server.health().account(), suffix(server));
            boolean removes = !keep && !server.temporary();
            var removal = new Removal(system, clients);
            var atExit = new Thread(removal::remove, "demo-removal");
            if (removes) {
                Runtime.getRuntime().addShutdownHook(atExit);
            }
            try {
                boolean complete = show(server, clients, system, functionPackage, progress);
                if (keep && server.temporary()) {
                    clew.surroundings()
                            .err()
                            .println("The server runs at " + server.endpoint().text() + " until Ctrl-C.");
                    new CountDownLatch(1).await();
                }
                return complete ? ExitCodes.OK : ExitCodes.FAILED;
            } finally {
                if (removes) {
                    remove(removal, atExit, progress);
                }
            }
        }
    }

    /** Names as short as can be where nobody else is; told apart by time where somebody may be. */
    private String suffix(RunningServer server) {
        var digits = Long.toString(clew.surroundings().time().millis(), Character.MAX_RADIX);
        return server.temporary() ? "" : digits.substring(digits.length() - SUFFIX);
    }

    private boolean show(
            RunningServer server, Clients clients, OrderSystem system, byte[] functionPackage, Progress progress)
            throws Exception {
        var began = clew.surroundings().time().instant();
        var api = new Deployment(system, clients, progress).make(functionPackage);
        try (var xray = clients.xray()) {
            var placed = new Orders(
                    server.endpoint(),
                    system.region(),
                    api,
                    new TraceReader(xray),
                    clew.surroundings().pause());
            progress.step("first order: four functions started for it", () -> placed.place("customer1"));
            int more = orders - 1;
            var last = progress.step(more + (more == 1 ? " more order" : " more orders, one after the other"), () -> {
                Trace trace = placed.place("customer2");
                for (int i = 1; i < more; i++) {
                    trace = placed.place("customer" + (i + 2));
                }
                return trace;
            });
            draw(last, clients, began, server);
            return last.documents().size() == OrderSystem.DOCUMENTS_PER_ORDER;
        }
    }

    private void draw(Trace trace, Clients clients, Instant began, RunningServer server) {
        var out = clew.surroundings().out();
        var screen = clew.screen();
        var now = clew.surroundings().time().instant();
        clew.surroundings().err().println();
        Waterfall.draw(trace, screen).forEach(out::println);
        out.println();
        MapCommand.draw(clients, began, now.plusSeconds(1), screen).forEach(out::println);
        clew.surroundings().err().println();
        clew.surroundings()
                .err()
                .println(
                        server.temporary() && !keep
                                ? "Next: clew start, then clew demo --keep, clew traces, clew trace last, clew map."
                                : "Next: clew traces, clew trace " + trace.id() + ", clew map, eval \"$(clew env)\".");
        out.flush();
    }

    private static void remove(Removal removal, Thread atExit, Progress progress) throws Exception {
        try {
            if (Runtime.getRuntime().removeShutdownHook(atExit)) {
                progress.step("removed what was made", () -> {
                    removal.remove();
                    return true;
                });
            }
        } catch (IllegalStateException e) {
            // we are going down already: the hook does it
        }
    }
}
