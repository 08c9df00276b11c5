// SPDX-License-Identifier: Apache-2.0
/** Expressions that take values from a request: parameter mappings, access log formats, error templates. */
@NullMarked
package dev.clew.gateway.mapping;

import org.jspecify.annotations.NullMarked;
