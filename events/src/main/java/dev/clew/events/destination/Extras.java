// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.util.List;

/** Parameters that a connection adds to every request. */
record Extras(List<Extra> headers, List<Extra> query, List<Extra> body) {
    static final Extras NONE = new Extras(List.of(), List.of(), List.of());

    Extras {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        body = List.copyOf(body);
    }

    /**
     * One parameter.
     *
     * @param secret whether nobody is told its value
     */
    record Extra(String key, String value, boolean secret) {
        @Override
        public String toString() {
            return key + '=' + (secret ? "…" : value);
        }
    }

    boolean isEmpty() {
        return headers.isEmpty() && query.isEmpty() && body.isEmpty();
    }
}
