// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a delivery has come.
 *
 * @param steps entries that its history has
 * @param attempts made so far at the target
 * @param spared those of them that were made before it was redriven, which its limits no longer count
 * @param since from when its age counts: its acceptance, or when it was redriven
 * @param last end of the last attempt, or {@code since}: what the next one waited from
 * @param due when the next attempt may be made
 * @param code why the last attempt failed; null if there was none
 * @param reason the same for people
 * @param verdict why it will not be made: then what is owed is its dead letter; null while it is owed itself
 * @param letters attempts so far to send the dead letter
 */
public record Progress(
        int steps,
        int attempts,
        int spared,
        Instant since,
        Instant last,
        Instant due,
        @Nullable ErrorCode code,
        @Nullable String reason,
        @Nullable Verdict verdict,
        int letters) {
    /** Nothing has been tried yet. */
    public static Progress accepted(Instant now) {
        return new Progress(0, 0, 0, now, now, now, null, null, null, 0);
    }

    /** Attempts that the limits count. */
    public int counted() {
        return attempts - spared;
    }

    /** How long it waited for an attempt that began at {@code begin}. */
    public Duration waited(Instant begin) {
        var wait = Duration.between(last, begin);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    Progress retried(Instant end, Instant next, ErrorCode why, String words) {
        return new Progress(steps + 1, attempts + 1, spared, since, end, next, why, words, null, 0);
    }

    Progress condemned(Verdict why, boolean attempted, Instant now) {
        return new Progress(
                steps + 1, attempted ? attempts + 1 : attempts, spared, since, now, now, code, reason, why, 0);
    }

    Progress letterRetried(Instant end, Instant next) {
        return new Progress(steps + 1, attempts, spared, since, end, next, code, reason, verdict, letters + 1);
    }

    Progress redriven(Instant now) {
        return new Progress(steps + 1, attempts, attempts, now, now, now, null, null, null, 0);
    }

    Progress ended() {
        return new Progress(steps + 1, attempts, spared, since, last, due, code, reason, verdict, letters);
    }
}
