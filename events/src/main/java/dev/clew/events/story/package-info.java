// SPDX-License-Identifier: Apache-2.0
/** Answers to "where is my event?": what the ledger knows of it, why rules did not match, and having failed deliveries made again. */
@NullMarked
package dev.clew.events.story;

import org.jspecify.annotations.NullMarked;
