// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import java.util.Map;
import java.util.Set;

/**
 * Where a real service differs from what its model says: everything of that kind stands here.
 *
 * @param blobContentType of a response whose body is bytes and whose model names no content type
 * @param errorParty whether errors say {@code Type: User} or {@code Type: Server}
 * @param errorCodeInBody whether restJson errors repeat their code as {@code __type}, for old clients
 * @param largeBodies the operations that take bodies as large as the front door allows at all
 * @param validationCodes by operation: the code of a broken constraint where it is not {@code ValidationException}
 * @param pathParameter the awsQuery parameter that old clients leave out since the request's path says it; "" if none
 */
public record Quirks(
        String blobContentType,
        boolean errorParty,
        boolean errorCodeInBody,
        Set<String> largeBodies,
        Map<String, String> validationCodes,
        String pathParameter) {
    private static final Quirks NONE = new Quirks("application/octet-stream", false, false, Set.of(), Map.of(), "");

    private static final Map<String, Quirks> BY_SERVICE = Map.of(
            "lambda",
            new Quirks(
                    "application/json",
                    true,
                    false,
                    Set.of("CreateFunction", "UpdateFunctionCode", "PublishLayerVersion"),
                    Map.of(),
                    ""),
            "sqs",
            new Quirks(NONE.blobContentType, false, false, Set.of(), Map.of(), "QueueUrl"),
            "xray",
            new Quirks(
                    NONE.blobContentType,
                    false,
                    true,
                    Set.of(),
                    Map.of("PutTraceSegments", "InvalidRequestException"),
                    ""));

    /** The quirks of the service with this short name. */
    public static Quirks of(String serviceId) {
        return BY_SERVICE.getOrDefault(serviceId, NONE);
    }
}
