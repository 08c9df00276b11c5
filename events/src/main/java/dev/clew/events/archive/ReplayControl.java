// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.events.api.CancelReplayRequest;
import dev.clew.events.api.CancelReplayResponse;
import dev.clew.events.api.DescribeReplayRequest;
import dev.clew.events.api.DescribeReplayResponse;
import dev.clew.events.api.EventsErrors;
import dev.clew.events.api.ListReplaysRequest;
import dev.clew.events.api.ListReplaysResponse;
import dev.clew.events.api.ReplayDestination;
import dev.clew.events.api.StartReplayRequest;
import dev.clew.events.api.StartReplayResponse;
import dev.clew.events.bus.Invalid;
import dev.clew.events.bus.Page;
import dev.clew.wire.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Operations on replays. */
final class ReplayControl {
    private static final int MOST_FILTERS = 300; // as many as a bus has rules

    private final Archives archives;
    private final Replays replays;
    private final Consumer<Replay> begin;
    private final InstantSource time;
    private final int concurrent;

    /** @param begin runs a replay in the background */
    ReplayControl(
            Archives archives, Replays replays, Consumer<Replay> begin, InstantSource time, ArchiveConfig config) {
        this.archives = archives;
        this.replays = replays;
        this.begin = begin;
        this.time = time;
        this.concurrent = config.concurrentReplays();
    }

    StartReplayResponse start(StartReplayRequest input, Call call) {
        var started = replays.changing(() -> {
            if (replays.find(call.scope(), input.replayName()).isPresent()) {
                throw EventsErrors.resourceAlreadyExistsException("Replay " + input.replayName() + " already exists.");
            }
            var replay = checked(input, call.scope());
            long running = replays.list(call.scope()).stream()
                    .filter(other -> !other.state().isFinal())
                    .count();
            if (running >= concurrent) {
                throw Invalid.limit();
            }
            replays.put(replay);
            return replay;
        });
        begin.accept(started);
        return new StartReplayResponse(started.arn(), started.state().name(), null, started.started());
    }

    private Replay checked(StartReplayRequest input, Scope scope) {
        var name = archiveName(input.eventSourceArn(), scope);
        var archive = archives.find(scope, name)
                .orElseThrow(() -> notValid("EventSourceArn", "Archive " + name + " does not exist."));
        if (!input.destination().arn().equals(archive.source())) {
            throw notValid("Destination.Arn", "Cross event bus replay is not permitted.");
        }
        if (!input.eventStartTime().isBefore(input.eventEndTime())) {
            throw notValid("EventEndTime", "EventStartTime must be before EventEndTime.");
        }
        return new Replay(
                scope,
                input.replayName(),
                input.description(),
                Replay.State.STARTING,
                null,
                archive.name(),
                archive.id(),
                archive.source(),
                filters(input.destination(), archive),
                input.eventStartTime(),
                input.eventEndTime(),
                null,
                null,
                time.instant(),
                null);
    }

    private static String archiveName(String text, Scope scope) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("events")
                        && arn.scope().equals(scope)
                        && arn.resource().startsWith(Archive.RESOURCE))
                .map(arn -> arn.resource().substring(Archive.RESOURCE.length()))
                .orElseThrow(() -> notValid("EventSourceArn", "Must contain an archive ARN."));
    }

    /** A filter that no rule of the bus could ever be would silently replay nothing. */
    private static List<String> filters(ReplayDestination destination, Archive archive) {
        var asked = destination.filterArns() == null ? List.<String>of() : destination.filterArns();
        if (asked.size() > MOST_FILTERS) {
            throw notValid("Destination.FilterArns", "there are more than " + MOST_FILTERS + ".");
        }
        var bus = archive.bus();
        for (var text : asked) {
            var rule = text.substring(text.lastIndexOf('/') + 1);
            if (!bus.ruleArn(rule).toString().equals(text)) {
                throw notValid("Destination.FilterArns", text + " is not the ARN of a rule of the event bus.");
            }
        }
        return asked;
    }

    private static RuntimeException notValid(String parameter, String reason) {
        return Invalid.request("Parameter " + parameter + " is not valid. Reason: " + reason);
    }

    DescribeReplayResponse describe(DescribeReplayRequest input, Call call) {
        var replay = get(call.scope(), input.replayName());
        return DescribeReplayResponse.builder()
                .replayName(replay.name())
                .replayArn(replay.arn())
                .description(replay.description())
                .state(replay.state().name())
                .stateReason(replay.stateReason())
                .eventSourceArn(Archive.arn(replay.scope(), replay.archive()))
                .destination(
                        new ReplayDestination(replay.bus(), replay.filters().isEmpty() ? null : replay.filters()))
                .eventStartTime(replay.from())
                .eventEndTime(replay.until())
                .eventLastReplayedTime(replay.lastReplayed())
                .replayStartTime(replay.started())
                .replayEndTime(replay.ended())
                .build();
    }

    ListReplaysResponse list(ListReplaysRequest input, Call call) {
        var prefix = input.namePrefix() == null ? "" : input.namePrefix();
        var matching = replays.list(call.scope()).stream()
                .filter(replay -> replay.name().startsWith(prefix))
                .filter(replay -> input.state() == null
                        || input.state().equals(replay.state().name()))
                .filter(replay -> input.eventSourceArn() == null
                        || input.eventSourceArn().equals(Archive.arn(replay.scope(), replay.archive())));
        var page = Page.of(matching, Replay::name, input.nextToken(), input.limit());
        return new ListReplaysResponse(
                page.items().stream().map(ReplayControl::listed).toList(), page.nextToken());
    }

    private static dev.clew.events.api.Replay listed(Replay replay) {
        return dev.clew.events.api.Replay.builder()
                .replayName(replay.name())
                .eventSourceArn(Archive.arn(replay.scope(), replay.archive()))
                .state(replay.state().name())
                .stateReason(replay.stateReason())
                .eventStartTime(replay.from())
                .eventEndTime(replay.until())
                .eventLastReplayedTime(replay.lastReplayed())
                .replayStartTime(replay.started())
                .replayEndTime(replay.ended())
                .build();
    }

    /** What was put on the bus stays there; the rest is not. */
    CancelReplayResponse cancel(CancelReplayRequest input, Call call) {
        var replay = replays.changing(() -> {
            var found = get(call.scope(), input.replayName());
            if (found.state() != Replay.State.STARTING && found.state() != Replay.State.RUNNING) {
                throw EventsErrors.illegalStatusException(
                        "Replay " + found.name() + " is not in a valid state for this operation.");
            }
            var cancelling = found.cancelling();
            replays.put(cancelling);
            return cancelling;
        });
        return new CancelReplayResponse(replay.arn(), replay.state().name(), null);
    }

    private Replay get(Scope scope, String name) {
        return replays.find(scope, name)
                .orElseThrow(() -> EventsErrors.resourceNotFoundException("Replay " + name + " does not exist."));
    }
}
