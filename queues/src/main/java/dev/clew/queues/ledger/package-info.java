// SPDX-License-Identifier: Apache-2.0
/** What the queues hold: one durable state, changed by one decision after the other. */
@NullMarked
package dev.clew.queues.ledger;

import org.jspecify.annotations.NullMarked;
