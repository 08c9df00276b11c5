// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.core.Scope;
import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.group.StoredGroup;
import dev.clew.traces.insight.StoredInsight.Anomaly;
import dev.clew.traces.insight.StoredInsight.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides, minute by minute, which insight of a group opens, goes on or closes. Knows no time but the minute it is told, and
 * changes nothing: the same minutes make the same insights.
 */
final class Detector {
    private static final int SECONDS = 60;
    private static final int MAX_EVENTS = 500;
    private static final int MAX_CALLS = 10_000;
    private static final double FAULT_CHANGE = 0.5;

    private final Scope scope;
    private final StoredGroup group;
    private final Supplier<String> ids;

    Detector(Scope scope, StoredGroup group, Supplier<String> ids) {
        this.scope = scope;
        this.group = group;
        this.ids = ids;
    }

    /** @param insight the one that opened, went on or closed, as it is now; null if there is none */
    record Step(Watch watch, @Nullable StoredInsight insight) {}

    /**
     * One more minute.
     *
     * @param open the insight that is open; null if none is
     */
    Step step(Watch before, @Nullable StoredInsight open, Minute minute) {
        var watch = before.after(minute);
        long now = watch.next() * SECONDS; // the minute's end
        if (open == null) {
            if (watch.anomalies().isEmpty()) {
                return new Step(watch, null);
            }
            var opened = opened(watch, minute, now);
            return new Step(watch.withOpen(opened.id()), opened);
        }
        var changed = changed(open, before, watch, minute, now);
        return new Step(changed.active() ? watch : watch.withOpen(null), changed);
    }

    private StoredInsight opened(Watch watch, Minute minute, long now) {
        var anomalies = watch.anomalies().stream()
                .map(series -> new Anomaly(series.node(), series.recent(), series.excess()))
                .toList();
        var clients = watch.clients().stream().reduce(Impact.NONE, Impact::plus);
        var cause = cause(watch, anomalies, minute.calls());
        var insight = new StoredInsight(
                ids.get(),
                scope.account(),
                scope.region(),
                group.id(),
                group.name(),
                group.arn(scope),
                now - Series.OPENING * SECONDS,
                null,
                now,
                cause,
                anomalies,
                clients,
                List.copyOf(minute.calls()),
                minute.of(cause).faults(),
                List.of());
        return with(insight, "Requests to " + StoredInsight.name(cause) + " fail more often than expected.", minute);
    }

    private StoredInsight changed(StoredInsight open, Watch before, Watch watch, Minute minute, long now) {
        var calls = new LinkedHashSet<>(open.calls());
        minute.calls().stream().limit(Math.max(0, MAX_CALLS - calls.size())).forEach(calls::add);
        var anomalies = anomalies(open, before, watch, minute);
        boolean over = watch.anomalies().isEmpty();
        var insight = new StoredInsight(
                open.id(),
                open.account(),
                open.region(),
                open.groupId(),
                open.groupName(),
                open.groupArn(),
                open.start(),
                over ? now : null,
                now,
                over ? open.cause() : cause(watch, anomalies, calls),
                anomalies,
                open.clients().plus(minute.clients()),
                List.copyOf(calls),
                open.faults(),
                open.events());
        if (over) {
            return with(insight, "Requests fail no more often than expected.", minute);
        }
        if (!insight.cause().equals(open.cause())) {
            return with(insight, "The root cause seems to be " + StoredInsight.name(insight.cause()) + ".", minute);
        }
        if (!Set.copyOf(insight.top()).equals(Set.copyOf(open.top()))) {
            return with(
                    insight,
                    "Concerned are "
                            + insight.top().stream().map(StoredInsight::name).collect(Collectors.joining(", ")) + ".",
                    minute);
        }
        long faults = minute.of(insight.cause()).faults();
        if (Math.abs(faults - open.faults()) >= Math.max(1, FAULT_CHANGE * open.faults())) {
            var way = faults > open.faults() ? "rise to " : "fall to ";
            return with(
                    insight,
                    "Faults of " + StoredInsight.name(insight.cause()) + " " + way + faults + " a minute.",
                    minute);
        }
        return insight;
    }

    /** Those of before with this minute's requests, and the new ones with those of the minutes that made them so. */
    private static List<Anomaly> anomalies(StoredInsight open, Watch before, Watch watch, Minute minute) {
        var anomalies = new ArrayList<Anomaly>();
        var known = new HashSet<Node>();
        for (var anomaly : open.anomalies()) {
            known.add(anomaly.node());
            var seen = minute.of(anomaly.node());
            double mean = before.series().stream()
                    .filter(series -> series.node().equals(anomaly.node()))
                    .mapToDouble(
                            series -> series.baseline().expected(seen.total()).mean())
                    .findFirst()
                    .orElse(0);
            anomalies.add(new Anomaly(
                    anomaly.node(), anomaly.impact().plus(seen), anomaly.excess() + Math.max(0, seen.faults() - mean)));
        }
        for (var series : watch.anomalies()) {
            if (!known.contains(series.node())) {
                anomalies.add(new Anomaly(series.node(), series.recent(), series.excess()));
            }
        }
        return anomalies;
    }

    /** The insight with an event that tells of it as it is. */
    private static StoredInsight with(StoredInsight insight, String summary, Minute minute) {
        var events = new ArrayList<>(insight.events());
        if (events.size() == MAX_EVENTS) {
            events.removeFirst();
        }
        events.add(new Event(insight.updated(), summary, insight.clients(), insight.causeImpact(), insight.top()));
        return new StoredInsight(
                insight.id(),
                insight.account(),
                insight.region(),
                insight.groupId(),
                insight.groupName(),
                insight.groupArn(),
                insight.start(),
                insight.end(),
                insight.updated(),
                insight.cause(),
                insight.anomalies(),
                insight.clients(),
                insight.calls(),
                minute.of(insight.cause()).faults(),
                events);
    }

    /** The open insight as it ends when nothing is known of what came after. */
    static StoredInsight abandoned(StoredInsight open, long now) {
        var ended = new StoredInsight(
                open.id(),
                open.account(),
                open.region(),
                open.groupId(),
                open.groupName(),
                open.groupArn(),
                open.start(),
                now,
                now,
                open.cause(),
                open.anomalies(),
                open.clients(),
                open.calls(),
                0,
                open.events());
        return with(ended, "The group's requests are no longer watched.", new Minute());
    }

    /** The anomalous service that reaches no other one downstream; of several the one with most faults. */
    private static Node cause(Watch watch, List<Anomaly> anomalies, Collection<Minute.Call> calls) {
        var nodes = watch.anomalies().stream().map(Series::node).collect(Collectors.toSet());
        var last = anomalies.stream()
                .filter(anomaly -> nodes.contains(anomaly.node()))
                .filter(anomaly -> downstream(anomaly.node(), calls).stream().noneMatch(nodes::contains))
                .toList();
        return (last.isEmpty() ? anomalies : last)
                .stream()
                        .max(Comparator.comparingLong(
                                        (Anomaly anomaly) -> anomaly.impact().faults())
                                .thenComparing(anomaly -> StoredInsight.name(anomaly.node())))
                        .map(Anomaly::node)
                        .orElseThrow();
    }

    private static Set<Node> downstream(Node from, Collection<Minute.Call> calls) {
        var found = new HashSet<Node>();
        var next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            var caller = next.remove();
            for (var call : calls) {
                if (call.from().equals(caller) && found.add(call.to())) {
                    next.add(call.to());
                }
            }
        }
        found.remove(from);
        return found;
    }
}
