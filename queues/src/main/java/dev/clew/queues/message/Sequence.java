// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

/** Sequence numbers as the API shows them: 20 digits that grow as texts too. */
final class Sequence {
    private static final String FIRST_DIGIT = "1";

    private Sequence() {}

    static String text(long sequence) {
        var digits = Long.toString(sequence);
        return FIRST_DIGIT + "0".repeat(19 - digits.length()) + digits;
    }
}
