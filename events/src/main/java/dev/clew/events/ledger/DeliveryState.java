// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

/** Where a delivery stands. */
public enum DeliveryState {
    /** Owed, and not tried yet. */
    PENDING,
    /** Owed, and tried without success; or its dead letter is owed. */
    RETRYING,
    DELIVERED,
    /** Given up; the event is in the dead-letter queue. */
    DEAD_LETTERED,
    /** Given up; only the record is left. */
    FAILED
}
