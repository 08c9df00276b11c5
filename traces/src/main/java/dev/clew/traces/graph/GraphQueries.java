// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.core.Scope;
import dev.clew.core.trace.TraceId;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.GetServiceGraphRequest;
import dev.clew.traces.api.GetServiceGraphResult;
import dev.clew.traces.api.GetTimeSeriesServiceStatisticsRequest;
import dev.clew.traces.api.GetTimeSeriesServiceStatisticsResult;
import dev.clew.traces.api.GetTraceGraphRequest;
import dev.clew.traces.api.GetTraceGraphResult;
import dev.clew.traces.api.Service;
import dev.clew.traces.api.XrayErrors;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import dev.clew.traces.filter.FilterLanguage;
import dev.clew.traces.group.GroupTraces;
import dev.clew.traces.group.Groups;
import dev.clew.traces.group.StoredGroup;
import dev.clew.traces.query.BatchGetTraces;
import dev.clew.traces.query.PageToken;
import dev.clew.traces.query.TimeRange;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.Call;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** GetServiceGraph, GetTraceGraph, GetTimeSeriesServiceStatistics. Safe for use by many threads. */
public final class GraphQueries {
    private static final int NODES_PER_PAGE = 100;
    private static final int SCAN_PAGE = 1_000;
    private static final TimeRange EVER = new TimeRange(0, Long.MAX_VALUE);

    private final TraceStore traces;
    private final Groups groups;
    private final FilterLanguage language;
    private final InstantSource time;
    private final TracesConfig config;
    private final Rollups rollups;

    public GraphQueries(
            TraceStore traces, Groups groups, FilterLanguage language, InstantSource time, TracesConfig config) {
        this.traces = traces;
        this.groups = groups;
        this.language = language;
        this.time = time;
        this.config = config;
        this.rollups = new Rollups(
                traces, () -> Micros.of(time.instant()), Micros.duration(config.retention()), config.maxScan());
        traces.watch(rollups);
    }

    /** Forgets what it remembers of traces. */
    public void reset() {
        rollups.clear();
    }

    /**
     * GetServiceGraph. The answer's StartTime is later than the one asked for if there were more traces than one query
     * looks at: then the newest made the graph.
     */
    public GetServiceGraphResult serviceGraph(GetServiceGraphRequest input, Call call) {
        var group = GroupTraces.of(groups, call.scope(), input.groupName(), input.groupARN());
        var range = TimeRange.of(input.startTime(), input.endTime(), config.graphWindow());
        var page = page(input.nextToken(), Objects.hash(call.scope(), range, group.id()));
        var graph = new ServiceGraph(range, Micros.of(time.instant()));
        long oldest = group.isEverything()
                ? rollups.addTo(graph, call.scope(), range, Micros.duration(config.activityLookback()))
                : forEach(call.scope(), range, group, graph::add);
        var services = graph.services();
        return GetServiceGraphResult.builder()
                .startTime(Micros.instant(Math.max(range.start(), oldest)))
                .endTime(input.endTime())
                .services(page.of(services))
                .containsOldGroupVersions(group.containsOldVersions())
                .nextToken(page.next(services))
                .build();
    }

    /** GetTraceGraph: the graph of up to five traces, whenever they happened. */
    public GetTraceGraphResult traceGraph(GetTraceGraphRequest input, Call call) {
        var ids = BatchGetTraces.ids(input.traceIds());
        var page = page(input.nextToken(), Objects.hash(call.scope(), ids));
        var services = graph(call.scope(), ids);
        return GetTraceGraphResult.builder()
                .services(page.of(services))
                .nextToken(page.next(services))
                .build();
    }

    /** The whole graph of some traces, whenever they happened. */
    public List<Service> graph(Scope scope, Collection<TraceId> ids) {
        var graph = new ServiceGraph(EVER, Micros.of(time.instant()));
        ids.forEach(id -> traces.digest(scope, id).ifPresent(graph::add));
        return graph.services();
    }

    /** The graph of those traces of {@code group} that {@code wanted} lets through, as far as they lie in {@code range}. */
    public List<Service> graph(Scope scope, TimeRange range, StoredGroup group, Predicate<TraceDigest> wanted) {
        var graph = new ServiceGraph(range, Micros.of(time.instant()));
        forEach(scope, range, GroupTraces.of(group), trace -> {
            if (wanted.test(trace)) {
                graph.add(trace);
            }
        });
        return graph.services();
    }

    /** GetTimeSeriesServiceStatistics: the requests of clients, or those that a selector names, period by period. */
    public GetTimeSeriesServiceStatisticsResult timeSeries(GetTimeSeriesServiceStatisticsRequest input, Call call) {
        var group = GroupTraces.of(groups, call.scope(), input.groupName(), input.groupARN());
        var selector = input.entitySelectorExpression() == null
                ? null
                : language.parseSelector(input.entitySelectorExpression());
        boolean forecast = Boolean.TRUE.equals(input.forecastStatistics());
        if (forecast && (selector == null || !selector.byId())) {
            throw XrayErrors.invalidRequestException(
                    "ForecastStatistics: true (expected: only with an EntitySelectorExpression that uses id())");
        }
        var range = TimeRange.of(input.startTime(), input.endTime(), config.graphWindow());
        var counted = new SelectedRequests(selector, Micros.of(time.instant()), language.rules());
        var series = new TimeSeries(range, input.period(), counted, forecast ? new Forecast() : null);
        var seen = forecast ? new TimeRange(range.start() - Forecast.PAST, range.end()) : range;
        forEach(call.scope(), seen, group, series::add);
        return GetTimeSeriesServiceStatisticsResult.builder()
                .timeSeriesServiceStatistics(series.statistics())
                .containsOldGroupVersions(group.containsOldVersions())
                .build();
    }

    /** Visits the traces of {@code group} active in {@code range}; returns the index time before which none was looked at. */
    private long forEach(Scope scope, TimeRange range, GroupTraces group, Consumer<TraceDigest> visitor) {
        var active = TraceStore.Range.active(range.start(), range.end(), Micros.duration(config.activityLookback()));
        byte[] position = null;
        long oldest = Long.MAX_VALUE;
        for (int scanned = 0; scanned < config.maxScan(); ) {
            var page = traces.scan(scope, active, position, SCAN_PAGE);
            for (var digest : page.digests()) {
                if (group.contains(digest)) {
                    visitor.accept(digest);
                }
                oldest = digest.indexTime();
            }
            position = page.next();
            scanned += page.scanned();
            if (position == null) {
                return 0;
            }
        }
        return oldest == Long.MAX_VALUE ? 0 : oldest;
    }

    /** One page of the services: graphs are small, so each page is cut from a new one. */
    private record Page(int query, int from) {
        List<Service> of(List<Service> services) {
            return services.subList(Math.min(from, services.size()), to(services));
        }

        private int to(List<Service> services) {
            return Math.min(services.size(), from + NODES_PER_PAGE);
        }

        @Nullable
        String next(List<Service> services) {
            int to = to(services);
            return to == services.size()
                    ? null
                    : new PageToken(
                                    query,
                                    ByteBuffer.allocate(Integer.BYTES)
                                            .putInt(to)
                                            .array())
                            .text();
        }
    }

    private static Page page(@Nullable String token, int query) {
        if (token == null) {
            return new Page(query, 0);
        }
        var position = ByteBuffer.wrap(PageToken.parse(token, query).position());
        int from = position.remaining() == Integer.BYTES ? position.getInt() : -1;
        if (from < 0) {
            throw XrayErrors.invalidRequestException("NextToken: not a token of this query");
        }
        return new Page(query, from);
    }
}
