// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Arn;
import dev.clew.events.delivery.Targets;

/** API destinations as targets of rules. */
final class EndpointTargets implements Targets {
    private final ApiDestinationTarget target;

    EndpointTargets(ApiDestinationTarget target) {
        this.target = target;
    }

    @Override
    public boolean supports(Arn arn) {
        return arn.service().equals("events") && arn.resource().startsWith(Destination.RESOURCE);
    }

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        var options = attempt.options();
        var parameters = new HttpParameters(
                options.pathParameterValues(), options.headerParameters(), options.queryStringParameters());
        var outcome = target.deliver(
                new ApiDestinationTarget.Request(attempt.target(), attempt.payload(), attempt.trace(), parameters));
        return switch (outcome) {
            case ApiDestinationTarget.Outcome.Delivered _ -> new AttemptOutcome.Delivered();
            case ApiDestinationTarget.Outcome.Retryable again ->
                new AttemptOutcome.Unavailable(again.code(), again.reason(), again.retryAfter());
            case ApiDestinationTarget.Outcome.Final end -> new AttemptOutcome.Refused(end.code(), end.reason());
        };
    }
}
