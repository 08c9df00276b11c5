// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;

/** A piece of work with a name of its own in the trace. */
final class Step {
    /** Work that may say more about itself in its subsegment. */
    @FunctionalInterface
    interface Work<R> {
        R in(Subsegment step);
    }

    private Step() {}

    /** Runs {@code work} in a subsegment called {@code name}, which tells of its failure too. */
    static <R> R of(String name, Work<R> work) {
        var step = AWSXRay.beginSubsegment(name);
        try {
            return work.in(step);
        } catch (RuntimeException e) {
            step.addException(e);
            throw e;
        } finally {
            AWSXRay.endSubsegment();
        }
    }
}
