// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import dev.clew.cli.server.Clients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.EdgeStatistics;
import software.amazon.awssdk.services.xray.model.ErrorStatistics;
import software.amazon.awssdk.services.xray.model.FaultStatistics;
import software.amazon.awssdk.services.xray.model.HistogramEntry;
import software.amazon.awssdk.services.xray.model.Service;
import software.amazon.awssdk.services.xray.model.ServiceStatistics;

/** Reads the service map through the X-Ray API. */
final class MapReader {
    private static final int MAX_PAGES = 100;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final XRayClient xray;

    MapReader(XRayClient xray) {
        this.xray = xray;
    }

    /** The map of the traces with these ids, at most a hundred. */
    ServiceMap read(List<String> traceIds, Instant from, Instant to) {
        var token = Clients.ask(() -> xray.startTraceRetrieval(
                        request -> request.traceIds(traceIds).startTime(from).endTime(to)))
                .retrievalToken();
        var nodes = new ArrayList<ServiceMap.Node>();
        String next = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var position = next;
            var answer = Clients.ask(() -> xray.getRetrievedTracesGraph(
                    request -> request.retrievalToken(token).nextToken(position)));
            answer.services().forEach(retrieved -> nodes.add(node(retrieved.service())));
            next = answer.nextToken();
            if (next == null || next.isEmpty()) {
                break;
            }
        }
        return new ServiceMap(nodes);
    }

    /** @param group whose traces count; null for all */
    ServiceMap read(Instant from, Instant to, @Nullable String group) {
        var nodes = new ArrayList<ServiceMap.Node>();
        String next = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var token = next;
            var answer = Clients.ask(() -> xray.getServiceGraph(request ->
                    request.startTime(from).endTime(to).groupName(group).nextToken(token)));
            answer.services().forEach(service -> nodes.add(node(service)));
            next = answer.nextToken();
            if (next == null || next.isEmpty()) {
                break;
            }
        }
        return new ServiceMap(nodes);
    }

    private static ServiceMap.Node node(Service service) {
        var edges = service.edges().stream()
                .map(edge -> new ServiceMap.Edge(
                        edge.referenceId(), counts(edge.summaryStatistics()), "link".equals(edge.edgeType())))
                .toList();
        return new ServiceMap.Node(
                service.referenceId(),
                service.name() == null ? "" : service.name(),
                service.type() == null ? "" : service.type(),
                Boolean.TRUE.equals(service.root()),
                counts(service.summaryStatistics()),
                median(service.responseTimeHistogram()),
                edges);
    }

    private static Counts counts(@Nullable ServiceStatistics statistics) {
        return statistics == null
                ? Counts.NONE
                : counts(
                        statistics.okCount(),
                        statistics.errorStatistics(),
                        statistics.faultStatistics(),
                        statistics.totalResponseTime());
    }

    private static Counts counts(@Nullable EdgeStatistics statistics) {
        return statistics == null
                ? Counts.NONE
                : counts(
                        statistics.okCount(),
                        statistics.errorStatistics(),
                        statistics.faultStatistics(),
                        statistics.totalResponseTime());
    }

    private static Counts counts(
            @Nullable Long ok,
            @Nullable ErrorStatistics errors,
            @Nullable FaultStatistics faults,
            @Nullable Double seconds) {
        return new Counts(
                number(ok),
                errors == null ? 0 : number(errors.otherCount()),
                errors == null ? 0 : number(errors.throttleCount()),
                faults == null ? 0 : number(faults.totalCount()),
                seconds == null ? 0 : Math.round(seconds * MICROS_PER_SECOND));
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static long median(List<HistogramEntry> histogram) {
        long total = histogram.stream().mapToLong(HistogramEntry::count).sum();
        long seen = 0;
        for (var entry : histogram.stream()
                .sorted(Comparator.comparingDouble(HistogramEntry::value))
                .toList()) {
            seen += entry.count();
            if (2 * seen >= total) {
                return Math.round(entry.value() * MICROS_PER_SECOND);
            }
        }
        return 0;
    }
}
