// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

/** The three flags of a segment; none set means ok. A 429 is an error and a throttle. */
public record Status(boolean error, boolean throttle, boolean fault) {
    public static final Status OK = new Status(false, false, false);

    /** The flags that a document sets, with those that {@code httpStatus} implies. A false flag cancels nothing. */
    public static Status of(boolean error, boolean throttle, boolean fault, int httpStatus) {
        boolean clientError = httpStatus >= 400 && httpStatus <= 499;
        boolean serverError = httpStatus >= 500 && httpStatus <= 599;
        if (!error && !throttle && !fault && !clientError && !serverError) {
            return OK;
        }
        return new Status(error || clientError, throttle || httpStatus == 429, fault || serverError);
    }

    public boolean ok() {
        return !error && !throttle && !fault;
    }
}
