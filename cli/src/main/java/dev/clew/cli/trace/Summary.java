// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trace in a list.
 *
 * @param duration microseconds from its first start to its last end; null while nothing has ended
 * @param response microseconds that the root took; null while it runs
 * @param root what began it: a request line, or a service's name
 * @param annotations first value of each key
 */
public record Summary(
        String id,
        Instant start,
        @Nullable Long duration,
        @Nullable Long response,
        Outcome outcome,
        String root,
        Map<String, String> annotations) {}
