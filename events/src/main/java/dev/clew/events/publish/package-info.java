// SPDX-License-Identifier: Apache-2.0
/** PutEvents: admits entries, decides what they owe, and accepts events, deliveries and trace segment in one commit. */
@NullMarked
package dev.clew.events.publish;

import org.jspecify.annotations.NullMarked;
