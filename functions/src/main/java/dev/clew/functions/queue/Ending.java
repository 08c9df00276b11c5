// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an asynchronous invocation ended, while somebody is still to be told.
 *
 * @param condition as records name it, {@code Success} if the function did its work
 * @param tries how often it ran
 * @param executedVersion null if it never ran
 * @param code of a dead letter
 * @param message of a dead letter
 * @param posts ARNs that are still to be told
 */
record Ending(
        String condition,
        int tries,
        @Nullable String executedVersion,
        int code,
        String message,
        Instant at,
        List<Post> posts) {
    static final String SUCCESS = "Success";
    static final String RETRIES = "RetriesExhausted";
    static final String AGE = "EventAgeExceeded";
    static final String NO_CONCURRENCY = "ZeroReservedConcurrency";

    /**
     * Somebody to be told.
     *
     * @param dead whether it gets the event itself
     */
    record Post(String arn, boolean dead) {}

    Ending {
        posts = List.copyOf(posts);
    }

    boolean success() {
        return condition.equals(SUCCESS);
    }

    /** The same without the first of {@code posts}. */
    Ending afterFirst() {
        return new Ending(
                condition, tries, executedVersion, code, message, at, new ArrayList<>(posts).subList(1, posts.size()));
    }
}
