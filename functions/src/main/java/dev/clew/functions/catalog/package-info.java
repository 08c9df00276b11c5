// SPDX-License-Identifier: Apache-2.0
/** Functions as their owners see them: configuration, code, versions, aliases, policies, concurrency. */
@NullMarked
package dev.clew.functions.catalog;

import org.jspecify.annotations.NullMarked;
