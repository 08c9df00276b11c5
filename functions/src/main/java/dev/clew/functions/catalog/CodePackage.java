// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The code of a function.
 *
 * @param sha256 of the zip, base64; of the image's address for an image
 * @param size of the zip in bytes, 0 for an image
 * @param architecture {@code x86_64} or {@code arm64}
 * @param imageUri null for a zip
 */
public record CodePackage(
        String sha256,
        long size,
        String architecture,
        @Nullable String imageUri) {
    /** The hash in hex: the name under which the code is stored and unpacked. */
    public String id() {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(sha256));
    }

    boolean isZip() {
        return imageUri == null;
    }
}
