// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.Scope;
import dev.clew.functions.catalog.FunctionReference;
import dev.clew.functions.invoke.LambdaSegments.Part;
import dev.clew.functions.invoke.TraceContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger entry of an asynchronous invocation, stored as JSON. Its segment's id and start are in it, so that a try
 * after a crash finds its place in the trace.
 *
 * @param qualifier as it was invoked, or null
 * @param accepted when the caller was told yes
 * @param due when it is to be tried next
 * @param tries that ended with a function error
 * @param throttles in a row
 * @param parts what its segment tells so far: the wait before the first try, then tries
 * @param ending how it ended, while somebody is still to be told; null before
 */
record QueuedEvent(
        String requestId,
        Scope scope,
        String function,
        @Nullable String qualifier,
        TraceContext traced,
        Instant accepted,
        Instant due,
        int tries,
        int throttles,
        List<Part> parts,
        @Nullable Ending ending) {
    QueuedEvent {
        parts = List.copyOf(parts);
    }

    /** One that was just accepted. */
    static QueuedEvent fresh(
            String requestId,
            Scope scope,
            String function,
            @Nullable String qualifier,
            TraceContext traced,
            Instant now) {
        return new QueuedEvent(requestId, scope, function, qualifier, traced, now, now, 0, 0, List.of(), null);
    }

    FunctionReference reference() {
        return new FunctionReference(scope, function, qualifier);
    }

    /** The same after a try that the function failed. */
    QueuedEvent failed(List<Part> newParts, Instant next) {
        return new QueuedEvent(
                requestId, scope, function, qualifier, traced, accepted, next, tries + 1, 0, newParts, ending);
    }

    /** The same after there was no room to try. */
    QueuedEvent throttled(Instant next) {
        return new QueuedEvent(
                requestId, scope, function, qualifier, traced, accepted, next, tries, throttles + 1, parts, ending);
    }

    /** The same, to be tried at another time. */
    QueuedEvent at(Instant next) {
        return new QueuedEvent(
                requestId, scope, function, qualifier, traced, accepted, next, tries, throttles, parts, ending);
    }

    /** The same once it ended, when those who asked are to be told. */
    QueuedEvent ended(Ending how, Instant next) {
        return new QueuedEvent(requestId, scope, function, qualifier, traced, accepted, next, tries, 0, List.of(), how);
    }
}
