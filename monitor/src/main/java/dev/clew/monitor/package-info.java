// SPDX-License-Identifier: Apache-2.0
/** CloudWatch Logs; CloudWatch metrics and alarms declared, not yet served. */
@NullMarked
package dev.clew.monitor;

import org.jspecify.annotations.NullMarked;
