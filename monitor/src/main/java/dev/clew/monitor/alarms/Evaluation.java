// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides the state of an alarm from the last intervals: {@code breaching} of {@code evaluated} must breach.
 *
 * <p>As many real points as are evaluated, from a range that is somewhat longer, decide alone. Fewer are filled up as the alarm says
 * missing data is to be treated, and as little as possible. Without a rule for missing data, breaching points alone raise an alarm only
 * once the oldest of them is so old that waiting for more makes no sense.
 */
final class Evaluation {
    /** How many intervals are looked at beyond those that are evaluated. */
    static final int EXTRA = 2;

    private final int evaluated;
    private final int needed;
    private final MissingData missing;

    Evaluation(int evaluated, int needed, MissingData missing) {
        this.evaluated = evaluated;
        this.needed = needed;
        this.missing = missing;
    }

    /**
     * The new state.
     *
     * @param range whether the points of the intervals breach, the oldest first; null where there is none
     * @return null if the alarm keeps its state
     */
    @Nullable
    AlarmState decide(List<@Nullable Boolean> range) {
        var real = new ArrayList<Boolean>();
        for (var point : range) {
            if (point != null) {
                real.add(point);
            }
        }
        if (real.size() >= evaluated) {
            return enough(breaching(real.subList(real.size() - evaluated, real.size())));
        }
        int breaching = breaching(real);
        int filled = evaluated - real.size();
        return switch (missing) {
            case BREACHING -> enough(breaching + filled);
            case NOT_BREACHING -> enough(breaching);
            case MISSING, IGNORE -> {
                if (breaching >= needed) {
                    yield AlarmState.ALARM;
                }
                if (breaching < real.size()) {
                    yield AlarmState.OK;
                }
                yield missing == MissingData.IGNORE ? null : undecided(range);
            }
        };
    }

    private static int breaching(List<Boolean> points) {
        return (int) points.stream().filter(breaches -> breaches).count();
    }

    private AlarmState enough(int breaching) {
        return breaching >= needed ? AlarmState.ALARM : AlarmState.OK;
    }

    /** Nothing but breaching points and gaps. */
    private AlarmState undecided(List<@Nullable Boolean> range) {
        int oldest = IntStream.range(0, range.size())
                .filter(i -> range.get(i) != null)
                .findFirst()
                .orElse(range.size());
        int age = range.size() - oldest;
        return age >= needed && age > 0 ? AlarmState.ALARM : AlarmState.INSUFFICIENT_DATA;
    }
}
