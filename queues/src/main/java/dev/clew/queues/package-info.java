// SPDX-License-Identifier: Apache-2.0
/** SQS: durable queues, standard and FIFO, with dead letters and their way back. */
@NullMarked
package dev.clew.queues;

import org.jspecify.annotations.NullMarked;
