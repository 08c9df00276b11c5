// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import dev.clew.cli.server.Clients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.AnnotationValue;
import software.amazon.awssdk.services.xray.model.GetTraceSummariesRequest;
import software.amazon.awssdk.services.xray.model.Segment;
import software.amazon.awssdk.services.xray.model.TimeRangeType;
import software.amazon.awssdk.services.xray.model.TraceSummary;

/** Reads traces through the X-Ray API. */
public final class TraceReader {
    /** The API's own limit for one range. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final int MAX_PAGES = 100;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final XRayClient xray;

    public TraceReader(XRayClient xray) {
        this.xray = xray;
    }

    /** Traces that started within a range, newest first. */
    public List<Summary> summaries(Instant from, Instant to, int enough) {
        return summaries(from, to, null, enough);
    }

    /**
     * Traces that started within a range and match a filter expression, newest first.
     *
     * @param filter null for all
     * @param enough how many to read at least, if there are as many; bounds the pages asked for
     */
    public List<Summary> summaries(Instant from, Instant to, @Nullable String filter, int enough) {
        var request = GetTraceSummariesRequest.builder()
                .timeRangeType(TimeRangeType.TRACE_ID)
                .startTime(from)
                .endTime(to)
                .filterExpression(filter);
        var found = new ArrayList<Summary>();
        String next = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var asked = request.nextToken(next).build();
            var answer = Clients.ask(() -> xray.getTraceSummaries(asked));
            answer.traceSummaries().forEach(summary -> found.add(summary(summary)));
            next = answer.nextToken();
            if (next == null || next.isEmpty() || found.size() >= enough) {
                break;
            }
        }
        found.sort(Comparator.comparing(Summary::start).reversed());
        return found;
    }

    /** The trace with this id; nothing if the server knows none. */
    public Optional<Trace> trace(String id) {
        var documents = new ArrayList<String>();
        String next = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var token = next;
            var answer = Clients.ask(
                    () -> xray.batchGetTraces(request -> request.traceIds(id).nextToken(token)));
            answer.traces().stream()
                    .flatMap(trace -> trace.segments().stream())
                    .map(Segment::document)
                    .forEach(documents::add);
            next = answer.nextToken();
            if (next == null || next.isEmpty()) {
                break;
            }
        }
        return documents.isEmpty() ? Optional.empty() : Optional.of(Trace.parse(id, documents));
    }

    private static Summary summary(TraceSummary summary) {
        var annotations = new LinkedHashMap<String, String>();
        summary.annotations()
                .forEach((key, values) -> values.stream()
                        .findFirst()
                        .ifPresent(value -> annotations.put(key, text(value.annotationValue()))));
        annotations.keySet().removeIf(key -> key.startsWith("aws:"));
        return new Summary(
                summary.id(),
                started(summary),
                micros(summary.duration()),
                micros(summary.responseTime()),
                outcome(summary),
                root(summary),
                annotations);
    }

    private static Instant started(TraceSummary summary) {
        var start = (@Nullable Instant) summary.startTime();
        return start != null ? start : Instant.ofEpochSecond(Long.parseLong(summary.id(), 2, 10, 16));
    }

    private static @Nullable Long micros(@Nullable Double seconds) {
        return seconds == null ? null : Long.valueOf(Math.round(seconds * MICROS_PER_SECOND));
    }

    private static Outcome outcome(TraceSummary summary) {
        if (Boolean.TRUE.equals(summary.hasFault())) {
            return Outcome.FAULT;
        }
        if (Boolean.TRUE.equals(summary.hasThrottle())) {
            return Outcome.THROTTLE;
        }
        if (Boolean.TRUE.equals(summary.hasError())) {
            return Outcome.ERROR;
        }
        return Boolean.TRUE.equals(summary.isPartial()) ? Outcome.IN_PROGRESS : Outcome.OK;
    }

    private static String root(TraceSummary summary) {
        if (summary.http() != null && summary.http().httpURL() != null) {
            var method =
                    summary.http().httpMethod() == null ? "" : summary.http().httpMethod() + ' ';
            return method + summary.http().httpURL();
        }
        return summary.entryPoint() == null || summary.entryPoint().name() == null
                ? "-"
                : summary.entryPoint().name();
    }

    private static String text(AnnotationValue value) {
        if (value.stringValue() != null) {
            return value.stringValue();
        }
        if (value.numberValue() != null) {
            double number = value.numberValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
        return String.valueOf(value.booleanValue());
    }

    /** For callers that only want annotations as text. */
    static String facts(Map<String, String> annotations) {
        return String.join(
                "  ",
                annotations.entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + entry.getValue())
                        .toList());
    }
}
