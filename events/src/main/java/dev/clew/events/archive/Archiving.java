// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.archive;

import dev.clew.core.IdSource;
import dev.clew.core.store.Store;
import dev.clew.events.api.EventsModel;
import dev.clew.events.bus.Buses;
import dev.clew.events.emission.Emitter;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.wire.ServiceBinding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Every operation on archives and replays, the replays under way, and retention. Safe for use by many threads. */
public final class Archiving implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Archiving.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TIDYINGS = Duration.ofMinutes(1);

    private final Archives archives;
    private final Replays replays;
    private final ReplayRunner runner;
    private final ArchiveControl archiveControl;
    private final ReplayControl replayControl;
    private final InstantSource time;
    private final Executor background;
    private @Nullable Thread tidying;

    public Archiving(
            Archives archives,
            Store store,
            Buses buses,
            Emitter emitter,
            InstantSource time,
            IdSource ids,
            PatternLimits limits,
            ArchiveConfig config) {
        this(
                archives,
                store,
                buses,
                emitter,
                time,
                ids,
                limits,
                config,
                Executors.newVirtualThreadPerTaskExecutor(),
                Thread::sleep);
    }

    /**
     * With threads and time of a test.
     *
     * @param background runs replays; shut down at {@link #close} if it can be
     */
    Archiving(
            Archives archives,
            Store store,
            Buses buses,
            Emitter emitter,
            InstantSource time,
            IdSource ids,
            PatternLimits limits,
            ArchiveConfig config,
            Executor background,
            ReplayRunner.Pause pause) {
        this.archives = archives;
        this.replays = new Replays(store);
        this.time = time;
        this.background = background;
        this.runner = new ReplayRunner(archives, replays, emitter, time, ids, pause, config);
        this.archiveControl = new ArchiveControl(archives, buses, limits, time, ids, config);
        this.replayControl = new ReplayControl(archives, replays, this::begin, time, config);
    }

    public ServiceBinding.Builder bind(ServiceBinding.Builder service) {
        return service.bind(EventsModel.CREATE_ARCHIVE, archiveControl::create)
                .bind(EventsModel.UPDATE_ARCHIVE, archiveControl::update)
                .bind(EventsModel.DESCRIBE_ARCHIVE, archiveControl::describe)
                .bind(EventsModel.LIST_ARCHIVES, archiveControl::list)
                .bind(EventsModel.DELETE_ARCHIVE, archiveControl::delete)
                .bind(EventsModel.START_REPLAY, replayControl::start)
                .bind(EventsModel.DESCRIBE_REPLAY, replayControl::describe)
                .bind(EventsModel.LIST_REPLAYS, replayControl::list)
                .bind(EventsModel.CANCEL_REPLAY, replayControl::cancel);
    }

    private void begin(Replay replay) {
        background.execute(() -> runner.run(replay.scope(), replay.name()));
    }

    /** Goes on with the replays that the last process left, and begins to drop what is past retention. */
    public void start() {
        archives.dropOrphans();
        replays.unfinished().forEach(this::begin);
        tidying = Thread.ofVirtual().name("events-archive-tidy").start(this::keepTidy);
    }

    private void keepTidy() {
        try {
            while (true) {
                tidy();
                Thread.sleep(BETWEEN_TIDYINGS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done once a minute. */
    void tidy() {
        try {
            archives.tidy();
            replays.changing(() -> {
                replays.forgetOld(time.instant());
                return true;
            });
        } catch (RuntimeException e) { // the next minute may be better
            LOG.log(System.Logger.Level.WARNING, "archives could not be tidied", e);
        }
    }

    /** Stops; replays under way go on at the next start. */
    @Override
    public void close() {
        if (tidying != null) {
            tidying.interrupt();
        }
        if (background instanceof ExecutorService service) {
            service.shutdownNow();
            await(service);
        }
    }

    /** What is being committed gets the time to be. */
    private static void await(ExecutorService service) {
        try {
            if (!service.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "replays did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
