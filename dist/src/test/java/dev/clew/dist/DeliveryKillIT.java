// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} again and again while each event is on its way to a function, a queue and an HTTP endpoint. */
class DeliveryKillIT {
    private static final System.Logger LOG = System.getLogger(DeliveryKillIT.class.getName());
    /** Events that are to be acknowledged before a kill. */
    private static final int KILL_AFTER = 300;
    /** Deliveries to one target that may be under way when the process ends: what each kill can repeat. */
    private static final int UNDER_WAY = 32;

    @TempDir
    Path folder;

    @BeforeAll
    static void need() {
        Tools.needPython();
    }

    /** As often as the property {@code clew.kills} says, over the same data. */
    @Test
    void everyAcknowledgedEventReachesEveryTarget() throws Exception {
        int kills = Integer.getInteger("clew.kills", 2);
        var acknowledged = Files.createFile(folder.resolve("acknowledged"));
        var ran = Files.createFile(folder.resolve("ran"));
        var queued = Files.createFile(folder.resolve("queued"));
        var called = Collections.synchronizedList(new ArrayList<String>());
        var endpoint = endpoint(called);
        try {
            var server = start();
            var deployed = Tools.python(server, "every_target.py", "deploy", ran.toString(), url(endpoint));
            for (int kill = 1; kill <= kills; kill++) {
                int before = lines(acknowledged).size();
                var producer = Tools.startOrderSystem(
                        server, "put-events", deployed.get("bus").asString(), 400, 5, acknowledged);
                await(Duration.ofSeconds(60), () -> lines(acknowledged).size() >= before + KILL_AFTER);
                server.kill();
                assertThat(producer.waitFor(60, TimeUnit.SECONDS)).isTrue();
                server = start();
            }
            try (var last = server) {
                var owed = new HashSet<>(lines(acknowledged));
                assertThat(owed).hasSizeGreaterThanOrEqualTo(kills * KILL_AFTER);
                var patience = Duration.ofSeconds(120 + 20L * kills);
                await(patience, () -> contains(() -> called, owed));
                await(patience, () -> contains(() -> lines(ran), owed));
                await(patience, () -> {
                    Tools.python(
                            last,
                            "every_target.py",
                            "drain",
                            deployed.get("queue").asString(),
                            queued.toString());
                    return contains(() -> lines(queued), owed);
                });
                int most = kills * UNDER_WAY;
                report("function", lines(ran), owed, kills, most);
                report("queue", lines(queued), owed, kills, most);
                report("endpoint", called, owed, kills, most);
            }
        } finally {
            endpoint.stop(0);
        }
    }

    /** Invocations that a kill cut off are tried again after a minute or two: here, after a second or two. */
    private RunningServer start() {
        return RunningServer.start(folder.resolve("data"), "--functions.retry-factor", "0.02");
    }

    /** Remembers the ids of the events that it is sent. */
    private static HttpServer endpoint(List<String> called) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                var event = JsonMapper.shared().readTree(exchange.getRequestBody());
                called.add(event.get("id").asString());
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer endpoint) {
        return "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/";
    }

    private static boolean contains(Supplier<List<String>> arrived, HashSet<String> owed) {
        return new HashSet<>(arrived.get()).containsAll(owed);
    }

    /** What was on the way when a kill came may arrive twice, and nothing else. */
    private static void report(String target, List<String> arrived, HashSet<String> owed, int kills, int most) {
        int twice = arrived.size() - new HashSet<>(arrived).size();
        LOG.log(
                System.Logger.Level.INFO,
                "{0} kills, {1} events acknowledged: {2} deliveries to the {3}, {4} of them repeated",
                kills,
                String.valueOf(owed.size()),
                String.valueOf(arrived.size()),
                target,
                twice);
        assertThat(twice).as("repeated at the %s", target).isLessThanOrEqualTo(most);
    }

    /** Whole lines only: the last may be half written. */
    private static List<String> lines(Path file) {
        try {
            var text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + patience).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
