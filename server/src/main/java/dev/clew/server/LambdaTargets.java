// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Arn;
import dev.clew.events.delivery.Targets;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.functions.Functions;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.invoke.EnqueueOutcome;
import dev.clew.functions.invoke.ServiceCaller;

/**
 * Delivers events to functions: each delivery becomes a durable asynchronous invocation with the delivery's id, so that a repeated
 * attempt is recognised.
 */
final class LambdaTargets implements Targets {
    private static final String PRINCIPAL = "events.amazonaws.com";

    private final Functions functions;

    LambdaTargets(Functions functions) {
        this.functions = functions;
    }

    @Override
    public boolean supports(Arn target) {
        return target.service().equals("lambda") && target.resource().startsWith("function:");
    }

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        var outcome = functions.enqueue(new AsyncInvocation(
                attempt.scope(),
                attempt.target(),
                attempt.deliveryId(),
                attempt.payload(),
                attempt.trace(),
                new ServiceCaller(PRINCIPAL, attempt.ruleArn(), attempt.scope().account())));
        return switch (outcome) {
            case EnqueueOutcome.Accepted() -> new AttemptOutcome.Delivered();
            case EnqueueOutcome.Refused(String reason) -> new AttemptOutcome.Refused(ErrorCode.NO_PERMISSIONS, reason);
            case EnqueueOutcome.NotFound(String message) -> new AttemptOutcome.Refused(ErrorCode.NO_RESOURCE, message);
            case EnqueueOutcome.TooLarge(String message) ->
                new AttemptOutcome.Refused(ErrorCode.INVALID_PARAMETER, message);
            case EnqueueOutcome.Throttled(String reason) ->
                new AttemptOutcome.Unavailable(ErrorCode.THROTTLING, reason);
        };
    }
}
