// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

/** What a commit survives once it has returned. */
public enum Durability {
    /** A loss of power: written and flushed to the disk. */
    FSYNC,
    /** The end of this process at any instant: handed to the operating system. */
    OS,
    /** Nothing: kept on the heap, gone with the process. For tests. */
    MEMORY
}
