// SPDX-License-Identifier: Apache-2.0
/** Delivery of owed events: when, how often, with what outcome. */
@NullMarked
package dev.clew.events.delivery;

import org.jspecify.annotations.NullMarked;
