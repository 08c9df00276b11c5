// SPDX-License-Identifier: Apache-2.0
/** Secrets Manager's random passwords. */
@NullMarked
package dev.clew.identity.secrets;

import org.jspecify.annotations.NullMarked;
