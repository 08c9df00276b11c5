// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.events.bus.BusName;
import dev.clew.events.emission.Emission;
import dev.clew.events.emission.Emitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of an archive on their bus again, a page at a time. A page and the place it reached are one commit: after a crash
 * it goes on with the next event, none twice. While much is owed it waits, so that a replay never drives out what producers send.
 */
final class ReplayRunner {
    private static final System.Logger LOG = System.getLogger(ReplayRunner.class.getName());
    private static final Duration NAP = Duration.ofMillis(50);

    private final Archives archives;
    private final Replays replays;
    private final Emitter emitter;
    private final InstantSource time;
    private final IdSource ids;
    private final Pause pause;
    private final ArchiveConfig config;

    ReplayRunner(
            Archives archives,
            Replays replays,
            Emitter emitter,
            InstantSource time,
            IdSource ids,
            Pause pause,
            ArchiveConfig config) {
        this.archives = archives;
        this.replays = replays;
        this.emitter = emitter;
        this.time = time;
        this.ids = ids;
        this.pause = pause;
        this.config = config;
    }

    /** How a thread waits; a test lets something else happen instead. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration wait) throws InterruptedException;
    }

    /** Runs a replay to its end. An interrupt leaves it where it is, to be resumed. */
    void run(Scope scope, String name) {
        try {
            while (step(scope, name)) {
                while (emitter.owed() >= config.maxOwed()) {
                    pause.sleep(NAP);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // whoever started it must learn of it
            if (Thread.currentThread().isInterrupted()) {
                return; // told to stop: it goes on at the next start
            }
            LOG.log(System.Logger.Level.WARNING, "replay " + name + " failed", e);
            end(scope, name, Replay.State.FAILED, "Something failed: " + e.getMessage());
        }
    }

    /** Replays one page; false once nothing is left to do. */
    private boolean step(Scope scope, String name) {
        return replays.changing(() -> {
            var replay = replays.find(scope, name).orElse(null);
            if (replay == null || replay.state().isFinal()) {
                return false;
            }
            if (replay.state() == Replay.State.CANCELLING) {
                replays.put(replay.ended(Replay.State.CANCELLED, null, time.instant()));
                return false;
            }
            if (isGone(replay)) {
                replays.put(replay.ended(
                        Replay.State.FAILED, "Archive " + replay.archive() + " does not exist.", time.instant()));
                return false;
            }
            if (replay.state() == Replay.State.STARTING) {
                replays.put(replay.running());
                return true;
            }
            return page(replay);
        });
    }

    private boolean isGone(Replay replay) {
        return archives.find(replay.scope(), replay.archive())
                .filter(archive -> archive.id().equals(replay.archiveId()))
                .isEmpty();
    }

    private boolean page(Replay replay) {
        var page = archives.events()
                .read(replay.archiveId(), replay.from(), replay.until(), cursor(replay), config.replayPage());
        var last = page.last();
        if (page.events().isEmpty() || last == null) {
            replays.put(replay.ended(Replay.State.COMPLETED, null, time.instant()));
            return false;
        }
        var reached = replay.advanced(
                HexFormat.of().formatHex(last), page.events().getLast().time());
        var after = page.more() ? reached : reached.ended(Replay.State.COMPLETED, null, time.instant());
        var visible = new Runnable[1];
        emitter.emit(
                page.events().stream().map(event -> emission(replay, event)).toList(),
                batch -> visible[0] = replays.stage(batch, after));
        visible[0].run();
        return page.more();
    }

    private static byte @Nullable [] cursor(Replay replay) {
        return replay.cursor() == null ? null : HexFormat.of().parseHex(replay.cursor());
    }

    private Emission emission(Replay replay, Archived archived) {
        var id = ids.nextOrderedUuid();
        var context = archived.context().orElse(null);
        return new Emission(
                id,
                BusName.of(replay.bus(), replay.scope()),
                archived.source(),
                archived.detailType(),
                Envelope.replayed(archived.json(), id, replay.name()),
                replay.arn(),
                context != null && context.isSampled() && config.linkTraces()
                        ? new Emission.Trace.Linked(context)
                        : new Emission.Trace.Continued(context),
                replay.filters().isEmpty()
                        ? new Emission.Takers.All()
                        : new Emission.Takers.Matching(Set.copyOf(replay.filters())));
    }

    private void end(Scope scope, String name, Replay.State state, String reason) {
        replays.changing(() -> {
            replays.find(scope, name)
                    .filter(replay -> !replay.state().isFinal())
                    .ifPresent(replay -> replays.put(replay.ended(state, reason, time.instant())));
            return List.of();
        });
    }
}
