// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.functions.api.FilterCriteria;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a mapping must satisfy beyond the service model. Each method throws {@link ServiceException} if not. */
final class MappingRules {
    private static final int MAX_BATCH = 10_000;
    private static final int MAX_BATCH_AT_ONCE = 10;
    private static final int MAX_WINDOW = 300;
    private static final int MAX_FILTERS = 10;
    private static final int MAX_PATTERN = 4_096;

    private final QueueSource queues;
    private final RecordFilters filters;

    MappingRules(QueueSource queues, RecordFilters filters) {
        this.queues = queues;
        this.filters = filters;
    }

    /** The queue that {@code arn} names, which must exist, in the caller's region. */
    Arn queue(@Nullable String arn, Scope caller) {
        var parsed = arn == null ? null : Arn.parse(arn).orElse(null);
        if (parsed == null || !parsed.service().equals("sqs")) {
            throw invalid(
                    "EventSourceArn: '" + arn + "' (expected: the ARN of an SQS queue, the only source served here)");
        }
        if (!parsed.region().equals(caller.region())) {
            throw invalid("EventSourceArn: '" + arn + "' (expected: a queue of region " + caller.region() + ")");
        }
        if (queues.visibility(parsed).isEmpty()) {
            throw invalid(
                    "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS"
                            + " Error Message: The specified queue does not exist.");
        }
        return parsed;
    }

    /** Size and window of a batch fit each other and the queue. */
    static void batch(Arn queue, int size, int window) {
        if (size < 1 || size > MAX_BATCH) {
            throw invalid("BatchSize: " + size + " (expected: 1 to " + MAX_BATCH + ")");
        }
        if (window < 0 || window > MAX_WINDOW) {
            throw invalid("MaximumBatchingWindowInSeconds: " + window + " (expected: 0 to " + MAX_WINDOW + ")");
        }
        var fifo = queue.resource().endsWith(".fifo");
        if (fifo && window > 0) {
            throw invalid("Batching window is not supported for FIFO queues");
        }
        if (fifo && size > MAX_BATCH_AT_ONCE) {
            throw invalid("BatchSize: " + size + " (expected: 1 to " + MAX_BATCH_AT_ONCE + " for a FIFO queue)");
        }
        if (size > MAX_BATCH_AT_ONCE && window < 1) {
            throw invalid(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than "
                            + MAX_BATCH_AT_ONCE);
        }
    }

    static @Nullable Integer concurrency(dev.clew.functions.api.@Nullable ScalingConfig scaling) {
        var wished = scaling == null ? null : scaling.maximumConcurrency();
        if (wished != null && (wished < 2 || wished > 1_000)) {
            throw invalid("ScalingConfig.MaximumConcurrency: " + wished + " (expected: 2 to 1000)");
        }
        return wished;
    }

    /** The patterns of {@code criteria}, each one valid. */
    List<String> patterns(@Nullable FilterCriteria criteria) {
        if (criteria == null || criteria.filters() == null) {
            return List.of();
        }
        var patterns = criteria.filters().stream()
                .map(filter -> filter.pattern())
                .filter(Objects::nonNull)
                .toList();
        if (patterns.size() > MAX_FILTERS) {
            throw invalid("FilterCriteria: " + patterns.size() + " filters (expected: at most " + MAX_FILTERS + ")");
        }
        for (var pattern : patterns) {
            if (pattern.length() > MAX_PATTERN) {
                throw invalid("FilterCriteria: a pattern of " + pattern.length() + " characters (expected: at most "
                        + MAX_PATTERN + ")");
            }
            try {
                filters.compile(List.of(pattern));
            } catch (IllegalArgumentException e) {
                throw invalid("Invalid filter pattern definition. " + e.getMessage());
            }
        }
        return patterns;
    }

    static boolean reportsFailures(@Nullable List<String> types) {
        return types != null && types.contains("ReportBatchItemFailures");
    }

    /** What queues have no use for is refused rather than forgotten. */
    static void onlyForStreams(String name, @Nullable Object value) {
        if (value != null) {
            throw invalid(name + " is not supported for SQS event source mappings");
        }
    }

    static ServiceException invalid(String message) {
        return LambdaErrors.invalidParameterValueException(message);
    }
}
