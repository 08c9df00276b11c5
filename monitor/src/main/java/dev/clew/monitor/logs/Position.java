// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import dev.clew.monitor.api.logs.LogsErrors;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A place between the events of a group: before the event of that time and number. Spelt in 56 digits, as event ids and
 * tokens are.
 *
 * @param time epoch milliseconds, 0 to {@link #MAX_TIME}
 * @param number of the event, in order of arrival; 0 comes before every event of that millisecond
 */
record Position(long time, long number) implements Comparable<Position> {
    /** The year 2286: the last millisecond of 13 digits. */
    static final long MAX_TIME = 9_999_999_999_999L;

    private static final int KEY_BYTES = 3 * Long.BYTES;
    private static final Pattern TEXT = Pattern.compile("(\\d{13})0{24}(\\d{19})");

    static Position startOf(long time) {
        return new Position(Math.clamp(time, 0, MAX_TIME), 0);
    }

    static Position ofKey(byte[] key) {
        var fields = ByteBuffer.wrap(key);
        fields.getLong();
        return new Position(fields.getLong(), fields.getLong());
    }

    /** The key in the table of events. */
    byte[] key(long groupId) {
        return ByteBuffer.allocate(KEY_BYTES)
                .putLong(groupId)
                .putLong(time)
                .putLong(number)
                .array();
    }

    /** The place right behind the event of this position. */
    Position next() {
        return new Position(time, number + 1);
    }

    static Position parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw invalidToken();
        }
        try {
            return new Position(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
        } catch (NumberFormatException e) {
            throw invalidToken();
        }
    }

    static RuntimeException invalidToken() {
        return LogsErrors.invalidParameterException("The specified nextToken is invalid.");
    }

    @Override
    public int compareTo(Position other) {
        return time == other.time ? Long.compare(number, other.number) : Long.compare(time, other.time);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%013d%043d", time, number);
    }
}
