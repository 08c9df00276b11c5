// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.TaskGroup;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at once. */
@Timeout(60)
class ConcurrencyTest {
    private static final int CLIENTS = 8;
    private static final int MESSAGES = 50;

    private final Server server = Server.start();

    @Test
    void everyMessageIsReceivedByExactlyOne() throws Exception {
        server.create("orders");
        Queue<String> received = new ConcurrentLinkedQueue<>();
        try (var clients = TaskGroup.open("clients")) {
            for (int client = 0; client < CLIENTS; client++) {
                var name = "c" + client + '-';
                clients.fork(() -> {
                    IntStream.range(0, MESSAGES).forEach(i -> server.send("orders", name + i));
                    return null;
                });
                clients.fork(() -> {
                    while (received.size() < CLIENTS * MESSAGES) {
                        for (var message : server.receive("orders")) {
                            received.add(message.path("Body").asString());
                            server.delete(
                                            "orders",
                                            message.path("ReceiptHandle").asString())
                                    .ok();
                        }
                    }
                    return null;
                });
            }
            clients.join(Duration.ofSeconds(50));
        }
        assertThat(received).hasSize(CLIENTS * MESSAGES).doesNotHaveDuplicates();
        server.clock.advance(Duration.ofHours(1));
        assertThat(server.restarted().receive("orders")).isEmpty();
    }
}
