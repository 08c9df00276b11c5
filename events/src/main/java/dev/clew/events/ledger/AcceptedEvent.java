// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.Scope;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that the bus took.
 *
 * @param bus name of the bus
 * @param json the envelope as targets get it: compact, number literals as the producer wrote them
 */
public record AcceptedEvent(UUID id, Scope scope, String bus, Instant accepted, String json) {}
