// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeRuntimeClientTest {
    @TempDir
    Path folder;

    @Test
    void unpacksTheLibraryOfTheArchitecture() throws IOException {
        var jars = List.of(
                jar("core.jar", "a.txt", "text"), jar("client.jar", "jni/libaws-lambda-jni.linux-aarch_64.so", "arm"));

        assertThat(NativeRuntimeClient.unpack(jars, folder.resolve("runtime"), "aarch64"))
                .hasValueSatisfying(file -> assertThat(file).hasContent("arm"));
        assertThat(NativeRuntimeClient.unpack(jars, folder.resolve("runtime"), "amd64"))
                .isEmpty();
    }

    private Path jar(String name, String entry, String content) throws IOException {
        var file = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
