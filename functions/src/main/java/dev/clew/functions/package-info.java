// SPDX-License-Identifier: Apache-2.0
/** Lambda: functions, execution environments, the runtime API, synchronous and asynchronous invocation. */
@NullMarked
package dev.clew.functions;

import org.jspecify.annotations.NullMarked;
