// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Copies of folders in use, as a crash would leave them. */
final class Folders {
    private Folders() {}

    /** Copies the files of {@code from}; the write-ahead log last, since it alone grows while nothing is flushed. */
    static void copy(Path from, Path to) throws IOException {
        for (var file : files(from)) {
            if (!isLog(file)) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var log = log(from);
        Files.copy(log, to.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The write-ahead log of a store that has flushed nothing since it was opened. */
    static Path log(Path folder) throws IOException {
        return files(folder).stream()
                .filter(Folders::isLog)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().endsWith(".log");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
