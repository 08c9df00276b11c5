// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule adds to the requests of an HTTP target; each part as it was put, null if it was not. */
public record HttpOptions(
        @Nullable List<String> pathParameterValues,
        @Nullable Map<String, String> headerParameters,
        @Nullable Map<String, String> queryStringParameters) {
    public HttpOptions {
        pathParameterValues = pathParameterValues == null ? null : List.copyOf(pathParameterValues);
        headerParameters = headerParameters == null ? null : Map.copyOf(headerParameters);
        queryStringParameters = queryStringParameters == null ? null : Map.copyOf(queryStringParameters);
    }
}
