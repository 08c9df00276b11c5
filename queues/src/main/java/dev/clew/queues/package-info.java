// SPDX-License-Identifier: Apache-2.0
/** SQS: declared, not yet served. */
@NullMarked
package dev.clew.queues;

import org.jspecify.annotations.NullMarked;
