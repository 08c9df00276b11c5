// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void theKeyIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
        var file = folder.resolve("secrets.key");
        var sealed = Vault.in(file, random).seal("secret".getBytes(UTF_8), "a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Vault.in(file, random).open(sealed, "a")).asString(UTF_8).isEqualTo("secret");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theSameSecretIsNeverSealedTheSameWay() {
        var vault = new Vault(new byte[32], random);
        assertThat(vault.seal("secret".getBytes(UTF_8), "a")).isNotEqualTo(vault.seal("secret".getBytes(UTF_8), "a"));
    }

    @Test
    void nothingOpensWithAnotherKeyForAnotherOwnerOrChanged() {
        var vault = new Vault(new byte[32], random);
        var sealed = vault.seal("secret".getBytes(UTF_8), "a");
        assertThatThrownBy(() -> vault.open(sealed, "b")).isInstanceOf(IllegalStateException.class);
        var other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> new Vault(other, random).open(sealed, "a")).isInstanceOf(IllegalStateException.class);
        var changed = (sealed.charAt(20) == 'A' ? 'B' : 'A') + sealed.substring(21);
        assertThatThrownBy(() -> vault.open(sealed.substring(0, 20) + changed, "a"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        var file = folder.resolve("secrets.key");
        Files.writeString(file, "short");
        assertThatThrownBy(() -> Vault.in(file, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("5 bytes (expected: a key of 32)");
    }
}
