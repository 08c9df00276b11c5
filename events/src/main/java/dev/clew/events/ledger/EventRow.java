// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import dev.clew.core.Scope;
import dev.clew.core.store.StoreException;

/**
 * Accepted events and their headings as stored. In a form of their own: as JSON, with the event's JSON escaped as a member, they cost more
 * than matching the event with a hundred rules.
 */
final class EventRow {
    private static final int FORM = 1;

    private EventRow() {}

    static byte[] of(AcceptedEvent event) {
        return begun(event.key(), event.scope(), event.bus(), event.source(), event.detailType())
                .flag(event.dropped())
                .text(event.json())
                .text(event.trace())
                .number(event.hops())
                .text(event.via())
                .list(event.owes(), EventRow::write)
                .list(event.rules(), RowWriter::text)
                .bytes();
    }

    static byte[] of(Heading heading) {
        return begun(heading.key(), heading.scope(), heading.bus(), heading.source(), heading.detailType())
                .bytes();
    }

    /** Both begin alike. */
    private static RowWriter begun(AcceptedEvent.Key key, Scope scope, String bus, String source, String detailType) {
        return new RowWriter()
                .number(FORM)
                .id(key.id())
                .id(key.arrival())
                .time(key.accepted())
                .text(scope.account())
                .text(scope.region())
                .text(bus)
                .text(source)
                .text(detailType);
    }

    private static void write(RowWriter row, AcceptedEvent.Owed owed) {
        row.id(owed.delivery()).text(owed.rule()).text(owed.targetId()).text(owed.target());
    }

    /** @throws StoreException if a newer version wrote it */
    static AcceptedEvent event(byte[] stored) {
        var row = new RowReader(stored);
        var heading = heading(row);
        var dropped = row.flag();
        var json = row.text();
        var trace = row.text();
        var hops = row.number();
        var via = row.text();
        var owes = row.list(owed -> new AcceptedEvent.Owed(owed.id(), owed.text(), owed.text(), owed.text()));
        return new AcceptedEvent(
                heading.key().id(),
                heading.key().arrival(),
                heading.scope(),
                heading.bus(),
                dropped,
                heading.key().accepted(),
                heading.source(),
                heading.detailType(),
                json,
                trace,
                hops,
                via,
                owes,
                row.list(RowReader::text));
    }

    /** @throws StoreException if a newer version wrote it */
    static Heading heading(byte[] stored) {
        return heading(new RowReader(stored));
    }

    private static Heading heading(RowReader row) {
        int form = row.number();
        if (form != FORM) {
            throw new StoreException("an event is stored in form " + form + " (expected: " + FORM + ")");
        }
        return new Heading(
                new AcceptedEvent.Key(row.id(), row.id(), row.time()),
                new Scope(row.text(), row.text()),
                row.text(),
                row.text(),
                row.text());
    }
}
