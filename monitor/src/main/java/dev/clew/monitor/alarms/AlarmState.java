// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.alarms;

/** The state of an alarm; the names are those of the wire. */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
