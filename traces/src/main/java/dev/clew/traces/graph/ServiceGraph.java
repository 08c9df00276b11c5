// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.traces.api.Edge;
import dev.clew.traces.api.Service;
import dev.clew.traces.assembly.Inference;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Hop;
import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.digest.TraceDigest.Visit;
import dev.clew.traces.document.Micros;
import dev.clew.traces.document.Status;
import dev.clew.traces.query.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds traces up to a graph of services. Not safe for use by many threads.
 *
 * <p>A node counts the requests that it served, an edge the calls as the caller saw them. What is in progress makes
 * nodes and edges but is not counted.
 */
final class ServiceGraph {
    private static final Comparator<Node> BY_KEY = Comparator.comparing(Node::name)
            .thenComparing(node -> Objects.requireNonNullElse(node.type(), ""))
            .thenComparing(node -> Objects.requireNonNullElse(node.account(), ""));

    private final TimeRange window;
    private final long now;
    private final Map<Node, Totals> nodes = new HashMap<>();
    private long firstStart = Long.MAX_VALUE;
    private long lastStart = Long.MIN_VALUE;
    private long firstEnd = Long.MAX_VALUE;
    private long lastEnd = Long.MIN_VALUE;
    private long settled;

    /** Completed requests. */
    private static final class Tally {
        final Statistics statistics = new Statistics();
        final Histogram responseTimes = new Histogram();
        final Histogram durations = new Histogram();

        void count(Status status, long response, long duration) {
            statistics.count(status, response);
            responseTimes.count(response);
            durations.count(duration);
        }

        void add(Tally other) {
            statistics.add(other.statistics);
            responseTimes.add(other.responseTimes);
            durations.add(other.durations);
        }

        int size() {
            return responseTimes.size() + durations.size();
        }
    }

    /** What a node or an edge adds up to. Inferred requests count only where no real ones do. */
    private static final class Totals {
        final Tally seen = new Tally();
        final Tally inferred = new Tally();
        final Map<Node, Totals> edges = new LinkedHashMap<>();
        boolean real;
        boolean root;
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;

        void reach(long from, long to) {
            start = Math.min(start, from);
            end = Math.max(end, Math.max(from, to)); // to is NONE while in progress
        }

        void add(Totals other) {
            seen.add(other.seen);
            inferred.add(other.inferred);
            other.edges.forEach((node, edge) ->
                    edges.computeIfAbsent(node, added -> new Totals()).add(edge));
            real |= other.real;
            root |= other.root;
            start = Math.min(start, other.start);
            end = Math.max(end, other.end);
        }

        int size() {
            return 10
                    + seen.size()
                    + inferred.size()
                    + edges.values().stream().mapToInt(Totals::size).sum();
        }
    }

    /**
     * @param window only what overlaps it is counted
     * @param now in microseconds: calls that still wait for the segment of their other side are not inferred yet
     */
    ServiceGraph(TimeRange window, long now) {
        this.window = window;
        this.now = now;
    }

    void add(TraceDigest trace) {
        for (var visit : trace.visits()) {
            if (counts(visit.start(), visit.end(), visit.since())) {
                add(trace.nodes().get(visit.node()), visit);
            }
        }
        for (var hop : trace.hops()) {
            if (counts(hop.start(), hop.end(), hop.since())) {
                add(trace.nodes().get(hop.from()), trace.nodes().get(hop.to()), hop);
            }
        }
    }

    private boolean counts(long start, long end, long since) {
        if (since > now || !window.overlaps(start, Math.max(start, end))) {
            return false;
        }
        firstStart = Math.min(firstStart, start);
        lastStart = Math.max(lastStart, start);
        firstEnd = Math.min(firstEnd, Math.max(start, end));
        lastEnd = Math.max(lastEnd, Math.max(start, end));
        settled = Math.max(settled, since);
        return true;
    }

    /** A graph of everything that is added, to be added to others as a part. */
    static ServiceGraph part() {
        return new ServiceGraph(new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE), Long.MAX_VALUE);
    }

    /** Whether everything that was counted overlaps {@code range}. */
    boolean liesWithin(TimeRange range) {
        return lastStart < range.end() && firstEnd >= range.start();
    }

    /** Whether nothing that was counted overlaps {@code range}. */
    boolean liesOutside(TimeRange range) {
        return firstStart >= range.end() || lastEnd < range.start();
    }

    /** From when on all that was counted counts, in microseconds. */
    long settled() {
        return settled;
    }

    /** How much memory it takes, in counts of a histogram. */
    long weight() {
        return 10 + nodes.values().stream().mapToLong(Totals::size).sum();
    }

    /** Adds what {@code part} counted, which must lie within the window and be settled. */
    void add(ServiceGraph part) {
        part.nodes.forEach((node, totals) ->
                nodes.computeIfAbsent(node, added -> new Totals()).add(totals));
    }

    private void add(Node node, Visit visit) {
        var totals = nodes.computeIfAbsent(node, added -> new Totals());
        totals.reach(visit.start(), visit.end());
        totals.real |= !visit.inferred();
        if (visit.end() == TraceDigest.NONE) {
            return;
        }
        totals.root |= visit.root();
        (visit.inferred() ? totals.inferred : totals.seen)
                .count(visit.status(), visit.end() - visit.start(), visit.subtreeEnd() - visit.subtreeStart());
    }

    private void add(Node from, Node to, Hop hop) {
        nodes.computeIfAbsent(to, added -> new Totals()).reach(hop.start(), hop.end());
        var caller = nodes.computeIfAbsent(from, added -> new Totals());
        caller.reach(hop.start(), hop.end());
        var edge = caller.edges.computeIfAbsent(to, added -> new Totals());
        edge.reach(hop.start(), hop.end());
        if (hop.end() != TraceDigest.NONE) {
            long response = hop.end() - hop.start();
            edge.seen.count(hop.status(), response, response);
        }
    }

    /** The graph; reference ids follow the order of the nodes' names. */
    List<Service> services() {
        var sorted = new TreeMap<Node, Totals>(BY_KEY);
        sorted.putAll(nodes);
        var references = new HashMap<Node, Integer>();
        for (var node : sorted.keySet()) {
            references.put(node, references.size());
        }
        var services = new ArrayList<Service>();
        sorted.forEach((node, totals) -> services.add(service(node, totals, references)));
        return services;
    }

    private Service service(Node node, Totals totals, Map<Node, Integer> references) {
        boolean client = TraceDigest.CLIENT.equals(node.type());
        boolean inferred = !totals.real && !totals.inferred.statistics.empty();
        var tally = inferred ? totals.inferred : totals.seen;
        var edges = totals.edges.entrySet().stream()
                .map(entry -> edge(references.get(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing(Edge::referenceId, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        return Service.builder()
                .referenceId(references.get(node))
                .name(node.name())
                .names(List.of(node.name()))
                .root(totals.root ? true : null)
                .accountId(node.account())
                .type(node.type())
                .state(client || inferred || Inference.REMOTE.equals(node.type()) ? "unknown" : "active")
                .startTime(Micros.instant(wholeSecond(Math.max(totals.start, window.start()))))
                .endTime(Micros.instant(wholeSecond(Math.min(totals.end, window.end()))))
                .edges(edges)
                .summaryStatistics(client ? null : tally.statistics.ofService())
                .durationHistogram(tally.durations.entries())
                .responseTimeHistogram(tally.responseTimes.entries())
                .build();
    }

    private Edge edge(@Nullable Integer target, Totals totals) {
        return Edge.builder()
                .referenceId(target)
                .startTime(Micros.instant(wholeSecond(Math.max(totals.start, window.start()))))
                .endTime(Micros.instant(wholeSecond(Math.min(totals.end, window.end()))))
                .summaryStatistics(totals.seen.statistics.ofEdge())
                .responseTimeHistogram(totals.seen.responseTimes.entries())
                .aliases(List.of())
                .receivedEventAgeHistogram(List.of())
                .build();
    }

    private static long wholeSecond(long micros) {
        return Math.floorDiv(micros, 1_000_000) * 1_000_000;
    }
}
