// SPDX-License-Identifier: Apache-2.0
/** Dashboards: stored as they came, checked for their form. */
@NullMarked
package dev.clew.monitor.dashboards;

import org.jspecify.annotations.NullMarked;
