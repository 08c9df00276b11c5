// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule's target adds to requests to an API destination: values for the path's wildcards in order, headers, query. */
public record HttpParameters(List<String> path, Map<String, String> headers, Map<String, String> query) {
    /** Nothing. */
    public static final HttpParameters NONE = new HttpParameters(List.of(), Map.of(), Map.of());

    public HttpParameters {
        path = List.copyOf(path);
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    /** What a target is asked for; null becomes nothing. */
    public static HttpParameters of(dev.clew.events.api.@Nullable HttpParameters asked) {
        if (asked == null) {
            return NONE;
        }
        return new HttpParameters(
                asked.pathParameterValues() == null ? List.of() : asked.pathParameterValues(),
                asked.headerParameters() == null ? Map.of() : asked.headerParameters(),
                asked.queryStringParameters() == null ? Map.of() : asked.queryStringParameters());
    }

    /** As a target is listed. */
    public dev.clew.events.api.HttpParameters listed() {
        return new dev.clew.events.api.HttpParameters(
                path.isEmpty() ? null : path, headers.isEmpty() ? null : headers, query.isEmpty() ? null : query);
    }
}
