// SPDX-License-Identifier: Apache-2.0
package dev.clew.events;

import dev.clew.core.Check;
import dev.clew.events.archive.ArchiveConfig;
import dev.clew.events.bus.Quotas;
import dev.clew.events.capture.PayloadCapture;
import dev.clew.events.delivery.RetrySchedule;
import dev.clew.events.destination.DestinationsConfig;
import dev.clew.events.pattern.PatternLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the bus.
 *
 * @param startTraces whether PutEvents without a trace context starts a trace
 * @param traceDeliveries whether each delivery leaves a subsegment in its event's trace
 * @param maxRequestBytes of all entries of a PutEvents call, counted as the service counts them
 * @param maxOwed deliveries owed at once before PutEvents is throttled
 * @param window deliveries held in memory for each target
 * @param concurrencyPerTarget attempts at once at one target
 * @param maxHops how often an event may go on from bus to bus
 * @param retention how long events and the history of their deliveries are kept
 * @param capture of payloads in that history; null for none
 */
public record EventsConfig(
        boolean startTraces,
        boolean traceDeliveries,
        int maxRequestBytes,
        int maxOwed,
        int window,
        int concurrencyPerTarget,
        int maxHops,
        Duration retention,
        RetrySchedule retries,
        Quotas quotas,
        PatternLimits patterns,
        DestinationsConfig destinations,
        ArchiveConfig archives,
        @Nullable PayloadCapture capture) {
    public static final EventsConfig DEFAULTS = new EventsConfig(
            true,
            true,
            1_048_576,
            1_000_000,
            256,
            32,
            1,
            Duration.ofDays(2),
            RetrySchedule.DEFAULTS,
            Quotas.DEFAULTS,
            PatternLimits.DEFAULTS,
            DestinationsConfig.DEFAULTS,
            ArchiveConfig.DEFAULTS,
            null);

    public EventsConfig {
        Check.inRange("events.max-request-bytes", maxRequestBytes, 1_024, 16 << 20);
        Check.inRange("events.max-owed", maxOwed, 1, 100_000_000);
        Check.inRange("events.window", window, 2, 1_000_000);
        Check.inRange("events.concurrency-per-target", concurrencyPerTarget, 1, 1_000);
        Check.inRange("events.max-hops", maxHops, 0, 10);
        Check.inRange("events.retention", retention, Duration.ofHours(25), Duration.ofDays(365));
    }

    /** The same with other tracing. */
    public EventsConfig withTracing(boolean start, boolean deliveries) {
        return with(start, deliveries, maxHops, retention, retries, destinations, archives, capture);
    }

    /** The same with other bounds of an event's life. */
    public EventsConfig withLife(int hops, Duration kept) {
        return with(startTraces, traceDeliveries, hops, kept, retries, destinations, archives, capture);
    }

    /** The same with other waits between attempts. */
    public EventsConfig withRetries(RetrySchedule schedule) {
        return with(startTraces, traceDeliveries, maxHops, retention, schedule, destinations, archives, capture);
    }

    /** The same with other destinations and archives. */
    public EventsConfig with(DestinationsConfig otherDestinations, ArchiveConfig otherArchives) {
        return with(
                startTraces, traceDeliveries, maxHops, retention, retries, otherDestinations, otherArchives, capture);
    }

    /** The same with payloads in the history of deliveries. */
    public EventsConfig withCapture(@Nullable PayloadCapture how) {
        return with(startTraces, traceDeliveries, maxHops, retention, retries, destinations, archives, how);
    }

    private EventsConfig with(
            boolean start,
            boolean deliveries,
            int hops,
            Duration kept,
            RetrySchedule schedule,
            DestinationsConfig endpoints,
            ArchiveConfig archiving,
            @Nullable PayloadCapture capturing) {
        return new EventsConfig(
                start,
                deliveries,
                maxRequestBytes,
                maxOwed,
                window,
                concurrencyPerTarget,
                hops,
                kept,
                schedule,
                quotas,
                patterns,
                endpoints,
                archiving,
                capturing);
    }
}
