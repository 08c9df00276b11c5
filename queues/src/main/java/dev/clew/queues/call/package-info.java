// SPDX-License-Identifier: Apache-2.0
/** What all operations of SQS share: how queues are named, how requests are refused, batches. */
@NullMarked
package dev.clew.queues.call;

import org.jspecify.annotations.NullMarked;
