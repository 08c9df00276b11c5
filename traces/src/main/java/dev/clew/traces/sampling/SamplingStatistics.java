// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import dev.clew.core.Scope;
import dev.clew.traces.api.SamplingStatisticSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who uses which rule, and how much: kept in memory for some minutes. Safe for use by many threads.
 *
 * <p>A report's figures are kept as sent; senders disagree whether borrowed requests are among the sampled ones.
 */
final class SamplingStatistics {
    /** How often clients report. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration ACTIVE = INTERVAL.multipliedBy(3);
    private static final Duration KEPT = Duration.ofMinutes(20);
    private static final int MAX_CLIENTS = 10_000;

    private record Key(Scope scope, String rule) {}

    private record Client(Instant reported, double demand) {}

    private record Counts(long requests, long sampled, long borrowed) {
        Counts plus(Counts other) {
            return new Counts(requests + other.requests, sampled + other.sampled, borrowed + other.borrowed);
        }
    }

    private static final class Usage {
        final Map<String, Client> clients = new HashMap<>();
        final TreeMap<Long, Counts> windows = new TreeMap<>();
    }

    private final Map<Key, Usage> usages = new HashMap<>();

    /** Counts of one client since its last report. */
    record Report(String client, Instant at, long requests, long sampled, long borrowed) {}

    /** Takes a report in; returns the client's share of {@code reservoir}, in requests per second. */
    synchronized int report(Scope scope, String rule, Report report, int reservoir, Instant now) {
        var usage = usages.computeIfAbsent(new Key(scope, rule), added -> new Usage());
        usage.clients.values().removeIf(client -> client.reported.plus(ACTIVE).isBefore(now));
        var last = usage.clients.get(report.client);
        double elapsed = last == null ? INTERVAL.toSeconds() : seconds(Duration.between(last.reported, now));
        if (last != null || usage.clients.size() < MAX_CLIENTS) {
            usage.clients.put(report.client, new Client(now, report.requests / elapsed));
        }
        long window = Math.floorDiv(report.at.getEpochSecond(), INTERVAL.toSeconds()) * INTERVAL.toSeconds();
        usage.windows.merge(window, new Counts(report.requests, report.sampled, report.borrowed), Counts::plus);
        usage.windows.headMap(now.minus(KEPT).getEpochSecond()).clear();

        var demands = new HashMap<String, Double>();
        usage.clients.forEach((id, client) -> demands.put(id, client.demand));
        return Quotas.divide(reservoir, demands).getOrDefault(report.client, 0);
    }

    private static double seconds(Duration elapsed) {
        return Math.max(1, elapsed.toMillis() / 1_000.0);
    }

    /** Figures of the last minutes, one element per rule and window. */
    synchronized List<SamplingStatisticSummary> summaries(Scope scope, Instant now) {
        var summaries = new ArrayList<SamplingStatisticSummary>();
        usages.forEach((key, usage) -> {
            if (key.scope.equals(scope)) {
                usage.windows
                        .tailMap(now.minus(KEPT).getEpochSecond())
                        .forEach((window, counts) -> summaries.add(summary(key.rule, window, counts)));
            }
        });
        return summaries;
    }

    private static SamplingStatisticSummary summary(String rule, long window, Counts counts) {
        return SamplingStatisticSummary.builder()
                .ruleName(rule)
                .timestamp(Instant.ofEpochSecond(window))
                .requestCount((int) Math.min(Integer.MAX_VALUE, counts.requests))
                .borrowCount((int) Math.min(Integer.MAX_VALUE, counts.borrowed))
                .sampledCount((int) Math.min(Integer.MAX_VALUE, counts.sampled))
                .build();
    }

    /** Forgets what belongs to a rule that is no more. */
    synchronized void forget(Scope scope, String rule) {
        usages.remove(new Key(scope, rule));
    }

    synchronized void reset() {
        usages.clear();
    }
}
