// SPDX-License-Identifier: Apache-2.0
/** What REST APIs are: their definitions, deployed snapshots and stages, durable and in memory. */
@NullMarked
package dev.clew.gateway.definition;

import org.jspecify.annotations.NullMarked;
