// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/** An archive that is filled, replayed to one rule, and replayed again until that is cancelled. */
final class ReplayRun {
    private static final String ARCHIVE = "arn:aws:events:us-east-1:111111111111:archive/bench";

    private final Api api;
    private final String bus;

    ReplayRun(Api api, String bus) {
        this.api = api;
        this.bus = "arn:aws:events:us-east-1:111111111111:event-bus/" + bus;
    }

    /** @param fill puts events on the bus, and says how many */
    void measure(LongSupplier fill) throws InterruptedException {
        api.call(
                "AWSEvents.CreateArchive",
                "{\"ArchiveName\":\"bench\",\"EventSourceArn\":\"" + bus
                        + "\",\"EventPattern\":\"{\\\"source\\\":[\\\"source1\\\"]}\"}");
        long begin = System.nanoTime();
        long events = fill.getAsLong();
        print("events archived", events, begin);
        begin = System.nanoTime();
        start("whole");
        int moves = await("whole");
        print("events replayed to one rule", events, begin);
        System.out.printf("%-40s %d%n", "times that progress was seen to move", moves);
        start("cut");
        api.call("AWSEvents.CancelReplay", "{\"ReplayName\":\"cut\"}");
        begin = System.nanoTime();
        await("cut");
        System.out.printf(Locale.ROOT, "%-40s %.0f ms%n", "cancelled after", (System.nanoTime() - begin) / 1e6);
    }

    private void start(String name) {
        var now = Instant.now().getEpochSecond();
        api.call("AWSEvents.StartReplay", """
            {"ReplayName":"%s","EventSourceArn":"%s","EventStartTime":%d,"EventEndTime":%d,
             "Destination":{"Arn":"%s","FilterArns":["%s/rule1"]}}\
            """.formatted(
                        name, ARCHIVE, now - 36_000, now, bus, bus.replace(":event-bus/", ":rule/")));
    }

    /** Returns when the replay has ended: how often its progress had moved when it was asked. */
    private int await(String name) throws InterruptedException {
        var last = "";
        int moves = 0;
        while (true) {
            JsonNode replay = api.call("AWSEvents.DescribeReplay", "{\"ReplayName\":\"" + name + "\"}");
            var state = replay.path("State").asString();
            if (state.equals("COMPLETED") || state.equals("CANCELLED")) {
                return moves;
            }
            if (state.equals("FAILED")) {
                throw new IllegalStateException(replay.toString());
            }
            var at = replay.path("EventLastReplayedTime").toString();
            moves += at.equals(last) ? 0 : 1;
            last = at;
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void print(String what, long events, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "%-40s %,d in %.0f s, %,.0f /s%n", what, events, seconds, events / seconds);
    }
}
