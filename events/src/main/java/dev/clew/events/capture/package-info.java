// SPDX-License-Identifier: Apache-2.0
/** Payloads in the history of deliveries: off unless told, redacted, bounded. */
@NullMarked
package dev.clew.events.capture;

import org.jspecify.annotations.NullMarked;
