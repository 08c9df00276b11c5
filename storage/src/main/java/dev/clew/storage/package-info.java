// SPDX-License-Identifier: Apache-2.0
/** The durable store port on RocksDB. */
@NullMarked
package dev.clew.storage;

import org.jspecify.annotations.NullMarked;
