// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.ledger;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The events accepted last for which something is owed, so that a delivery made at once need not read what was just written. Bounded by
 * the size of the events, oldest leave first. Safe for use by many threads.
 */
final class RecentEvents {
    private final int maxCharacters;
    private final Map<AcceptedEvent.Key, AcceptedEvent> byKey = new HashMap<>();
    private final Queue<AcceptedEvent> byAge = new ArrayDeque<>();
    private long characters;

    /** @param maxCharacters of the JSON of all of them; a larger one is not kept */
    RecentEvents(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    synchronized void add(AcceptedEvent event) {
        if (event.json().length() > maxCharacters || byKey.putIfAbsent(event.key(), event) != null) {
            return;
        }
        byAge.add(event);
        characters += event.json().length();
        while (characters > maxCharacters) {
            var oldest = byAge.remove();
            byKey.remove(oldest.key());
            characters -= oldest.json().length();
        }
    }

    synchronized Optional<AcceptedEvent> find(AcceptedEvent.Key key) {
        return Optional.ofNullable(byKey.get(key));
    }

    synchronized void clear() {
        byKey.clear();
        byAge.clear();
        characters = 0;
    }
}
