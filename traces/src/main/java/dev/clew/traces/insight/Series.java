// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.insight;

import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.forecast.Baseline;

/**
 * What is remembered of one service, minute by minute.
 *
 * @param above minutes in a row with more faults than expected
 * @param inside minutes in a row with as many as expected
 * @param silent minutes in a row without requests
 * @param anomalous whether it is an anomaly now
 * @param recent requests of the minutes in {@code above}
 * @param excess faults beyond the expected ones in them
 */
record Series(
        Node node,
        Baseline baseline,
        int above,
        int inside,
        int silent,
        boolean anomalous,
        Impact recent,
        double excess) {
    /** So many remarkable minutes in a row make an anomaly. */
    static final int OPENING = 3;

    private static final int CLOSING = 10;
    private static final int SILENCE = 30;

    static Series of(Node node) {
        return new Series(node, Baseline.EMPTY, 0, 0, 0, false, Impact.NONE, 0);
    }

    /** The same after a minute with these requests. */
    Series after(Impact seen) {
        if (seen.total() == 0) {
            boolean gone = silent + 1 >= SILENCE;
            return new Series(node, baseline, 0, inside, silent + 1, anomalous && !gone, Impact.NONE, 0);
        }
        var expected = baseline.expected(seen.total());
        if (baseline.isRemarkable(seen.total(), seen.faults())) {
            return new Series(
                    node,
                    baseline.after(seen.total(), seen.faults()),
                    above + 1,
                    0,
                    0,
                    anomalous || above + 1 >= OPENING,
                    recent.plus(seen),
                    excess + seen.faults() - expected.mean());
        }
        int calm = seen.faults() > expected.high() ? 0 : inside + 1; // too few to alarm may be too many to calm
        return new Series(
                node,
                baseline.after(seen.total(), seen.faults()),
                0,
                calm,
                0,
                anomalous && calm < CLOSING,
                Impact.NONE,
                0);
    }

    /** The same after a time of which nothing is known. */
    Series interrupted() {
        return new Series(node, baseline, 0, 0, 0, false, Impact.NONE, 0);
    }
}
