// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.clew.queues.ledger;

import org.jspecify.annotations.NullMarked;
