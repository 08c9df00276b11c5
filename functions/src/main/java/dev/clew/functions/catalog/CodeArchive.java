// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Check;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * Unpacks deployment packages within limits.
 *
 * <p>Sizes are counted while inflating, never taken from the zip's own headers; a path that would leave the folder makes
 * the package broken. Unix permissions are kept, so that a {@code bootstrap} and its helpers can be executed.
 *
 * @param maxBytes of all files together
 * @param maxEntries files and folders
 */
public record CodeArchive(long maxBytes, int maxEntries) {
    /** The limits of the original; it names none for entries. */
    public static final CodeArchive DEFAULTS = new CodeArchive(262_144_000, 100_000);

    private static final String BROKEN =
            "Could not unzip uploaded file. Please check your file, then try to upload again.";
    private static final Map<String, String> UNIX_ATTRIBUTES =
            Map.of("enablePosixFileAttributes", "true", "defaultPermissions", "rw-r--r--");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("--x--x--x");

    public CodeArchive {
        Check.inRange("code.max-bytes", maxBytes, 1, Long.MAX_VALUE);
        Check.inRange("code.max-entries", maxEntries, 1, Integer.MAX_VALUE);
    }

    /**
     * Unpacks {@code zip} to {@code target}, which appears only when it is complete.
     *
     * @throws ServiceException if the zip is broken or exceeds a limit
     * @throws IOException if the disk refuses
     */
    void unpack(byte[] zip, Path target) throws IOException {
        var parent = Files.createDirectories(target.toAbsolutePath().getParent());
        var file = Files.createTempFile(parent, "package", ".zip");
        var folder = Files.createTempDirectory(parent, "unpacking");
        try {
            Files.write(file, zip);
            new Unpacking(folder).run(file);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
            Folders.remove(folder);
        }
    }

    /** One zip on its way to one folder. */
    private final class Unpacking {
        private final Path folder;
        private long bytes;
        private int entries;

        private Unpacking(Path folder) {
            this.folder = folder.normalize();
        }

        private void run(Path file) throws IOException {
            try (var zip = FileSystems.newFileSystem(file, UNIX_ATTRIBUTES)) {
                for (var root : zip.getRootDirectories()) {
                    try (var paths = Files.walk(root)) {
                        for (var path : (Iterable<Path>) paths::iterator) {
                            unpack(root.relativize(path), path);
                        }
                    }
                }
            } catch (ZipException | EOFException | InvalidPathException e) {
                throw LambdaErrors.invalidParameterValueException(BROKEN);
            }
            if (entries == 0) {
                throw LambdaErrors.invalidParameterValueException("Uploaded file must be a non-empty zip");
            }
        }

        private void unpack(Path relative, Path entry) throws IOException {
            if (relative.toString().isEmpty()) {
                return;
            }
            if (++entries > maxEntries) {
                throw LambdaErrors.invalidParameterValueException(
                        "entries of the zip: more than " + maxEntries + " (expected: at most " + maxEntries + ")");
            }
            var target = folder.resolve(relative.toString()).normalize();
            if (!target.startsWith(folder)) {
                throw LambdaErrors.invalidParameterValueException(BROKEN);
            }
            if (Files.isDirectory(entry)) {
                Files.createDirectories(target);
            } else {
                copy(entry, target);
                Files.setPosixFilePermissions(target, permissions(entry, relative));
            }
        }

        private void copy(Path entry, Path target) throws IOException {
            try (InputStream in = Files.newInputStream(entry);
                    var out = Files.newOutputStream(target)) {
                var buffer = new byte[16_384];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                    if (bytes > maxBytes) {
                        throw LambdaErrors.invalidParameterValueException(
                                "Unzipped size must be smaller than " + maxBytes + " bytes");
                    }
                    out.write(buffer, 0, read);
                }
            }
        }

        private Set<PosixFilePermission> permissions(Path entry, Path relative) throws IOException {
            var permissions = EnumSet.copyOf(READABLE);
            permissions.addAll(Files.getPosixFilePermissions(entry));
            if (relative.toString().equals("bootstrap")) {
                permissions.addAll(EXECUTABLE); // zips made on other systems carry no permissions
            }
            return permissions;
        }
    }
}
