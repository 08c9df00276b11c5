// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.IdSource;

/** Ids that are never used again, after a prefix that tells the kind. */
final class UniqueIds {
    static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** Characters after the prefix. */
    static final int LENGTH = 17;

    private UniqueIds() {}

    static String role(IdSource ids) {
        return "AROA" + ids.nextText(ALPHABET, LENGTH);
    }

    static String policy(IdSource ids) {
        return "ANPA" + ids.nextText(ALPHABET, LENGTH);
    }
}
