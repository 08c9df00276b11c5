// SPDX-License-Identifier: Apache-2.0
/** The one port to durable state: ordered tables, atomic batches, durable when a commit returns. */
@NullMarked
package dev.clew.core.store;

import org.jspecify.annotations.NullMarked;
