// SPDX-License-Identifier: Apache-2.0
/** Alarms: definitions, evaluation, what a change of state sets off. */
@NullMarked
package dev.clew.monitor.alarms;

import org.jspecify.annotations.NullMarked;
