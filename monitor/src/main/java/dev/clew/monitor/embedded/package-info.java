// SPDX-License-Identifier: Apache-2.0
/** Metrics embedded in log lines. */
@NullMarked
package dev.clew.monitor.embedded;

import org.jspecify.annotations.NullMarked;
