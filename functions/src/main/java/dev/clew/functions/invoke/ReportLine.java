// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The platform's summary of an invocation in the function's log.
 *
 * @param memorySize MB
 * @param peakMemory bytes, 0 if not known
 * @param init null unless the environment was started for it
 * @param fault null if the function answered
 * @param traceId null unless it was recorded
 */
record ReportLine(
        String requestId,
        Duration duration,
        int memorySize,
        long peakMemory,
        @Nullable Duration init,
        @Nullable FunctionFault fault,
        @Nullable String traceId,
        String segmentId) {
    private static final long MEGABYTE = 1 << 20;

    /** The line, or two for a traced invocation, tabs and line breaks included. */
    String text() {
        var text = new StringBuilder();
        text.append("REPORT RequestId: ").append(requestId);
        text.append("\tDuration: ").append(milliseconds(duration));
        text.append("\tBilled Duration: ").append(billed()).append(" ms");
        text.append("\tMemory Size: ").append(memorySize).append(" MB");
        text.append("\tMax Memory Used: ")
                .append((peakMemory + MEGABYTE - 1) / MEGABYTE)
                .append(" MB\t");
        if (init != null) {
            text.append("Init Duration: ").append(milliseconds(init)).append('\t');
        }
        if (fault != null && fault.status() != null) {
            text.append("Status: ").append(fault.status()).append('\t');
            if (!fault.status().equals("timeout")) {
                text.append("Error Type: ").append(fault.type()).append('\t');
            }
        }
        text.append('\n');
        if (traceId != null) {
            text.append("XRAY TraceId: ").append(traceId);
            text.append("\tSegmentId: ").append(segmentId);
            text.append("\tSampled: true\t\n");
        }
        return text.toString();
    }

    /** Whole milliseconds, init included. */
    private long billed() {
        var all = init == null ? duration : duration.plus(init);
        return Math.ceilDiv(all.toNanos(), 1_000_000);
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
    }
}
