// SPDX-License-Identifier: Apache-2.0
/** Port through which features write into log groups. */
@NullMarked
package dev.clew.core.log;

import org.jspecify.annotations.NullMarked;
