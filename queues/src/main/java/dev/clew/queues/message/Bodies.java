// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.api.SqsErrors;

/** What a message's text may hold: the characters of XML 1.0. */
final class Bodies {
    private Bodies() {}

    /** @throws dev.clew.wire.ServiceException if {@code text} holds another character */
    static void checkCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed;
            if (Character.isHighSurrogate(c)) {
                allowed = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
                i++;
            } else {
                allowed = c >= ' ' && c < 0xD800 || c == '\t' || c == '\n' || c == '\r' || c >= 0xE000 && c <= 0xFFFD;
            }
            if (!allowed) {
                throw SqsErrors.invalidMessageContents(
                        "Invalid characters found. Valid unicode characters are #x9 | #xA"
                                + " | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
            }
        }
    }
}
