// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A long random day of three queues, restarted at any step, beside a model that a child could follow: lists that are searched from
 * the front. Whatever one does the other must do.
 */
class SimulationTest {
    private static final int STEPS = 300;
    private static final List<String> QUEUES = List.of("plain", "plain-dead", "ordered.fifo");

    private Server server = Server.start();
    private final ReferenceQueues model = new ReferenceQueues();
    private final List<Received> inHand = new ArrayList<>();
    private int sent;

    private record Received(String queue, String id, String handle, int receives) {}

    @ParameterizedTest
    @Seeds(80)
    void behavesLikeTheModelAcrossRestarts(long seed) {
        var random = new SplittableRandom(seed);
        server.create("plain-dead", "MessageRetentionPeriod", "300");
        server.createWithDeadLetters(
                "plain", "plain-dead", 2, "VisibilityTimeout", "20", "MessageRetentionPeriod", "120");
        server.create("ordered.fifo", "FifoQueue", "true", "VisibilityTimeout", "20", "MessageRetentionPeriod", "120");
        model.add("plain-dead", false, 30, 300, null);
        model.add("plain", false, 20, 120, "plain-dead");
        model.add("ordered.fifo", true, 20, 120, null);
        for (int step = 0; step < STEPS; step++) {
            var queue = QUEUES.get(random.nextInt(QUEUES.size()));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> send(queue, random);
                case 3, 4, 5 -> receive(queue, random);
                case 6, 7 -> delete(random);
                case 8 -> hide(random);
                case 9 -> server.clock.advance(Duration.ofSeconds(random.nextInt(1, 15)));
                case 10 -> server = server.restarted();
                default -> compareCounts(queue, step);
            }
        }
        server = server.restarted();
        QUEUES.forEach(queue -> compareCounts(queue, STEPS));
    }

    private void send(String queue, SplittableRandom random) {
        var now = server.clock.millis();
        boolean fifo = queue.endsWith(".fifo");
        var body = "m" + sent++;
        if (fifo) {
            var group = "g" + random.nextInt(3);
            var deduplication = "d" + random.nextInt(40);
            var answer = server.call(
                            "SendMessage",
                            Map.of(
                                    "QueueUrl", Server.url(queue),
                                    "MessageBody", body,
                                    "MessageGroupId", group,
                                    "MessageDeduplicationId", deduplication))
                    .ok();
            var id = answer.path("MessageId").asString();
            assertThat(model.send(queue, id, body, group, deduplication, 0, now))
                    .isEqualTo(id);
        } else {
            int delay = random.nextInt(3) == 0 ? random.nextInt(1, 20) : 0;
            var answer = server.call(
                            "SendMessage",
                            Map.of("QueueUrl", Server.url(queue), "MessageBody", body, "DelaySeconds", delay))
                    .ok();
            model.send(queue, answer.path("MessageId").asString(), body, null, null, delay, now);
        }
    }

    private void receive(String queue, SplittableRandom random) {
        int max = random.nextInt(1, 5);
        var received = server.receive(queue, max);
        var expected = model.receive(queue, max, server.clock.millis());
        assertThat(received.stream().map(message -> message.path("Body").asString()))
                .isEqualTo(expected.stream().map(ReferenceQueues.Message::body).toList());
        for (int i = 0; i < received.size(); i++) {
            var message = received.get(i);
            var mirror = expected.get(i);
            assertThat(message.path("MessageId").asString()).isEqualTo(mirror.id());
            assertThat(message.at("/Attributes/ApproximateReceiveCount").asInt())
                    .isEqualTo(mirror.allReceives());
            assertThat(message.at("/Attributes/SentTimestamp").asString()).isEqualTo("" + mirror.sentAt());
            inHand.add(new Received(
                    queue, mirror.id(), message.path("ReceiptHandle").asString(), mirror.receives()));
        }
    }

    private void delete(SplittableRandom random) {
        if (!inHand.isEmpty()) {
            var received = inHand.remove(random.nextInt(inHand.size()));
            var answer = server.delete(received.queue(), received.handle());
            assertThat(answer.status() == 200)
                    .isEqualTo(
                            model.delete(received.queue(), received.id(), received.receives(), server.clock.millis()));
        }
    }

    private void hide(SplittableRandom random) {
        if (!inHand.isEmpty()) {
            var received = inHand.get(random.nextInt(inHand.size()));
            int seconds = random.nextInt(0, 40);
            var answer = server.call(
                    "ChangeMessageVisibility",
                    Map.of(
                            "QueueUrl", Server.url(received.queue()),
                            "ReceiptHandle", received.handle(),
                            "VisibilityTimeout", seconds));
            assertThat(answer.status() == 200)
                    .isEqualTo(model.hide(
                            received.queue(), received.id(), received.receives(), seconds, server.clock.millis()));
        }
    }

    private void compareCounts(String queue, int step) {
        var counts = model.counts(queue, server.clock.millis());
        assertThat(List.of(
                        server.attribute(queue, "ApproximateNumberOfMessages"),
                        server.attribute(queue, "ApproximateNumberOfMessagesNotVisible"),
                        server.attribute(queue, "ApproximateNumberOfMessagesDelayed")))
                .as("%s at step %s", queue, step)
                .isEqualTo(counts.stream().map(String::valueOf).toList());
    }
}
