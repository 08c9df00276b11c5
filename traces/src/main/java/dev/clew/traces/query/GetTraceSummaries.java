// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.TracesConfig;
import dev.clew.traces.api.GetTraceSummariesRequest;
import dev.clew.traces.api.GetTraceSummariesResult;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import dev.clew.traces.filter.Expression;
import dev.clew.traces.filter.Filter;
import dev.clew.traces.filter.Filters;
import dev.clew.traces.store.TraceStore;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Objects;

/** GetTraceSummaries: traces of a time range that a filter lets through, newest first, page by page. */
public final class GetTraceSummaries implements Operation<GetTraceSummariesRequest, GetTraceSummariesResult> {
    private static final Comparator<TraceDigest> NEWEST_FIRST = Comparator.comparingLong(TraceDigest::indexTime)
            .thenComparingLong(TraceDigest::start)
            .reversed()
            .thenComparing(TraceDigest::traceId);

    private static final int FILTERED_BATCH = 500;

    private final TraceStore traces;
    private final Filters filters;
    private final InstantSource time;
    private final TracesConfig config;

    public GetTraceSummaries(TraceStore traces, Filters filters, InstantSource time, TracesConfig config) {
        this.traces = traces;
        this.filters = filters;
        this.time = time;
        this.config = config;
    }

    @Override
    public GetTraceSummariesResult handle(GetTraceSummariesRequest input, Call call) {
        var filter = filters.compile(call.scope(), input.filterExpression());
        long now = Micros.of(time.instant());
        var requested = TimeRange.of(input.startTime(), input.endTime(), config.summaryWindow());
        var sample = TraceSample.of(input.sampling(), input.samplingStrategy());
        var range = sample.scanned(requested);
        var match = TimeMatch.of(input.timeRangeType());
        int query = Objects.hash(call.scope(), requested, match.name(), sample, filter);
        var position = input.nextToken() == null
                ? null
                : PageToken.parse(input.nextToken(), query).position();

        var wanted = match.candidates(range, Micros.duration(config.activityLookback()));
        var kept = sample.of(() -> traces.count(call.scope(), wanted, config.maxScan()));
        var found = new ArrayList<TraceDigest>();
        int scanned = 0;
        long oldest = requested.end();
        do {
            var page = traces.find(call.scope(), wanted, filter, position, batch(filter, found.size()));
            position = page.next();
            scanned += page.scanned();
            for (var digest : page.digests()) {
                oldest = Math.min(oldest, digest.indexTime());
                if (match.matches(digest, range) && kept.keeps(digest.traceId()) && filter.matches(digest, now)) {
                    found.add(digest);
                    if (found.size() == config.summaryPage()
                            && !digest.equals(page.digests().getLast())) {
                        position = TraceStore.position(call.scope(), digest);
                        break;
                    }
                }
            }
        } while (position != null && found.size() < config.summaryPage() && scanned < config.maxScan());

        found.sort(NEWEST_FIRST);
        return GetTraceSummariesResult.builder()
                .traceSummaries(found.stream()
                        .map(digest -> Summaries.summary(digest, match.matchedAt(digest, range)))
                        .toList())
                .approximateTime(Micros.instant(oldest == requested.end() ? requested.start() : oldest))
                .tracesProcessedCount((long) scanned)
                .nextToken(position == null ? null : new PageToken(query, position).text())
                .build();
    }

    /** How many digests to look at next: no more than fit, or, if few may match, many. */
    private int batch(Filter filter, int found) {
        return filter.expression().equals(Expression.EVERYTHING)
                ? config.summaryPage() - found
                : Math.max(config.summaryPage(), FILTERED_BATCH);
    }
}
