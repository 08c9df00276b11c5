// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A task that moves messages out of a dead letter queue. Times are epoch milliseconds.
 *
 * @param source id of the queue that messages leave
 * @param destinationArn where to; null for each message's own source
 * @param perSecond greatest rate, or null
 * @param toMove messages that were there when it began
 * @param failure the API's word for why it failed, or null
 */
public record MoveTask(
        String id,
        long source,
        String sourceArn,
        @Nullable String destinationArn,
        @Nullable Integer perSecond,
        Status status,
        long toMove,
        long moved,
        @Nullable String failure,
        long startedAt) {
    /** The API's words. */
    public enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    /** The same, after {@code more} messages moved. */
    public MoveTask withMoved(long more) {
        return new MoveTask(
                id, source, sourceArn, destinationArn, perSecond, status, toMove, moved + more, failure, startedAt);
    }

    /** The same, ended. */
    public MoveTask ended(Status how, @Nullable String why) {
        return new MoveTask(id, source, sourceArn, destinationArn, perSecond, how, toMove, moved, why, startedAt);
    }
}
