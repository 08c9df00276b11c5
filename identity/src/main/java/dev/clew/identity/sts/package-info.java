// SPDX-License-Identifier: Apache-2.0
/** Short-lived credentials: who may have them, how long they last, and whom they stand for. */
@NullMarked
package dev.clew.identity.sts;

import org.jspecify.annotations.NullMarked;
