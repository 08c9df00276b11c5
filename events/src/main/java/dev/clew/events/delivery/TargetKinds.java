// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Arn;
import dev.clew.events.ledger.ErrorCode;
import java.util.List;
import java.util.Optional;

/** Several kinds of targets as one. */
final class TargetKinds implements Targets {
    private final List<Targets> kinds;

    TargetKinds(List<Targets> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public boolean supports(Arn target) {
        return kindOf(target).isPresent();
    }

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        return Arn.parse(attempt.target())
                .flatMap(this::kindOf)
                .map(kind -> kind.attempt(attempt))
                .orElseGet(() -> new AttemptOutcome.Refused(
                        ErrorCode.INVALID_PARAMETER, "this server does not deliver to " + attempt.target()));
    }

    private Optional<Targets> kindOf(Arn target) {
        return kinds.stream().filter(kind -> kind.supports(target)).findFirst();
    }
}
