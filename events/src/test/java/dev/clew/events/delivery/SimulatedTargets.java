// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Arn;
import dev.clew.events.ledger.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Targets that work, fail, refuse, break their promise, or see the process die; they remember what reached them. */
final class SimulatedTargets implements Targets {
    /** One attempt that reached a target. */
    record Seen(Attempt attempt, Instant at) {}

    final List<Seen> seen = new ArrayList<>();
    /** Deliveries that a target took, by id. */
    final Set<String> taken = new HashSet<>();
    /** Dead letters that a queue took, by id of the delivery. */
    final Map<String, Attempt> letters = new HashMap<>();

    private final InstantSource time;
    private final RandomGenerator random;
    private boolean healthy;

    SimulatedTargets(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** From now on everything works. */
    void heal() {
        healthy = true;
    }

    @Override
    public boolean supports(Arn target) {
        return target.service().equals("lambda") || target.service().equals("sqs");
    }

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        seen.add(new Seen(attempt, time.instant()));
        int chance = healthy ? 0 : random.nextInt(100);
        if (chance < 45) {
            take(attempt);
            if (chance > 40) {
                throw new CrashingStore.Crash(); // the target has it, and nobody wrote that down
            }
            return new AttemptOutcome.Delivered();
        }
        if (chance < 85) {
            var code = ErrorCode.values()[random.nextInt(ErrorCode.values().length)];
            var wait = random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextInt(200)) : null;
            return new AttemptOutcome.Unavailable(code, "busy " + random.nextInt(100), wait);
        }
        if (chance < 90) {
            throw new IllegalStateException("a bug in the target's class");
        }
        if (chance < 97) {
            return new AttemptOutcome.Refused(ErrorCode.NO_PERMISSIONS, "no statement allows it");
        }
        throw new CrashingStore.Crash();
    }

    private void take(Attempt attempt) {
        if (attempt.attributes().isEmpty()) {
            taken.add(attempt.deliveryId());
        } else {
            letters.put(attempt.deliveryId(), attempt);
        }
    }
}
