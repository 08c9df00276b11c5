// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.query;

import static java.util.Objects.requireNonNullElse;

import dev.clew.monitor.api.cloudwatch.CloudwatchErrors;
import dev.clew.monitor.api.cloudwatch.GetMetricDataInput;
import dev.clew.monitor.api.cloudwatch.GetMetricDataOutput;
import dev.clew.monitor.api.cloudwatch.MessageData;
import dev.clew.monitor.api.cloudwatch.MetricDataResult;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * GetMetricData: many queries at once, newest points first unless asked otherwise. A page ends after so many points; the token says
 * how many came before.
 */
public final class GetMetricData implements Operation<GetMetricDataInput, GetMetricDataOutput> {
    private static final int MOST_QUERIES = 500;
    private static final int MOST_POINTS = 100_800;

    private final MetricQueries queries;

    public GetMetricData(MetricQueries queries) {
        this.queries = queries;
    }

    @Override
    public GetMetricDataOutput handle(GetMetricDataInput input, Call call) {
        var asked = input.metricDataQueries();
        if (asked.size() > MOST_QUERIES) {
            throw CloudwatchErrors.invalidParameterValueException(
                    "The collection MetricDataQueries must not have a size greater than " + MOST_QUERIES + ".");
        }
        long begin = input.startTime().getEpochSecond();
        long end = input.endTime().getEpochSecond();
        if (begin >= end) {
            throw CloudwatchErrors.invalidParameterValueException(
                    "The parameter StartTime must be less than the parameter EndTime.");
        }
        queries.check(asked, "MetricDataQueries");
        int most = requireNonNullElse(input.maxDatapoints(), MOST_POINTS);
        if (most < 1 || most > MOST_POINTS) {
            throw CloudwatchErrors.invalidParameterValueException(
                    "The parameter MaxDatapoints must be between 1 and " + MOST_POINTS + ".");
        }
        queries.refresh();
        var results = queries.evaluate(call.scope(), asked, new Window(begin, end, true));
        var page = new Page(offset(input.nextToken()), most, "TimestampAscending".equals(input.scanBy()));
        for (var result : results) {
            result.series().forEach(series -> page.add(result.query().id(), series));
        }
        return new GetMetricDataOutput(page.results, page.token(), List.of());
    }

    private static int offset(@Nullable String token) {
        if (token == null) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(token));
        } catch (NumberFormatException e) {
            throw CloudwatchErrors.invalidNextToken("The value for parameter NextToken is invalid.");
        }
    }

    /** Cuts what there is into pages. */
    private static final class Page {
        private final int offset;
        private final int most;
        private final boolean ascending;
        private final List<MetricDataResult> results = new ArrayList<>();
        private int passed;
        private int shown;
        private boolean cut;

        Page(int offset, int most, boolean ascending) {
            this.offset = offset;
            this.most = most;
            this.ascending = ascending;
        }

        void add(String id, TimeSeries series) {
            NavigableMap<Long, Double> points =
                    ascending ? series.points() : series.points().descendingMap();
            var times = new ArrayList<Instant>();
            var values = new ArrayList<Double>();
            boolean complete = true;
            for (var point : points.entrySet()) {
                if (passed++ < offset) {
                    continue;
                }
                if (shown == most) {
                    complete = false;
                    break;
                }
                times.add(Instant.ofEpochSecond(point.getKey()));
                values.add(point.getValue());
                shown++;
            }
            cut |= !complete;
            if (offset == 0 || !times.isEmpty()) {
                results.add(new MetricDataResult(
                        id, series.label(), times, values, complete ? "Complete" : "PartialData", messages(series)));
            }
        }

        @Nullable
        String token() {
            return cut ? String.valueOf(offset + shown) : null;
        }

        private static List<MessageData> messages(TimeSeries series) {
            return series.units().isEmpty()
                    ? List.of()
                    : List.of(new MessageData("MultipleUnits", "Multiple units returned: '" + series.units() + "'"));
        }
    }
}
