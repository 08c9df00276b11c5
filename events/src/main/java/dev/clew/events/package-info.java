// SPDX-License-Identifier: Apache-2.0
/** Buses, rules, patterns and durable deliveries. */
@NullMarked
package dev.clew.events;

import org.jspecify.annotations.NullMarked;
