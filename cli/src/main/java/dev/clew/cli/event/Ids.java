// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.event;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.util.Locale;
import java.util.regex.Pattern;

/** Event ids as people type them, and names as people read them. */
final class Ids {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Ids() {}

    /** @throws Problem if {@code text} is not an event's id */
    static String event(String text) {
        var id = text.strip().toLowerCase(Locale.ROOT);
        if (!UUID.matcher(id).matches()) {
            throw new Problem(
                    "'" + text + "' is not the id of an event.",
                    "It looks like 7bf73129-1428-4cd3-a780-95db273d1602; find it with `clew events`.",
                    ExitCodes.USAGE);
        }
        return id;
    }

    /** The last part of an ARN; {@code text} itself if it is none. */
    static String shortName(String text) {
        var tail = text.startsWith("arn:") ? text.substring(text.lastIndexOf(':') + 1) : text;
        return tail.substring(tail.lastIndexOf('/') + 1);
    }
}
