// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.queues.ledger.StoredMessage.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The checksums by which clients see that a message arrived whole. */
final class Md5 {
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private Md5() {}

    static String of(String text) {
        return hex(digest(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Over names, types and values in order of the names, each after its length; null if there are no attributes. */
    static @Nullable String of(Map<String, Attribute> attributes) {
        if (attributes.isEmpty()) {
            return null;
        }
        var digest = digest();
        new TreeMap<>(attributes).forEach((name, attribute) -> {
            add(digest, name.getBytes(StandardCharsets.UTF_8));
            add(digest, attribute.type().getBytes(StandardCharsets.UTF_8));
            var bytes = attribute.bytes();
            if (bytes == null) {
                digest.update(TEXT);
                add(digest, String.valueOf(attribute.text()).getBytes(StandardCharsets.UTF_8));
            } else {
                digest.update(BINARY);
                add(digest, bytes);
            }
        });
        return hex(digest, new byte[0]);
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(4).putInt(part.length).array());
        digest.update(part);
    }

    private static String hex(MessageDigest digest, byte[] rest) {
        return HexFormat.of().formatHex(digest.digest(rest));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5"); // a checksum that clients verify, not a protection
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
