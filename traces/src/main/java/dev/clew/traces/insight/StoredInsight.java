// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.core.Scope;
import dev.clew.traces.api.AnomalousService;
import dev.clew.traces.api.Insight;
import dev.clew.traces.api.InsightEvent;
import dev.clew.traces.api.InsightSummary;
import dev.clew.traces.api.ServiceId;
import dev.clew.traces.digest.TraceDigest.Node;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Anomalies that belong together, with their history; stored. Times are epoch seconds.
 *
 * @param groupId the group's unique id
 * @param end null while it is active
 * @param cause the service that the others seem to suffer from
 * @param anomalies every service that was anomalous in it
 * @param clients requests of clients in its time
 * @param calls who called whom in its time
 * @param faults of the cause in the minute of the last event
 */
record StoredInsight(
        String id,
        String account,
        String region,
        String groupId,
        String groupName,
        String groupArn,
        long start,
        @Nullable Long end,
        long updated,
        Node cause,
        List<Anomaly> anomalies,
        Impact clients,
        List<Minute.Call> calls,
        long faults,
        List<Event> events) {
    private static final int TOP = 5;
    private static final List<String> CATEGORIES = List.of("FAULT");

    /**
     * A service that fails too often.
     *
     * @param impact its requests in the insight's time
     * @param excess faults beyond the expected ones
     */
    record Anomaly(Node node, Impact impact, double excess) {}

    /** What changed when. */
    record Event(long time, String summary, Impact clients, Impact cause, List<Node> top) {
        InsightEvent answer() {
            return InsightEvent.builder()
                    .summary(summary)
                    .eventTime(Instant.ofEpochSecond(time))
                    .clientRequestImpactStatistics(clients.answer())
                    .rootCauseServiceRequestImpactStatistics(cause.answer())
                    .topAnomalousServices(services(top))
                    .build();
        }
    }

    Scope scope() {
        return new Scope(account, region);
    }

    boolean active() {
        return end == null;
    }

    String state() {
        return active() ? "ACTIVE" : "CLOSED";
    }

    /** The anomalous services with the most faults beyond the expected ones. */
    List<Node> top() {
        return anomalies.stream()
                .sorted(Comparator.comparingDouble(Anomaly::excess).reversed())
                .limit(TOP)
                .map(Anomaly::node)
                .toList();
    }

    Impact causeImpact() {
        return anomalies.stream()
                .filter(anomaly -> anomaly.node.equals(cause))
                .map(Anomaly::impact)
                .findFirst()
                .orElse(Impact.NONE);
    }

    /** Two sentences: what happens, and whom it concerns. */
    String summary() {
        var first = end == null
                ? "Requests to " + name(cause) + " have failed more often than expected since "
                        + Instant.ofEpochSecond(start) + "."
                : "Requests to " + name(cause) + " failed more often than expected from " + Instant.ofEpochSecond(start)
                        + " to " + Instant.ofEpochSecond(end) + ".";
        return first + " " + clients.faults() + " of " + clients.total() + " client requests failed.";
    }

    static String name(Node node) {
        return node.type() == null ? node.name() : node.name() + " (" + node.type() + ")";
    }

    private static ServiceId service(Node node) {
        return new ServiceId(node.name(), List.of(node.name()), node.account(), node.type());
    }

    private static List<AnomalousService> services(List<Node> nodes) {
        return nodes.stream().map(node -> new AnomalousService(service(node))).toList();
    }

    Insight answer() {
        return Insight.builder()
                .insightId(id)
                .groupARN(groupArn)
                .groupName(groupName)
                .rootCauseServiceId(service(cause))
                .categories(CATEGORIES)
                .state(state())
                .startTime(Instant.ofEpochSecond(start))
                .endTime(end == null ? null : Instant.ofEpochSecond(end))
                .summary(summary())
                .clientRequestImpactStatistics(clients.answer())
                .rootCauseServiceRequestImpactStatistics(causeImpact().answer())
                .topAnomalousServices(services(top()))
                .build();
    }

    InsightSummary inList() {
        return InsightSummary.builder()
                .insightId(id)
                .groupARN(groupArn)
                .groupName(groupName)
                .rootCauseServiceId(service(cause))
                .categories(CATEGORIES)
                .state(state())
                .startTime(Instant.ofEpochSecond(start))
                .endTime(end == null ? null : Instant.ofEpochSecond(end))
                .summary(summary())
                .clientRequestImpactStatistics(clients.answer())
                .rootCauseServiceRequestImpactStatistics(causeImpact().answer())
                .topAnomalousServices(services(top()))
                .lastUpdateTime(Instant.ofEpochSecond(updated))
                .build();
    }
}
