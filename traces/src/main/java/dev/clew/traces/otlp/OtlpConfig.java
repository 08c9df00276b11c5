// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import dev.clew.core.Check;
import java.time.Duration;
import java.util.Set;

/**
 * Limits and choices of OTLP ingest. A limit of 0 is none.
 *
 * @param maxRequestBytes most bytes of one request, uncompressed
 * @param maxSpans most spans of one request
 * @param maxSpanBytes most bytes of one span; a larger one is rejected, its neighbours are not
 * @param maxContextBytes most bytes of a resource with a scope; otherwise that scope's spans are rejected
 * @param maxAhead how far after now a span may begin; {@code ZERO} for no limit
 * @param maxAge how long before now a span may have begun; {@code ZERO} for no limit
 * @param maxSpread how far apart the spans of one request may begin; {@code ZERO} for no limit
 * @param consumerAsSegment whether a CONSUMER span whose parent ran elsewhere is the segment of a service
 * @param indexAllAttributes whether every scalar attribute becomes an annotation
 * @param indexedAttributes keys of the attributes that become annotations
 */
public record OtlpConfig(
        int maxRequestBytes,
        int maxSpans,
        int maxSpanBytes,
        int maxContextBytes,
        Duration maxAhead,
        Duration maxAge,
        Duration maxSpread,
        boolean consumerAsSegment,
        boolean indexAllAttributes,
        Set<String> indexedAttributes) {
    public static final OtlpConfig DEFAULTS = new OtlpConfig(
            5 << 20,
            10_000,
            200 << 10,
            16 << 10,
            Duration.ofHours(2),
            Duration.ofDays(14),
            Duration.ofHours(24),
            true,
            false,
            Set.of());

    public OtlpConfig {
        Check.inRange("otlp.max-request-bytes", maxRequestBytes, 1_024, 1 << 28);
        Check.inRange("otlp.max-spans", maxSpans, 0, 1_000_000);
        Check.inRange("otlp.max-span-bytes", maxSpanBytes, 0, 1 << 28);
        Check.inRange("otlp.max-context-bytes", maxContextBytes, 0, 1 << 28);
        Check.inRange("otlp.max-ahead", maxAhead, Duration.ZERO, Duration.ofDays(3_650));
        Check.inRange("otlp.max-age", maxAge, Duration.ZERO, Duration.ofDays(3_650));
        Check.inRange("otlp.max-spread", maxSpread, Duration.ZERO, Duration.ofDays(3_650));
        indexedAttributes = Set.copyOf(indexedAttributes);
    }

    /** The same with other attributes as annotations. */
    public OtlpConfig withIndexed(boolean all, Set<String> keys) {
        return new OtlpConfig(
                maxRequestBytes,
                maxSpans,
                maxSpanBytes,
                maxContextBytes,
                maxAhead,
                maxAge,
                maxSpread,
                consumerAsSegment,
                all,
                keys);
    }

    /** The same with another limit to the age of spans; {@code ZERO} for none. */
    public OtlpConfig withMaxAge(Duration age) {
        return new OtlpConfig(
                maxRequestBytes,
                maxSpans,
                maxSpanBytes,
                maxContextBytes,
                maxAhead,
                age,
                maxSpread,
                consumerAsSegment,
                indexAllAttributes,
                indexedAttributes);
    }
}
