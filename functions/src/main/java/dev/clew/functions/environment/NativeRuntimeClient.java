// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * The native part of the vendor's Java runtime interface client, unpacked once for every environment.
 *
 * <p>Left alone, each environment unpacks it to one fixed file that all processes of the machine share and overwrite: two
 * that start at once may crash.
 */
final class NativeRuntimeClient {
    /** Tells the client which file to load. */
    static final String OPTION = "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

    private NativeRuntimeClient() {}

    /**
     * Writes the library for this machine into {@code folder}.
     *
     * @param jars of the runtime interface client
     * @param architecture as Java names it
     * @return nothing if no jar has one for it; the client then helps itself
     */
    static Optional<Path> unpack(List<Path> jars, Path folder, String architecture) {
        var name = "libaws-lambda-jni.linux-" + (architecture.equals("aarch64") ? "aarch_64" : "x86_64") + ".so";
        try {
            for (var jar : jars) {
                try (var zip = new ZipFile(jar.toFile())) {
                    var entry = zip.getEntry("jni/" + name);
                    if (entry != null) {
                        Files.createDirectories(folder);
                        var file = folder.resolve(name);
                        Files.write(file, zip.getInputStream(entry).readAllBytes());
                        return Optional.of(file);
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
