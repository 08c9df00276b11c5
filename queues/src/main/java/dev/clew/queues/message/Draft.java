// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.ledger.StoredMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that was checked and may be sent.
 *
 * @param stored as it will be stored
 * @param bytes its encoding, made before the decision
 * @param delaySeconds null for the queue's
 * @param size bytes that count toward limits
 * @param systemMd5 checksum of the system attributes that the sender set, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Draft(
        StoredMessage stored,
        byte[] bytes,
        @Nullable Integer delaySeconds,
        long size,
        @Nullable String systemMd5) {}
