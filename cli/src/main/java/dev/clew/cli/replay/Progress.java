// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.replay;

import dev.clew.cli.Clew;
import dev.clew.cli.ExitCodes;
import dev.clew.cli.server.Clients;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import tools.jackson.databind.json.JsonMapper;

/** Watches a replay to its end. */
final class Progress {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Clew clew;
    private final EventBridgeClient events;
    private final boolean json;

    Progress(Clew clew, EventBridgeClient events, boolean json) {
        this.clew = clew;
        this.events = events;
        this.json = json;
    }

    /** Tells on standard error how far it is, on standard output how it ended; returns the exit code. */
    int follow(String name) throws InterruptedException {
        var told = "";
        while (true) {
            var replay = look(name);
            if (isFinal(replay.state())) {
                return tell(replay);
            }
            var line = name + ": " + word(replay) + reached(replay);
            if (!line.equals(told)) {
                clew.surroundings().err().println(line);
                told = line;
            }
            clew.surroundings().pause().last(BETWEEN_LOOKS);
        }
    }

    DescribeReplayResponse look(String name) {
        return Clients.ask(() -> events.describeReplay(request -> request.replayName(name)));
    }

    /** Tells where a replay stands; returns the exit code. */
    int tell(DescribeReplayResponse replay) {
        var out = clew.surroundings().out();
        if (json) {
            out.println(json(replay));
        } else {
            var reason = replay.stateReason() == null ? "" : ": " + replay.stateReason();
            out.println(replay.replayName() + ": " + word(replay) + reached(replay) + reason);
        }
        return replay.state() == ReplayState.FAILED ? ExitCodes.NEGATIVE : ExitCodes.OK;
    }

    private static boolean isFinal(@Nullable ReplayState state) {
        return state == ReplayState.COMPLETED || state == ReplayState.CANCELLED || state == ReplayState.FAILED;
    }

    private static String word(DescribeReplayResponse replay) {
        return String.valueOf(replay.stateAsString()).toLowerCase(Locale.ROOT);
    }

    private static String reached(DescribeReplayResponse replay) {
        var last = replay.eventLastReplayedTime();
        return last == null ? ", no event yet" : ", up to the events of " + last.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String json(DescribeReplayResponse replay) {
        var mapper = JsonMapper.shared();
        var node = mapper.createObjectNode()
                .put("name", replay.replayName())
                .put("state", replay.stateAsString())
                .put("reason", replay.stateReason())
                .put("archive", replay.eventSourceArn())
                .put("eventsFrom", text(replay.eventStartTime()))
                .put("eventsTo", text(replay.eventEndTime()))
                .put("lastReplayed", text(replay.eventLastReplayedTime()))
                .put("started", text(replay.replayStartTime()))
                .put("ended", text(replay.replayEndTime()));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
