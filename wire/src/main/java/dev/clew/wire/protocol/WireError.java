// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.protocol;

import java.util.Map;

/**
 * An error with everything that any protocol says of it.
 *
 * @param code in JSON and CBOR
 * @param queryCode in awsQuery and in {@code x-amzn-query-error}
 * @param status HTTP status
 * @param server whether the fault is ours
 * @param messageMember how the body spells its message member
 * @param details more members of the body: texts, numbers and booleans
 */
public record WireError(
        String code,
        String queryCode,
        int status,
        boolean server,
        String messageMember,
        String message,
        Map<String, Object> details) {
    /** {@code Sender} or {@code Receiver}, as awsQuery calls the party to blame. */
    String party() {
        return server ? "Receiver" : "Sender";
    }
}
