// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.util.List;
import java.util.Map;

/** What a rule's target adds to requests to an API destination: values for the path's wildcards in order, headers, query. */
record HttpParameters(List<String> path, Map<String, String> headers, Map<String, String> query) {
    /** Nothing. */
    static final HttpParameters NONE = new HttpParameters(List.of(), Map.of(), Map.of());

    HttpParameters {
        path = List.copyOf(path);
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }
}
