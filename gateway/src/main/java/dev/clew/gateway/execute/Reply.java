// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.wire.http.HttpHeaders;

/** How a request is answered. */
sealed interface Reply {
    /** By the integration. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answer(int status, HttpHeaders headers, byte[] body) implements Reply {}

    /** By the stage, with an error. */
    record Error(Failure failure) implements Reply {}
}
