// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.store;

/** A commit or a read failed: the disk is full or broken. What was being written must count as not written. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
