// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.digest;

import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.assembly.Placed;
import dev.clew.traces.digest.TraceDigest.CauseEntity;
import dev.clew.traces.digest.TraceDigest.CauseException;
import dev.clew.traces.digest.TraceDigest.CauseService;
import dev.clew.traces.digest.TraceDigest.RootCause;
import dev.clew.traces.digest.TraceDigest.RootCauses;
import dev.clew.traces.document.Entity;
import dev.clew.traces.document.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the root causes of a trace.
 *
 * <p>A fault or error has as culprit each entity of that status none of whose callees and subsegments has it too; its
 * root cause is the path from the entry point to it. A slow response has one path: from the root always into the part
 * that took longest, as long as it covers half of the response time.
 */
final class CauseFinder {
    private static final int MAX_CAUSES = 10;
    private static final double MIN_COVERAGE = 0.5;
    private static final long SLOW = 2_000_000;

    private final Assembly assembly;

    private CauseFinder(Assembly assembly) {
        this.assembly = assembly;
    }

    static RootCauses find(Assembly assembly) {
        var finder = new CauseFinder(assembly);
        return new RootCauses(
                finder.culprits(Status::fault),
                finder.culprits(status -> status.error() && !status.fault()),
                finder.slowPath());
    }

    private List<RootCause> culprits(Predicate<Status> wanted) {
        var marked = new HashSet<Placed>();
        assembly.segments()
                .forEach(segment -> segment.forEach(part -> {
                    if (wanted.test(part.entity().status())) {
                        marked.add(part);
                    }
                }));
        if (marked.isEmpty()) {
            return List.of();
        }
        var implicated = new HashSet<Placed>(); // above something marked
        for (var part : marked) {
            for (var above = above(part); above != null && implicated.add(above); above = above(above)) {}
        }
        var root = assembly.root().orElseThrow();
        boolean clientImpacting = wanted.test(root.entity().status());
        return marked.stream()
                .filter(part -> !implicated.contains(part))
                .sorted(Comparator.comparingLong((Placed part) -> part.entity().start())
                        .thenComparing(part -> part.entity().id()))
                .map(part -> new RootCause(clientImpacting, services(pathTo(part), CauseFinder::entity)))
                .distinct()
                .limit(MAX_CAUSES)
                .toList();
    }

    private static @Nullable Placed above(Placed part) {
        return part.enclosing() == null ? part.caller() : part.enclosing();
    }

    private static List<Placed> pathTo(Placed culprit) {
        var path = new ArrayList<Placed>();
        var seen = new HashSet<Placed>(); // segments may call each other in a circle
        for (@Nullable Placed part = culprit; part != null && seen.add(part); part = above(part)) {
            path.add(part);
        }
        Collections.reverse(path);
        return path;
    }

    private List<RootCause> slowPath() {
        var root = assembly.root().orElse(null);
        if (root == null || !assembly.hasRoot() || root.entity().duration() < SLOW) {
            return List.of();
        }
        double response = root.entity().duration();
        var path = new ArrayList<Placed>();
        var seen = new HashSet<Placed>();
        for (@Nullable Placed part = root; part != null && seen.add(part); part = longest(part, response, seen)) {
            path.add(part);
        }
        var coverage = new Coverage(path, response);
        return List.of(new RootCause(true, services(path, coverage::entity)));
    }

    private static @Nullable Placed longest(Placed part, double response, Set<Placed> seen) {
        return Stream.concat(part.subsegments().stream(), part.downstream().stream())
                .filter(child -> !seen.contains(child))
                .max(Comparator.comparingLong(child -> child.entity().duration()))
                .filter(child -> child.entity().duration() / response >= MIN_COVERAGE)
                .orElse(null);
    }

    /** Cuts a path into segments; a call whose other side sent nothing ends it with the inferred service. */
    private static List<CauseService> services(List<Placed> path, Function<Placed, CauseEntity> entity) {
        var services = new ArrayList<CauseService>();
        int from = 0;
        for (int i = 1; i <= path.size(); i++) {
            if (i == path.size() || path.get(i).enclosing() == null) {
                var segment = path.get(from).entity();
                services.add(new CauseService(
                        Digester.node(segment),
                        false,
                        path.subList(from, i).stream().map(entity).toList()));
                from = i;
            }
        }
        var last = path.getLast();
        if (last.enclosing() != null && Assembly.lacksDownstream(last)) {
            services.add(new CauseService(Digester.inferredNode(last.entity()), true, List.of(entity.apply(last))));
        }
        return services;
    }

    private static CauseEntity entity(Placed part) {
        return new CauseEntity(
                part.entity().name(), part.entity().namespace() != null, null, exceptions(part.entity()));
    }

    private static List<CauseException> exceptions(Entity entity) {
        return entity.cause().exceptions().stream()
                .map(thrown -> new CauseException(thrown.type(), thrown.message()))
                .toList();
    }

    /** How much of the response time each part of the path explains: no less than what lies deeper. */
    private record Coverage(List<Placed> path, double response) {
        CauseEntity entity(Placed part) {
            long longest = path.subList(path.indexOf(part), path.size()).stream()
                    .mapToLong(deeper -> deeper.entity().duration())
                    .max()
                    .orElse(0);
            double share = Math.round(longest / response * 1_000) / 1_000.0;
            return new CauseEntity(
                    part.entity().name(), part.entity().namespace() != null, Math.min(1, share), List.of());
        }
    }
}
