// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.input;

import java.time.Instant;

/**
 * What a target's input is made from.
 *
 * @param event the event's JSON text, valid and without insignificant space
 * @param accepted when the bus took the event
 */
public record Source(String event, String ruleArn, String ruleName, Instant accepted) {}
