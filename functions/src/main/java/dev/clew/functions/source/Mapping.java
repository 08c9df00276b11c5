// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.functions.catalog.FunctionReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping: which function gets the messages of which queue, and how.
 *
 * @param queue ARN
 * @param qualifier of the function; null for {@code $LATEST}
 * @param windowSeconds how long a batch is gathered
 * @param filters patterns; a message that matches none of them is deleted. Empty: the function gets all
 * @param reportsFailures whether the function's answer names the messages that failed
 * @param concurrency batches at once at most; null for the default
 */
record Mapping(
        String uuid,
        Scope scope,
        String queue,
        String function,
        @Nullable String qualifier,
        int batchSize,
        int windowSeconds,
        boolean enabled,
        List<String> filters,
        boolean reportsFailures,
        @Nullable Integer concurrency,
        Map<String, String> tags,
        Instant lastModified) {
    Mapping {
        filters = filters == null ? List.of() : List.copyOf(filters);
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    Arn queueArn() {
        return Arn.parse(queue).orElseThrow();
    }

    FunctionReference reference() {
        return new FunctionReference(scope, function, qualifier);
    }

    String arn() {
        return arn(scope, uuid);
    }

    static String arn(Scope scope, String uuid) {
        return "arn:aws:lambda:" + scope.region() + ':' + scope.account() + ":event-source-mapping:" + uuid;
    }

    /** Key of its record. */
    String key() {
        return key(scope, uuid);
    }

    static String key(Scope scope, String uuid) {
        return scope.key() + '/' + uuid;
    }

    Mapping withTags(Map<String, String> newTags) {
        return new Mapping(
                uuid,
                scope,
                queue,
                function,
                qualifier,
                batchSize,
                windowSeconds,
                enabled,
                filters,
                reportsFailures,
                concurrency,
                newTags,
                lastModified);
    }
}
