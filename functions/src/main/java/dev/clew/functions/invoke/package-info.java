// SPDX-License-Identifier: Apache-2.0
/** Invocation: what callers may ask and get, and the trace it leaves. */
@NullMarked
package dev.clew.functions.invoke;

import org.jspecify.annotations.NullMarked;
