// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.store.Store;
import dev.clew.core.store.WriteBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Zips by their hash: durable in the store, unpacked under a folder when first needed. Safe for use by many threads.
 *
 * <p>The folder is a cache of this process alone: whatever it held before is removed. Environments of equal code share
 * one unpacked copy, which Python also uses to keep its compiled files.
 */
public final class CodeStore {
    private static final String TABLE = "function-code";
    private static final int CHUNK = 1 << 20;

    private final Store store;
    private final Path folder;
    private final CodeArchive archive;
    private final Map<String, ReentrantLock> unpacking = new ConcurrentHashMap<>();

    /**
     * @param folder to unpack to; created, and emptied of what an earlier process left
     * @param archive knows the limits
     */
    public CodeStore(Store store, Path folder, CodeArchive archive) {
        this.store = store;
        this.folder = folder;
        this.archive = archive;
        Folders.empty(folder);
    }

    /** Adds the zip to {@code batch}, in chunks so that no single value is large. */
    void stage(WriteBatch batch, String id, byte[] zip) {
        for (int i = 0; i * CHUNK < zip.length; i++) {
            batch.put(TABLE, key(id, i), Arrays.copyOfRange(zip, i * CHUNK, Math.min(zip.length, (i + 1) * CHUNK)));
        }
    }

    /** Removes the zip with {@code batch}. The unpacked copy stays for the invocations that still run. */
    void stageRemoval(WriteBatch batch, String id) {
        batch.deleteRange(TABLE, key(id, 0), end(id));
    }

    /** The zip, or nothing if no version refers to it any more. */
    public Optional<byte[]> zip(String id) {
        var whole = new ByteArrayOutputStream();
        store.scan(TABLE, key(id, 0), end(id), Integer.MAX_VALUE).forEach(chunk -> whole.writeBytes(chunk.value()));
        return whole.size() == 0 ? Optional.empty() : Optional.of(whole.toByteArray());
    }

    /**
     * Unpacks {@code zip} unless that was done before.
     *
     * @throws dev.clew.wire.ServiceException if it is broken, too large, or leads outside its folder
     */
    void unpack(String id, byte[] zip) throws IOException {
        var target = folder.resolve(id);
        var lock = unpacking.computeIfAbsent(id, key -> new ReentrantLock());
        lock.lock();
        try {
            if (!Files.exists(target)) {
                archive.unpack(zip, target);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The folder with the unpacked code.
     *
     * @throws IOException if the code is gone, or cannot be written
     */
    public Path unpacked(String id) throws IOException {
        var target = folder.resolve(id);
        if (!Files.exists(target)) {
            unpack(id, zip(id).orElseThrow(() -> new IOException("the code is gone")));
        }
        return target;
    }

    private static byte[] key(String id, int chunk) {
        return (id + '/' + String.format("%06d", chunk)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] end(String id) {
        return (id + '0').getBytes(StandardCharsets.UTF_8); // '0' follows '/'
    }
}
