// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.events.bus.BusName;
import dev.clew.events.ledger.AcceptedEvent;

/** What one entry of a PutEvents call comes to. */
sealed interface Draft {
    /**
     * An event to be accepted.
     *
     * @param context how its trace goes on
     */
    record Valid(BusName bus, AcceptedEvent event, Contexts.Context context) implements Draft {}

    /** An event for a bus that does not exist: the caller gets an id, as from the original, and nothing else happens. */
    record Dropped(BusName bus, AcceptedEvent event) implements Draft {}

    /** An entry that is refused on its own, without harm to its neighbours. */
    record Invalid(String code, String message) implements Draft {}
}
