// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.Scope;

/**
 * What a list shows of an arrival, and what it can be found by, without reading the event.
 *
 * @param bus name of the bus
 */
public record Heading(AcceptedEvent.Key key, Scope scope, String bus, String source, String detailType) {
    static Heading of(AcceptedEvent event) {
        return new Heading(event.key(), event.scope(), event.bus(), event.source(), event.detailType());
    }
}
