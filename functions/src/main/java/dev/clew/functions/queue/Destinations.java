// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.queue;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import org.jspecify.annotations.Nullable;

/** Where news of asynchronous invocations may go: queues, functions, event buses. Safe for use by many threads. */
public interface Destinations {
    /** Sends {@code letter}; durable when it returns that it did. The same letter may come again after a crash. */
    Outcome send(Letter letter);

    /**
     * What happened to an invocation, for somebody who asked to be told.
     *
     * @param scope of the function
     * @param requestId of the invocation
     * @param functionArn with qualifier
     * @param success whether the function did its work
     * @param deadLetter what a dead letter says beside its body; null if the letter is the record of an outcome
     * @param body the record, or the event itself if it is a dead letter
     * @param trace context that the letter carries; its parent is the invocation
     */
    record Letter(
            Scope scope,
            String requestId,
            String functionArn,
            Arn destination,
            boolean success,
            @Nullable DeadLetter deadLetter,
            String body,
            TraceHeader trace) {}

    /**
     * Why an event died.
     *
     * @param code as of HTTP
     */
    record DeadLetter(int code, String message) {}

    /** What became of a letter. */
    sealed interface Outcome {
        /** It is durable where it was to go. */
        record Sent() implements Outcome {}

        /** It cannot go there; {@code reason} is for people. */
        record Refused(String reason) implements Outcome {}

        /** It may go there later. */
        record Busy(String reason) implements Outcome {}
    }
}
