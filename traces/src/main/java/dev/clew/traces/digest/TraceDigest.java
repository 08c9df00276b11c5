// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.digest;

import dev.clew.traces.document.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What queries need to know of a trace: enough for its summary, its part of every graph, and every filter expression.
 * Derived from the documents alone; the documents can always make it again.
 *
 * <p>Times are microseconds since the epoch, durations microseconds; {@link #NONE} stands for an absent one.
 *
 * @param revision 1 for the first digest; one more each time that documents change it
 * @param indexTime the time by which the trace is found and ordered
 * @param start earliest start
 * @param lastEvent latest end, or start of what has not ended
 * @param duration from the earliest start to the latest end
 * @param responseTime of the root
 * @param status of the root; {@code throttle} if any segment was throttled
 * @param ok whether there is a root, and it was answered without error, fault and throttle
 * @param partial whether something is missing or in progress
 * @param http of the root
 * @param entryPoint index of the root's node, or -1
 * @param nodes what the trace touched; other components refer to them by index
 * @param details what is known of single visits and hops; they refer to them by {@link #detail}
 * @param groups the groups that the trace was found to be in when it last changed
 */
public record TraceDigest(
        String traceId,
        int revision,
        long indexTime,
        long start,
        long lastEvent,
        long duration,
        long responseTime,
        Status status,
        boolean ok,
        boolean partial,
        Http http,
        int entryPoint,
        List<Node> nodes,
        List<Annotation> annotations,
        List<User> users,
        List<String> resourceArns,
        List<String> instanceIds,
        List<String> availabilityZones,
        List<Visit> visits,
        List<Hop> hops,
        List<Detail> details,
        RootCauses rootCauses,
        List<Membership> groups) {
    /** An absent time or duration. */
    public static final long NONE = -1;

    /** Node type of whoever called the root. */
    public static final String CLIENT = "client";

    /** The detail that a visit or hop refers to: 0 for none, else its place, from 1. */
    public Detail detail(int reference) {
        return reference == 0 ? Detail.NONE : details.get(reference - 1);
    }

    /** The same digest as part of {@code memberships}. */
    public TraceDigest withGroups(List<Membership> memberships) {
        return with(revision, memberships);
    }

    private TraceDigest with(int number, List<Membership> memberships) {
        return new TraceDigest(
                traceId,
                number,
                indexTime,
                start,
                lastEvent,
                duration,
                responseTime,
                status,
                ok,
                partial,
                http,
                entryPoint,
                nodes,
                annotations,
                users,
                resourceArns,
                instanceIds,
                availabilityZones,
                visits,
                hops,
                details,
                rootCauses,
                memberships);
    }

    /** This digest as the successor of {@code previous}: {@code previous} itself if nothing changed, else the next. */
    public TraceDigest after(@Nullable TraceDigest previous) {
        if (previous == null) {
            return with(1, groups);
        }
        var same = with(previous.revision, previous.groups);
        return same.equals(previous) ? previous : with(previous.revision + 1, groups);
    }

    /**
     * A group that the trace was found to be in.
     *
     * @param group the group's unique id, not its name: a group made again under the same name is another
     * @param version of the group's expression
     */
    public record Membership(String group, int version) {}

    /**
     * A node of the graph.
     *
     * @param type null for a segment without origin
     */
    public record Node(
            String name, @Nullable String type, @Nullable String account) {}

    /** @param status -1 if unknown */
    public record Http(
            @Nullable String url,
            @Nullable String method,
            @Nullable String userAgent,
            @Nullable String clientIp,
            int status) {}

    /** One distinct value of an annotation; exactly one of the three values is set. */
    public record Annotation(
            String key,
            @Nullable String text,
            @Nullable Double number,
            @Nullable Boolean flag,
            List<Integer> nodes) {}

    /** One distinct user. */
    public record User(String name, List<Integer> nodes) {}

    /**
     * One request that a node served: a segment, or an inferred one.
     *
     * @param end {@link #NONE} while in progress: then it makes the node but is not counted
     * @param subtreeStart earliest start of the segment and its subsegments
     * @param subtreeEnd latest end of them
     * @param root whether it began the trace
     * @param since from when an inferred visit counts; 0 for always
     * @param detail for {@link #detail(int)}
     */
    public record Visit(
            int node,
            long start,
            long end,
            long subtreeStart,
            long subtreeEnd,
            Status status,
            boolean root,
            boolean inferred,
            long since,
            int detail) {}

    /**
     * One call from node to node, as the caller saw it.
     *
     * @param end {@link #NONE} while in progress: then it makes the edge but is not counted
     * @param subtreeStart earliest start of what made the call and its subsegments
     * @param subtreeEnd latest end of them
     * @param inferred whether the called side is inferred
     * @param since as in {@link Visit}
     * @param detail for {@link #detail(int)}
     */
    public record Hop(
            int from,
            int to,
            long start,
            long end,
            long subtreeStart,
            long subtreeEnd,
            Status status,
            boolean inferred,
            long since,
            int detail) {}

    /**
     * What filters may ask of one visit or hop beside its outcome and times.
     *
     * @param http of the segment or of the call
     * @param user of the segment, for a call of the calling one; so are the others
     */
    public record Detail(
            Http http,
            @Nullable String user,
            @Nullable String resourceArn,
            List<String> instanceIds,
            List<String> availabilityZones) {
        static final Detail NONE = new Detail(new Http(null, null, null, null, -1), null, null, List.of(), List.of());
    }

    /** Paths from the entry point to what went wrong, or took long. */
    public record RootCauses(List<RootCause> faults, List<RootCause> errors, List<RootCause> responseTimes) {}

    /** One path. */
    public record RootCause(boolean clientImpacting, List<CauseService> services) {}

    /** One segment on a path, and the way taken inside it. */
    public record CauseService(Node node, boolean inferred, List<CauseEntity> entityPath) {}

    /** @param coverage share of the response time; null in paths of faults and errors */
    public record CauseEntity(
            String name, boolean remote, @Nullable Double coverage, List<CauseException> exceptions) {}

    /** An exception recorded on a culprit. */
    public record CauseException(
            @Nullable String name, @Nullable String message) {}
}
