// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented tables: 0 does not breach, X breaches, - is missing; the oldest first. */
final class EvaluationTest {
    @ParameterizedTest
    @CsvSource({
        "0 - X - X, OK, OK, OK, OK",
        "0 - - - -, OK, OK, OK, OK",
        "- - - - -, INSUFFICIENT_DATA, retain, ALARM, OK",
        "0 X X - X, ALARM, ALARM, ALARM, ALARM",
        "- - - - X, INSUFFICIENT_DATA, retain, ALARM, OK",
        "X - - - -, ALARM, retain, ALARM, OK",
    })
    void threeOutOfThree(String points, String missing, String ignore, String breaching, String notBreaching) {
        check(3, points, missing, ignore, breaching, notBreaching);
    }

    @ParameterizedTest
    @CsvSource({
        "0 - X - X, ALARM, ALARM, ALARM, ALARM",
        "0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
        "0 - X - -, OK, OK, ALARM, OK",
        "- - - - 0, OK, OK, ALARM, OK",
        "- - - - X, INSUFFICIENT_DATA, retain, ALARM, OK",
    })
    void twoOutOfThree(String points, String missing, String ignore, String breaching, String notBreaching) {
        check(2, points, missing, ignore, breaching, notBreaching);
    }

    private static void check(
            int needed, String points, String missing, String ignore, String breaching, String notBreaching) {
        assertThat(decide(needed, points, MissingData.MISSING)).as("missing").isEqualTo(missing);
        assertThat(decide(needed, points, MissingData.IGNORE)).as("ignore").isEqualTo(ignore);
        assertThat(decide(needed, points, MissingData.BREACHING))
                .as("breaching")
                .isEqualTo(breaching);
        assertThat(decide(needed, points, MissingData.NOT_BREACHING))
                .as("notBreaching")
                .isEqualTo(notBreaching);
    }

    private static String decide(int needed, String points, MissingData missing) {
        var range = new ArrayList<@Nullable Boolean>();
        for (var point : points.split(" ")) {
            range.add(point.equals("-") ? null : point.equals("X"));
        }
        var state = new Evaluation(3, needed, missing).decide(range);
        return state == null ? "retain" : state.name();
    }
}
