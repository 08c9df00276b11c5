// SPDX-License-Identifier: Apache-2.0
/** CloudWatch Logs: groups, streams and events; how they are written, read and forgotten. */
@NullMarked
package dev.clew.monitor.logs;

import org.jspecify.annotations.NullMarked;
