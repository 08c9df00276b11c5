// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

/** What one entry of a PutEvents call comes to. */
sealed interface Draft {
    /** An event to be accepted; also one for a bus that does not exist, for which the caller gets an id, as from the original. */
    record Valid(Arrival arrival) implements Draft {}

    /** An entry that is refused on its own, without harm to its neighbours. */
    record Invalid(String code, String message) implements Draft {}
}
