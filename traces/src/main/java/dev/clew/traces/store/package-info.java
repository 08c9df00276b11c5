// SPDX-License-Identifier: Apache-2.0
/** Where documents and digests are kept: durable tables, recent traces in memory. */
@NullMarked
package dev.clew.traces.store;

import org.jspecify.annotations.NullMarked;
