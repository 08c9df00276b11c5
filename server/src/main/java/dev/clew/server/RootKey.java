// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;

/**
 * The key pair of the account's owner, made at the first start and kept in the data folder in the form of an AWS
 * credentials file that only its owner may read. {@code toString} leaves the secret out.
 */
record RootKey(String accessKeyId, String secretAccessKey) {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String ID = "aws_access_key_id = ";
    private static final String SECRET = "aws_secret_access_key = ";

    /** The key pair in {@code folder}, made if there is none. */
    static RootKey in(Path folder) throws IOException {
        var file = folder.resolve("credentials");
        if (!Files.exists(file)) {
            var random = new SecureRandom();
            create(file, new RootKey("AKIA" + text(random, LETTERS, 16), text(random, SECRET_LETTERS, 40)));
        }
        var lines = Files.readAllLines(file);
        return new RootKey(value(lines, ID, file), value(lines, SECRET, file));
    }

    private static void create(Path file, RootKey key) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(file, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            return; // another start was quicker: its key counts
        }
        Files.writeString(file, "[default]\n" + ID + key.accessKeyId + "\n" + SECRET + key.secretAccessKey + "\n");
    }

    private static String value(List<String> lines, String name, Path file) throws IOException {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": no line begins with '" + name + "'"));
    }

    private static String text(SecureRandom random, String letters, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "RootKey[" + accessKeyId + ']';
    }
}
