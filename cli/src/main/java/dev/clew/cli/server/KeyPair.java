// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An access key id with its secret, and a session token if it has one. The secret never shows in {@code toString}. */
public record KeyPair(String accessKeyId, String secretAccessKey, String sessionToken) {
    /** Good enough for a server that does not verify signatures. */
    private static final KeyPair DUMMY = new KeyPair("clew", "clew", "");

    /**
     * The pair to sign with: the environment's if it has one, else the server's own from its data folder, else a dummy.
     */
    public static KeyPair find(Map<String, String> environment, Path data) {
        var id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        if (!id.isEmpty()) {
            return new KeyPair(
                    id,
                    environment.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
                    environment.getOrDefault("AWS_SESSION_TOKEN", ""));
        }
        return ofServer(data).orElse(DUMMY);
    }

    /** The server's own pair, if its file is there and readable. */
    public static Optional<KeyPair> ofServer(Path data) {
        var values = new HashMap<String, String>();
        try {
            var section = "";
            for (var line : Files.readAllLines(data.resolve("credentials"))) {
                var text = line.strip();
                int equals = text.indexOf('=');
                if (text.startsWith("[") && text.endsWith("]")) {
                    section = text.substring(1, text.length() - 1).strip();
                } else if (section.equals("default") && equals > 0) {
                    values.put(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        var id = values.getOrDefault("aws_access_key_id", "");
        var secret = values.getOrDefault("aws_secret_access_key", "");
        return id.isEmpty() || secret.isEmpty() ? Optional.empty() : Optional.of(new KeyPair(id, secret, ""));
    }

    @Override
    public String toString() {
        return "KeyPair[" + accessKeyId + "]";
    }
}
