// SPDX-License-Identifier: Apache-2.0
/** What the bus has accepted and still owes: durable before a caller hears of it. */
@NullMarked
package dev.clew.events.ledger;

import org.jspecify.annotations.NullMarked;
