// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.core.Scope;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.GetInsightEventsRequest;
import dev.clew.traces.api.GetInsightEventsResult;
import dev.clew.traces.api.GetInsightImpactGraphRequest;
import dev.clew.traces.api.GetInsightImpactGraphResult;
import dev.clew.traces.api.GetInsightRequest;
import dev.clew.traces.api.GetInsightResult;
import dev.clew.traces.api.GetInsightSummariesRequest;
import dev.clew.traces.api.GetInsightSummariesResult;
import dev.clew.traces.api.InsightImpactGraphEdge;
import dev.clew.traces.api.InsightImpactGraphService;
import dev.clew.traces.api.Service;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.document.Micros;
import dev.clew.traces.graph.GraphQueries;
import dev.clew.traces.group.Groups;
import dev.clew.traces.query.PageToken;
import dev.clew.traces.query.TimeRange;
import dev.clew.wire.Call;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GetInsight, GetInsightEvents, GetInsightImpactGraph, GetInsightSummaries. Safe for use by many threads. */
public final class InsightOperations {
    private static final Duration OLDEST = Duration.ofDays(30);
    private static final int SUMMARIES = 100;
    private static final int EVENTS = 50;
    private static final int NODES = 100;

    private final Insights insights;
    private final Groups groups;
    private final GraphQueries graphs;
    private final InstantSource time;
    private final TracesConfig config;

    public InsightOperations(
            Insights insights, Groups groups, GraphQueries graphs, InstantSource time, TracesConfig config) {
        this.insights = insights;
        this.groups = groups;
        this.graphs = graphs;
        this.time = time;
        this.config = config;
    }

    private StoredInsight insight(Scope scope, String id) {
        return insights.find(scope, id)
                .orElseThrow(() -> XrayErrors.invalidRequestException(
                        "InsightId: '" + id + "' (expected: one that GetInsightSummaries answers)"));
    }

    public GetInsightResult get(GetInsightRequest input, Call call) {
        return new GetInsightResult(insight(call.scope(), input.insightId()).answer());
    }

    public GetInsightSummariesResult summaries(GetInsightSummariesRequest input, Call call) {
        var group = groups.get(call.scope(), input.groupName(), input.groupARN());
        var range = TimeRange.of(input.startTime(), input.endTime(), OLDEST.plusDays(1));
        checkAge(input.startTime());
        var states = Objects.requireNonNullElse(input.states(), List.<String>of());
        int query = Objects.hash(call.scope(), group.id(), range, states);
        var found = insights.of(call.scope(), group.id()).stream()
                .filter(insight -> overlaps(insight, range))
                .filter(insight -> states.isEmpty() || states.contains(insight.state()))
                .toList();
        int from = from(input.nextToken(), query, found.size());
        int to = Math.min(found.size(), from + Objects.requireNonNullElse(input.maxResults(), SUMMARIES));
        return GetInsightSummariesResult.builder()
                .insightSummaries(found.subList(from, to).stream()
                        .map(StoredInsight::inList)
                        .toList())
                .nextToken(next(query, to, found.size()))
                .build();
    }

    private static boolean overlaps(StoredInsight insight, TimeRange range) {
        long end = insight.end() == null ? Long.MAX_VALUE : insight.end() * 1_000_000;
        return range.overlaps(insight.start() * 1_000_000, end);
    }

    private void checkAge(Instant start) {
        if (start.isBefore(time.instant().minus(OLDEST).minusSeconds(60))) { // the time that a request takes
            throw XrayErrors.invalidRequestException(
                    "StartTime: " + start + " (expected: at most " + OLDEST.toDays() + " days ago)");
        }
    }

    public GetInsightEventsResult events(GetInsightEventsRequest input, Call call) {
        var insight = insight(call.scope(), input.insightId());
        var newestFirst = insight.events().reversed();
        int query = Objects.hash(call.scope(), insight.id(), "events");
        int from = from(input.nextToken(), query, newestFirst.size());
        int to = Math.min(newestFirst.size(), from + Objects.requireNonNullElse(input.maxResults(), EVENTS));
        return GetInsightEventsResult.builder()
                .insightEvents(newestFirst.subList(from, to).stream()
                        .map(StoredInsight.Event::answer)
                        .toList())
                .nextToken(next(query, to, newestFirst.size()))
                .build();
    }

    /** The services that requests touched which failed at an anomalous one, in the time of the insight. */
    public GetInsightImpactGraphResult impact(GetInsightImpactGraphRequest input, Call call) {
        var insight = insight(call.scope(), input.insightId());
        var range = TimeRange.of(input.startTime(), input.endTime(), config.graphWindow());
        checkAge(input.startTime());
        long end = insight.end() == null ? Micros.of(time.instant()) : insight.end() * 1_000_000;
        long from = Math.max(range.start(), insight.start() * 1_000_000);
        long to = Math.max(from, Math.min(range.end(), end));
        var group = groups.find(call.scope(), insight.groupName())
                .filter(found -> found.id().equals(insight.groupId()))
                .orElseThrow(() -> XrayErrors.invalidRequestException("InsightId: '" + insight.id()
                        + "' (expected: an insight of a group that exists; '" + insight.groupName() + "' is deleted)"));
        var anomalous =
                insight.anomalies().stream().map(StoredInsight.Anomaly::node).collect(Collectors.toSet());
        var services = from == to
                ? List.<Service>of()
                : graphs.graph(call.scope(), new TimeRange(from, to), group, trace -> failedAt(trace, anomalous));
        int query = Objects.hash(call.scope(), insight.id(), range);
        int first = from(input.nextToken(), query, services.size());
        int last = Math.min(services.size(), first + NODES);
        return GetInsightImpactGraphResult.builder()
                .insightId(insight.id())
                .startTime(input.startTime())
                .endTime(input.endTime())
                .serviceGraphStartTime(Micros.instant(from))
                .serviceGraphEndTime(Micros.instant(to))
                .services(services.subList(first, last).stream()
                        .map(InsightOperations::bare)
                        .toList())
                .nextToken(next(query, last, services.size()))
                .build();
    }

    private static boolean failedAt(TraceDigest trace, Set<Node> anomalous) {
        return trace.visits().stream()
                .anyMatch(visit -> visit.status().fault()
                        && anomalous.contains(trace.nodes().get(visit.node())));
    }

    private static InsightImpactGraphService bare(Service service) {
        return InsightImpactGraphService.builder()
                .referenceId(service.referenceId())
                .type(service.type())
                .name(service.name())
                .names(service.names())
                .accountId(service.accountId())
                .edges(Objects.requireNonNull(service.edges()).stream()
                        .map(edge -> new InsightImpactGraphEdge(edge.referenceId()))
                        .toList())
                .build();
    }

    private static @Nullable String next(int query, int to, int size) {
        return to >= size
                ? null
                : new PageToken(
                                query,
                                ByteBuffer.allocate(Integer.BYTES).putInt(to).array())
                        .text();
    }

    private static int from(@Nullable String token, int query, int size) {
        if (token == null) {
            return 0;
        }
        var position = ByteBuffer.wrap(PageToken.parse(token, query).position());
        int from = position.remaining() == Integer.BYTES ? position.getInt() : -1;
        if (from < 0) {
            throw XrayErrors.invalidRequestException("NextToken: not a token of this query");
        }
        return Math.min(from, size);
    }
}
