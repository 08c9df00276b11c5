// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import java.time.Instant;

/**
 * What a target's input is made from.
 *
 * @param event the event's JSON text, valid and without insignificant space
 * @param accepted when the bus took the event
 */
public record Source(String event, String ruleArn, String ruleName, Instant accepted) {
    /** The text in member {@code name} of {@code event}; "" if it has none. */
    public static String member(String event, String name) {
        var literal = JsonText.member(event, name);
        return literal == null || literal.charAt(0) != '"' ? "" : JsonText.string(literal);
    }
}
