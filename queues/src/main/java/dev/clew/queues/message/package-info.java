// SPDX-License-Identifier: Apache-2.0
/** Operations on messages: send, receive, delete, visibility. */
@NullMarked
package dev.clew.queues.message;

import org.jspecify.annotations.NullMarked;
