// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.digest;

import dev.clew.core.trace.TraceId;
import dev.clew.traces.assembly.Assembly;
import dev.clew.traces.assembly.Inference;
import dev.clew.traces.assembly.Placed;
import dev.clew.traces.digest.TraceDigest.Hop;
import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.digest.TraceDigest.Visit;
import dev.clew.traces.document.Entity;
import dev.clew.traces.document.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives one digest from one assembled trace. Used once. */
public final class Digester {
    /** A trace id whose time is this far from the trace's begin carries no time. */
    private static final long ID_TIME_TOLERANCE = Duration.ofHours(24).toNanos() / 1_000;

    private final TraceId traceId;
    private final Assembly assembly;
    private final Duration grace;
    private final Map<Node, Integer> nodes = new LinkedHashMap<>();
    private final TraceTags tags = new TraceTags();
    private final Set<String> resourceArns = new LinkedHashSet<>();
    private final Set<String> instanceIds = new LinkedHashSet<>();
    private final Set<String> zones = new LinkedHashSet<>();
    private final List<Visit> visits = new ArrayList<>();
    private final List<Hop> hops = new ArrayList<>();
    private final Details details = new Details();
    private final Extent whole = new Extent();
    private boolean partial;
    private boolean throttle;

    private Digester(TraceId traceId, Assembly assembly, Duration grace) {
        this.traceId = traceId;
        this.assembly = assembly;
        this.grace = grace;
    }

    /**
     * The digest, as revision 0.
     *
     * @param grace how long a call waits for the segment that its other side promised
     */
    public static TraceDigest digest(TraceId traceId, Assembly assembly, Duration grace) {
        return new Digester(traceId, assembly, grace).digest();
    }

    /** The node that a segment belongs to. */
    static Node node(Entity segment) {
        return new Node(segment.name(), segment.origin(), segment.aws().accountId());
    }

    /** The node of the side that {@code call} reached, if no segment came from there. */
    static Node inferredNode(Entity call) {
        var inference = Inference.of(call);
        return new Node(inference.name(), inference.type(), inference.account());
    }

    private TraceDigest digest() {
        var root = assembly.root().orElse(null);
        for (var segment : assembly.segments()) {
            addSegment(segment, segment == root);
        }
        for (var orphan : assembly.orphans()) {
            addOrphan(orphan);
        }
        partial |= !assembly.hasRoot();
        var status = root == null ? Status.OK : root.entity().status();
        var entryPoint = root == null ? -1 : index(node(root.entity()));
        return new TraceDigest(
                traceId.text(),
                0,
                indexTime(traceId, whole.start),
                whole.start,
                whole.lastEvent,
                whole.end == TraceDigest.NONE ? TraceDigest.NONE : whole.end - whole.start,
                root == null || root.entity().inProgress() || !assembly.hasRoot()
                        ? TraceDigest.NONE
                        : root.entity().duration(),
                new Status(status.error(), throttle, status.fault()),
                root != null && status.ok(),
                partial,
                http(root),
                entryPoint,
                List.copyOf(nodes.keySet()),
                tags.annotations(),
                tags.users(),
                List.copyOf(resourceArns),
                List.copyOf(instanceIds),
                List.copyOf(zones),
                List.copyOf(visits),
                List.copyOf(hops),
                details.all(),
                CauseFinder.find(assembly),
                List.of());
    }

    /** The time in the id, or, if that is far from when the trace began, its begin: both in microseconds. */
    static long indexTime(TraceId id, long start) {
        long idTime = id.epochSecond() * 1_000_000;
        return Math.abs(idTime - start) <= ID_TIME_TOLERANCE ? idTime : start;
    }

    private static TraceDigest.Http http(@Nullable Placed root) {
        return http(root == null ? Entity.Http.NONE : root.entity().http());
    }

    static TraceDigest.Http http(Entity.Http http) {
        return new TraceDigest.Http(http.url(), http.method(), http.userAgent(), http.clientIp(), http.status());
    }

    private int index(Node node) {
        return nodes.computeIfAbsent(node, added -> nodes.size());
    }

    private void addSegment(Placed segment, boolean isRoot) {
        var entity = segment.entity();
        int node = index(node(entity));
        boolean begins = isRoot && !entity.linkedFromParent();
        if (begins) {
            int client = index(new Node(entity.name(), TraceDigest.CLIENT, null));
            hops.add(hop(client, node, segment, false, 0));
        }
        var caller = segment.caller();
        if (caller != null && !assembly.isOrphan(caller.top())) {
            hops.add(hop(index(node(caller.top().entity())), node, caller, false, 0));
        }
        var extent = new Extent();
        segment.forEach(part -> {
            extent.add(part.entity());
            addPart(part, node);
        });
        whole.add(extent);
        visits.add(new Visit(
                node,
                entity.start(),
                entity.end(),
                extent.start,
                extent.lastEvent,
                entity.status(),
                begins,
                false,
                0,
                details.of(segment)));
        if (entity.resourceArn() != null) {
            resourceArns.add(entity.resourceArn());
        }
        if (entity.user() != null && !entity.user().isEmpty()) {
            tags.user(entity.user(), node);
        }
        throttle |= entity.status().throttle();
    }

    private void addPart(Placed part, int node) {
        var entity = part.entity();
        partial |= entity.inProgress();
        if (entity.aws().instanceId() != null) {
            instanceIds.add(entity.aws().instanceId());
        }
        if (entity.aws().availabilityZone() != null) {
            zones.add(entity.aws().availabilityZone());
        }
        tags.annotations(entity, node);
        if (part.enclosing() != null && Assembly.lacksDownstream(part)) {
            long since = Inference.since(entity, grace);
            partial |= entity.traced();
            throttle |= entity.status().throttle();
            int inferred = index(inferredNode(entity));
            hops.add(hop(node, inferred, part, true, since));
            visits.add(new Visit(
                    inferred,
                    entity.start(),
                    entity.end(),
                    entity.start(),
                    Extent.lastEvent(entity),
                    entity.status(),
                    false,
                    true,
                    since,
                    details.ofInferred(entity)));
        }
    }

    /** An orphan belongs to no node, but it is part of the trace, and the trace lacks something. */
    private void addOrphan(Placed orphan) {
        partial = true;
        orphan.forEach(part -> {
            whole.add(part.entity());
            tags.annotations(part.entity(), -1);
        });
    }

    private Hop hop(int from, int to, Placed call, boolean inferred, long since) {
        var seen = call.entity();
        var extent = new Extent();
        call.forEach(part -> extent.add(part.entity()));
        return new Hop(
                from,
                to,
                seen.start(),
                seen.end(),
                extent.start,
                extent.lastEvent,
                seen.status(),
                inferred,
                since,
                details.of(call));
    }
}
