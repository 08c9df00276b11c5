// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import dev.clew.core.Arn;
import dev.clew.monitor.query.MetricQueries;
import dev.clew.wire.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks at alarms when they are due, and does what changes of state owe. A change that happened before a crash is told after it. Used
 * by one thread at a time.
 */
final class AlarmClock {
    private static final Logger LOG = System.getLogger(AlarmClock.class.getName());
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    /** Composite alarms that look at composite alarms settle after so many rounds. */
    private static final int ROUNDS = 10;

    private final Alarms alarms;
    private final History history;
    private final MetricQueries queries;
    private final MetricWatch watch;
    private final InstantSource time;
    private final Map<String, Instant> due = new HashMap<>();
    private Instant nextSweep = Instant.MIN;

    AlarmClock(Alarms alarms, History history, MetricQueries queries, MetricWatch watch, InstantSource time) {
        this.alarms = alarms;
        this.history = history;
        this.queries = queries;
        this.watch = watch;
        this.time = time;
    }

    /** Does all that is due by now. */
    void tick(AlarmEffects effects) {
        var now = time.instant();
        var all = alarms.all();
        lookAtMetrics(all, now);
        for (int round = 0; round < ROUNDS && lookAtAlarms(); round++) {
            // those that look at the ones that changed
        }
        payDebts(effects);
        if (!now.isBefore(nextSweep)) {
            nextSweep = now.plus(BETWEEN_SWEEPS);
            all.stream().map(Alarm::scope).distinct().forEach(scope -> history.forget(scope, now));
        }
    }

    private void lookAtMetrics(List<Alarm> all, Instant now) {
        var ready = all.stream()
                .filter(alarm -> alarm.metric() != null)
                .filter(alarm -> !now.isBefore(due.getOrDefault(ticket(alarm), Instant.MIN)))
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        queries.refresh();
        for (var alarm : ready) {
            due.put(ticket(alarm), MetricWatch.next(Objects.requireNonNull(alarm.metric()), now));
            look(alarm);
        }
        due.keySet().retainAll(all.stream().map(AlarmClock::ticket).collect(Collectors.toCollection(HashSet::new)));
    }

    /** A definition that is new is due at once. */
    private static String ticket(Alarm alarm) {
        return alarm.arn() + '@' + alarm.configured();
    }

    private void look(Alarm alarm) {
        try {
            var finding = watch.look(alarm);
            if (finding != null && finding.state() != alarm.state()) {
                alarms.enter(alarm, finding.state(), finding.reason(), finding.reasonData());
            }
        } catch (ServiceException e) { // an expression that makes no sense with the data there is
            LOG.log(Level.WARNING, "alarm " + alarm.arn() + " cannot be evaluated: " + e.message());
        } catch (RuntimeException e) { // the other alarms must still be looked at
            LOG.log(Level.WARNING, "alarm " + alarm.arn() + " could not be evaluated", e);
        }
    }

    private boolean lookAtAlarms() {
        boolean changed = false;
        for (var alarm : alarms.all()) {
            var composite = alarm.composite();
            if (composite != null) {
                var rule = AlarmRule.parse(composite.alarmRule());
                boolean holds = rule.holds(name ->
                        alarms.find(alarm.scope(), name).map(Alarm::state).orElse(null));
                var state = holds ? AlarmState.ALARM : AlarmState.OK;
                if (state != alarm.state()) {
                    changed |= alarms.enter(alarm, state, reason(alarm, rule, holds), null);
                }
            }
        }
        return changed;
    }

    private String reason(Alarm alarm, AlarmRule rule, boolean holds) {
        var states = rule.alarms().stream()
                .map(name -> name + " is "
                        + alarms.find(alarm.scope(), name)
                                .map(child -> child.state().name())
                                .orElse("absent"))
                .collect(Collectors.joining(", "));
        return "The alarm rule " + (holds ? "holds" : "does not hold") + (states.isEmpty() ? "" : ": " + states);
    }

    private void payDebts(AlarmEffects effects) {
        for (var debt : alarms.owed().entrySet()) {
            try {
                tell(debt.getValue(), effects);
                alarms.settle(debt.getKey());
            } catch (RuntimeException e) { // it is tried again, in its order
                LOG.log(
                        Level.WARNING,
                        "the change of " + debt.getValue().alarm().arn() + " could not be told",
                        e);
                return;
            }
        }
    }

    private void tell(Change change, AlarmEffects effects) {
        var alarm = change.alarm();
        effects.announce(new AlarmEffects.Announcement(
                change.id(), alarm.scope(), alarm.updated(), alarm.arn(), HistoryData.detail(change)));
        if (alarm.actionsEnabled()) {
            alarm.actions(alarm.state()).forEach(action -> act(change, action, effects));
        }
    }

    private void act(Change change, String action, AlarmEffects effects) {
        var alarm = change.alarm();
        var id = UUID.nameUUIDFromBytes((change.id() + action).getBytes(StandardCharsets.UTF_8));
        var outcome = Arn.parse(action)
                .map(arn -> effects.act(
                        new AlarmEffects.Action(id, alarm.scope(), alarm.arn(), arn, HistoryData.payload(change))))
                .orElse(new AlarmEffects.Outcome.Failed("it is no ARN"));
        switch (outcome) {
            case AlarmEffects.Outcome.Done() ->
                history.add(
                        alarm,
                        time.instant(),
                        "Action",
                        "Successfully executed action " + action,
                        HistoryData.action(alarm, action, null));
            case AlarmEffects.Outcome.Failed(String reason) -> {
                LOG.log(Level.WARNING, "alarm " + alarm.arn() + ": action " + action + " was not taken: " + reason);
                history.add(
                        alarm,
                        time.instant(),
                        "Action",
                        "Failed to execute action " + action + ". Received error: \"" + reason + '"',
                        HistoryData.action(alarm, action, reason));
            }
        }
    }
}
