// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets before they are stored: AES-256-GCM under one key, a fresh nonce for each. Whoever has the store without the key
 * file has nothing. Safe for use by many threads.
 */
public final class Vault {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /**
     * A vault with this key.
     *
     * @param key 32 bytes
     */
    public Vault(byte[] key, SecureRandom random) {
        Check.argument(key.length == KEY_BYTES, "key: " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * A vault whose key is in {@code file}, which only its owner may read; made if there is none.
     *
     * @throws IOException if the file cannot be made, or holds something else
     */
    public static Vault in(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            create(file, random);
        }
        var key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + ": " + key.length + " bytes (expected: a key of " + KEY_BYTES + ")");
        }
        return new Vault(key, random);
    }

    /** Written beside it and then renamed: a crash leaves no half of a key behind. */
    private static void create(Path file, SecureRandom random) throws IOException {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, ownerOnly);
        Files.write(draft, key);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft); // another start was quicker: its key counts
        }
    }

    /**
     * {@code secret} in a form that only this key opens.
     *
     * @param owner what it belongs to; needed again to open it, so that sealed texts cannot be exchanged
     */
    String seal(byte[] secret, String owner) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, secret, owner);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /**
     * What was sealed.
     *
     * @throws IllegalStateException if it was sealed with another key or for another owner, or was changed
     */
    byte[] open(String sealed, String owner) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
        var nonce = new byte[NONCE_BYTES];
        var rest = new byte[bytes.remaining() - NONCE_BYTES];
        bytes.get(nonce).get(rest);
        return run(Cipher.DECRYPT_MODE, nonce, rest, owner);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, String owner) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the secret of " + owner + " cannot be opened with this key", e);
        }
    }
}
