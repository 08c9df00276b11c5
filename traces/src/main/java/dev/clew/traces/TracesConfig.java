// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.Check;
import dev.clew.traces.otlp.OtlpConfig;
import java.time.Duration;

/**
 * Limits of the trace store.
 *
 * @param maxDocumentBytes most bytes of one segment document
 * @param maxDocuments most documents of one PutTraceSegments call
 * @param recentBytes bytes of documents kept in memory for recent traces
 * @param recentTraces number of traces kept in memory
 * @param slice how much time the documents of one table arrived in; a table is what retention drops
 * @param retention how long traces are kept
 * @param digestDelay longest time from a document's arrival until what is derived from it is durable
 * @param tracedGrace how long a call whose other side promised a segment waits for it before that side is inferred
 * @param summaryPage most summaries of one GetTraceSummaries answer
 * @param summaryWindow longest time range of GetTraceSummaries
 * @param graphWindow longest time range of GetServiceGraph and GetTimeSeriesServiceStatistics
 * @param activityLookback how long after its begin a trace is still found by the times of its later segments
 * @param maxScan most traces that one query looks at
 * @param daemonQueue most datagrams that wait to be committed; more are dropped and counted
 * @param customRules most sampling rules of one account and region, the Default not counted
 * @param limits what a trace may become
 * @param otlp limits and choices for spans
 * @param keep which traces are kept that no sampling rule would
 */
public record TracesConfig(
        int maxDocumentBytes,
        int maxDocuments,
        long recentBytes,
        int recentTraces,
        Duration slice,
        Duration retention,
        Duration digestDelay,
        Duration tracedGrace,
        int summaryPage,
        Duration summaryWindow,
        Duration graphWindow,
        Duration activityLookback,
        int maxScan,
        int daemonQueue,
        int customRules,
        TraceLimits limits,
        OtlpConfig otlp,
        KeepConfig keep) {
    public static final TracesConfig DEFAULTS = new TracesConfig(
            65_536,
            50,
            96L << 20,
            50_000,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            100,
            Duration.ofHours(24),
            Duration.ofHours(6),
            Duration.ofHours(24),
            200_000,
            16_384,
            25,
            TraceLimits.DEFAULTS,
            OtlpConfig.DEFAULTS,
            KeepConfig.NONE);

    public TracesConfig {
        Check.inRange("traces.max-document-bytes", maxDocumentBytes, 1_024, 1 << 20);
        Check.inRange("traces.max-documents", maxDocuments, 1, 10_000);
        Check.inRange("traces.recent-bytes", recentBytes, 1 << 16, 1L << 40);
        Check.inRange("traces.recent-traces", recentTraces, 1, 10_000_000);
        Check.inRange("traces.slice", slice, Duration.ofHours(1), Duration.ofDays(7));
        Check.inRange("traces.retention", retention, Duration.ofHours(1), Duration.ofDays(3_650));
        Check.inRange("traces.digest-delay", digestDelay, Duration.ofMillis(1), Duration.ofMillis(500));
        Check.inRange("traces.traced-grace", tracedGrace, Duration.ZERO, Duration.ofDays(1));
        Check.inRange("traces.summary-page", summaryPage, 1, 1_000);
        Check.inRange("traces.summary-window", summaryWindow, Duration.ofMinutes(1), Duration.ofDays(3_650));
        Check.inRange("traces.graph-window", graphWindow, Duration.ofMinutes(1), Duration.ofDays(3_650));
        Check.inRange("traces.activity-lookback", activityLookback, Duration.ofMinutes(1), Duration.ofDays(3_650));
        Check.inRange("traces.max-scan", maxScan, 1, 100_000_000);
        Check.inRange("traces.daemon-queue", daemonQueue, 1, 10_000_000);
        Check.inRange("traces.custom-rules", customRules, 1, 10_000);
    }

    /** The same with memory for less, or more. */
    public TracesConfig withRecent(long bytes, int traces) {
        return copy(bytes, traces, retention, summaryPage, limits, otlp, keep);
    }

    /** The same with traces kept for another time. */
    public TracesConfig withRetention(Duration time) {
        return copy(recentBytes, recentTraces, time, summaryPage, limits, otlp, keep);
    }

    /** The same with pages of another size. */
    public TracesConfig withSummaryPage(int size) {
        return copy(recentBytes, recentTraces, retention, size, limits, otlp, keep);
    }

    /** The same with spans taken in otherwise. */
    public TracesConfig withOtlp(OtlpConfig spans) {
        return copy(recentBytes, recentTraces, retention, summaryPage, limits, spans, keep);
    }

    /** The same with other limits to traces. */
    public TracesConfig withLimits(TraceLimits other) {
        return copy(recentBytes, recentTraces, retention, summaryPage, other, otlp, keep);
    }

    /** The same with other traces kept in the end. */
    public TracesConfig withKeep(KeepConfig rule) {
        return copy(recentBytes, recentTraces, retention, summaryPage, limits, otlp, rule);
    }

    /** What the methods above change; the rest stays. */
    private TracesConfig copy(
            long bytes,
            int traces,
            Duration kept,
            int page,
            TraceLimits limiting,
            OtlpConfig spans,
            KeepConfig keeping) {
        return new TracesConfig(
                maxDocumentBytes,
                maxDocuments,
                bytes,
                traces,
                slice,
                kept,
                digestDelay,
                tracedGrace,
                page,
                summaryWindow,
                graphWindow,
                activityLookback,
                maxScan,
                daemonQueue,
                customRules,
                limiting,
                spans,
                keeping);
    }
}
