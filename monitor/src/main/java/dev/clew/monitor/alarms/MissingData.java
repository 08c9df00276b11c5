// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an alarm makes of intervals without data. */
enum MissingData {
    MISSING("missing"),
    IGNORE("ignore"),
    BREACHING("breaching"),
    NOT_BREACHING("notBreaching");

    private final String text;

    MissingData(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The one that {@code text} names; {@link #MISSING} for null. */
    static Optional<MissingData> parse(@Nullable String text) {
        return text == null
                ? Optional.of(MISSING)
                : Arrays.stream(values())
                        .filter(value -> value.text.equals(text))
                        .findFirst();
    }
}
