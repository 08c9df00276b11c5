// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.api.EventsErrors;
import dev.clew.wire.ServiceException;

/** The refusals that several operations share, in the service's words. */
public final class Invalid {
    private static final String TOO_MANY = "The requested resource exceeds the maximum number allowed.";

    private Invalid() {}

    public static ServiceException request(String message) {
        return ServiceException.client("ValidationException", 400, message);
    }

    public static ServiceException limit() {
        return EventsErrors.limitExceededException(TOO_MANY);
    }

    public static ServiceException noBus(BusName bus) {
        return EventsErrors.resourceNotFoundException("Event bus " + bus.name() + " does not exist.");
    }

    public static ServiceException noRule(String rule, BusName bus) {
        return EventsErrors.resourceNotFoundException(
                "Rule " + rule + " does not exist on EventBus " + bus.name() + ".");
    }
}
