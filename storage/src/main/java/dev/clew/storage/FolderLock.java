// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process, or a second store of this one, out of a folder. The operating system releases it when the
 * process ends, however it ends; the file stays and names the last owner.
 */
final class FolderLock implements AutoCloseable {
    private static final int LONGEST_ID = 20;

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /** @throws StoreException if the folder is in use or cannot be written */
    static FolderLock acquire(Path folder) {
        try {
            Files.createDirectories(folder);
            var file = FileChannel.open(
                    folder.resolve("clew.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!lock(file)) {
                var owner = owner(file);
                file.close();
                throw new StoreException("another clew uses " + folder + owner);
            }
            file.truncate(0);
            file.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
            return new FolderLock(file);
        } catch (IOException e) {
            throw new StoreException("cannot use " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process
        }
    }

    private static String owner(FileChannel file) throws IOException {
        var id = ByteBuffer.allocate(LONGEST_ID);
        file.read(id, 0);
        var text = StandardCharsets.US_ASCII.decode(id.flip()).toString();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    private static ByteBuffer ascii(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
