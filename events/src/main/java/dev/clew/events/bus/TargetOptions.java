// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only some kinds of targets need.
 *
 * @param roleArn role on whose behalf the target is called; null for the bus itself
 * @param messageGroupId of a FIFO queue; null for others
 * @param pathParameterValues of HTTP targets, for the wildcards of their path, in order
 * @param headerParameters headers of HTTP targets
 * @param queryStringParameters query of HTTP targets
 * @param transformed whether an input transformer makes the payload
 */
public record TargetOptions(
        @Nullable String roleArn,
        @Nullable String messageGroupId,
        List<String> pathParameterValues,
        Map<String, String> headerParameters,
        Map<String, String> queryStringParameters,
        boolean transformed) {
    /** Nothing beside the ARN. */
    public static final TargetOptions NONE = new TargetOptions(null, null, List.of(), Map.of(), Map.of(), false);

    public TargetOptions {
        pathParameterValues = List.copyOf(pathParameterValues);
        headerParameters = Map.copyOf(headerParameters);
        queryStringParameters = Map.copyOf(queryStringParameters);
    }
}
