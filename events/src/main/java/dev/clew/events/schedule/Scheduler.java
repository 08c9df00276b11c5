// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import dev.clew.core.IdSource;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.events.bus.ScheduledRule;
import dev.clew.events.emission.Emission;
import dev.clew.events.emission.Emitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes rules fire by the clock. That a rule fired is written in the batch that accepts its event, so it fires once for each time,
 * however often the process is killed. A time that passed while nobody looked is made up for within a minute, or not at all. One
 * thread; {@link #close} from any other.
 */
public final class Scheduler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());
    private static final Duration LATEST = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1); // wall time may jump, and rules may come

    private final Supplier<List<ScheduledRule>> rules;
    private final RecordTable<Fired> fired;
    private final Emitter emitter;
    private final InstantSource time;
    private final IdSource ids;
    private final Map<ScheduledRule, Optional<Instant>> due = new HashMap<>();
    private Instant silentUntil = Instant.MIN;
    private @Nullable Thread loop;

    /**
     * The last time for which a rule fired.
     *
     * @param due not when it happened, but when it should have
     */
    record Fired(Instant due) {}

    /** @param rules those that are enabled at the moment */
    public Scheduler(
            Store store, Supplier<List<ScheduledRule>> rules, Emitter emitter, InstantSource time, IdSource ids) {
        this.rules = rules;
        this.fired = RecordTable.open(store, "events.schedules-fired", Fired.class);
        this.emitter = emitter;
        this.time = time;
        this.ids = ids;
    }

    /** Begins. */
    public void start() {
        loop = Thread.ofVirtual().name("events-schedule").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                var now = time.instant();
                tick(now);
                Thread.sleep(untilNext(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilNext(Instant now) {
        return due.values().stream()
                .flatMap(Optional::stream)
                .map(next -> Duration.between(now, next))
                .filter(wait -> wait.compareTo(LONGEST_NAP) < 0)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .min(Duration::compareTo)
                .orElse(LONGEST_NAP);
    }

    /** Fires whatever is due. */
    void tick(Instant now) {
        var known = rules.get();
        due.keySet().retainAll(known);
        for (var rule : known) {
            try {
                tick(rule, now);
            } catch (RuntimeException e) { // one rule must not stop the others
                complain(rule, e, now);
            }
        }
        forgetGone(known);
    }

    /** Now and then: it is tried again every second. */
    private void complain(ScheduledRule rule, RuntimeException problem, Instant now) {
        if (now.isAfter(silentUntil)) {
            silentUntil = now.plus(LATEST);
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "the schedule of rule " + rule.rule() + " could not fire: " + problem);
        }
    }

    private void tick(ScheduledRule rule, Instant now) {
        var next = due.computeIfAbsent(rule, r -> nextOf(r, now)).orElse(null);
        if (next == null || next.isAfter(now)) {
            return;
        }
        if (next.isAfter(now.minus(LATEST))) {
            fire(rule, next);
        }
        due.put(rule, nextOf(rule, now));
    }

    /** The first time that it has not fired for and that is not too long ago. */
    private Optional<Instant> nextOf(ScheduledRule rule, Instant now) {
        var last = fired.find(key(rule)).map(Fired::due).orElse(Instant.MIN);
        var recent = now.minus(LATEST);
        var after = last.isAfter(recent) ? last : recent;
        return Schedule.parse(rule.expression())
                .flatMap(schedule -> schedule.next(rule.begun(), after.isAfter(rule.begun()) ? after : rule.begun()));
    }

    private void fire(ScheduledRule rule, Instant next) {
        var visible = new Runnable[1];
        emitter.emit(
                List.of(emission(rule, next)),
                batch -> visible[0] = fired.stage(batch, List.of(new RecordTable.Edit<>(key(rule), new Fired(next)))));
        visible[0].run();
    }

    private static String key(ScheduledRule rule) {
        return rule.bus().ruleArn(rule.rule()).toString();
    }

    private Emission emission(ScheduledRule rule, Instant next) {
        var id = ids.nextOrderedUuid();
        var scope = rule.bus().scope();
        var arn = rule.bus().ruleArn(rule.rule()).toString();
        var json = "{\"version\":\"0\",\"id\":\"" + id
                + "\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"account\":\"" + scope.account()
                + "\",\"time\":\"" + DateTimeFormatter.ISO_INSTANT.format(next.truncatedTo(ChronoUnit.SECONDS))
                + "\",\"region\":\"" + scope.region() + "\",\"resources\":[\"" + arn + "\"],\"detail\":{}}";
        return new Emission(
                id,
                rule.bus(),
                "aws.events",
                "Scheduled Event",
                json,
                arn,
                new Emission.Trace.Started(),
                new Emission.Takers.Only(rule.rule()));
    }

    /** Of rules that are gone nothing need be known once their last time is too long ago to be made up for. */
    private void forgetGone(List<ScheduledRule> known) {
        if (fired.entries("").size() <= known.size()) {
            return;
        }
        var keys = known.stream().map(Scheduler::key).toList();
        var old = time.instant().minus(LATEST);
        fired.entries("").forEach((key, last) -> {
            if (!keys.contains(key) && last.due().isBefore(old)) {
                fired.remove(key);
            }
        });
    }

    /** Stops, once a fire under way is written. */
    @Override
    public void close() {
        if (loop != null) {
            loop.interrupt();
            try {
                loop.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
