// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import dev.clew.core.store.Store.Entry;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch.Change;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The native database and its column families. Platform threads only.
 *
 * <p>A handle that is closed while native code uses it would take the process down: readers hold the read lock, and
 * whoever closes a handle the write lock. Column families are named {@code t:} and the table's name, because RocksDB
 * keeps {@code default} for itself; that one holds the number of the format.
 */
final class Database implements Journal {
    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final String PREFIX = "t:";
    private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FORMAT = "1".getBytes(StandardCharsets.US_ASCII);

    private final FolderLock folder;
    private final DatabaseOptions options;
    private final WriteOptions writing;
    private final RocksDB rocks;
    private final ColumnFamilyHandle own;
    private final Map<String, ColumnFamilyHandle> tables = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock handles = new ReentrantReadWriteLock();
    private boolean closed;

    private Database(
            FolderLock folder, DatabaseOptions options, boolean sync, RocksDB rocks, List<ColumnFamilyHandle> families)
            throws RocksDBException {
        this.folder = folder;
        this.options = options;
        this.writing = new WriteOptions().setSync(sync);
        this.rocks = rocks;
        this.own = families.getFirst();
        for (var family : families.subList(1, families.size())) {
            tables.put(tableOf(family.getName()), family);
        }
    }

    /** @throws StoreException if the folder is in use, broken, or of a newer format */
    static Database open(Path path, boolean sync, RocksSettings settings) {
        var folder = FolderLock.acquire(path);
        loadLibrary(path);
        var options = new DatabaseOptions(settings);
        Database database;
        try {
            var families = new ArrayList<ColumnFamilyHandle>();
            var rocks = RocksDB.open(options.database(), path.toString(), families(path, options), families);
            database = new Database(folder, options, sync, rocks, families);
        } catch (RocksDBException e) {
            options.close();
            folder.close();
            throw new StoreException("cannot open " + path + ": " + e.getMessage(), e);
        }
        database.checkFormat(path);
        return database;
    }

    /**
     * Unpacks the native code into the folder, under a fixed name. By itself it goes to the temporary directory, under a
     * new name each time, and every process that is killed leaves 15 MB there.
     */
    private static void loadLibrary(Path path) {
        try {
            NativeLibraryLoader.getInstance().loadLibrary(path.toString());
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.log(Level.DEBUG, "no native code can be run from " + path, e);
        }
        RocksDB.loadLibrary(); // does nothing if that went well
    }

    private static List<ColumnFamilyDescriptor> families(Path path, DatabaseOptions options) throws RocksDBException {
        var families = new ArrayList<ColumnFamilyDescriptor>();
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.table()));
        if (Files.exists(path.resolve("CURRENT"))) { // absent before the first open
            try (var plain = new Options()) {
                for (var name : RocksDB.listColumnFamilies(plain, path.toString())) {
                    if (new String(name, StandardCharsets.UTF_8).startsWith(PREFIX)) {
                        families.add(new ColumnFamilyDescriptor(name, options.table()));
                    }
                }
            }
        }
        return families;
    }

    private void checkFormat(Path path) {
        try {
            var format = rocks.get(own, FORMAT_KEY);
            if (format == null) {
                rocks.put(own, writing, FORMAT_KEY, FORMAT);
            } else if (!Arrays.equals(format, FORMAT)) {
                close();
                throw new StoreException(path + ": format " + new String(format, StandardCharsets.US_ASCII)
                        + " (expected: 1; a newer clew wrote it)");
            }
        } catch (RocksDBException e) {
            close();
            throw new StoreException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    private static String tableOf(byte[] familyName) {
        return new String(familyName, StandardCharsets.UTF_8).substring(PREFIX.length());
    }

    // Writes: by the committer's thread alone, which is also the only one to add or remove handles.

    @Override
    public void append(List<Change> changes) {
        try (var batch = new WriteBatch()) {
            for (var change : changes) {
                add(change, batch);
            }
            rocks.write(writing, batch);
        } catch (RocksDBException e) {
            throw new StoreException("RocksDB: " + e.getMessage(), e);
        }
    }

    private void add(Change change, WriteBatch batch) throws RocksDBException {
        switch (change) {
            case Change.Put put -> batch.put(findOrCreate(put.table()), put.key(), put.value());
            case Change.Delete delete -> {
                var family = tables.get(delete.table());
                if (family != null) {
                    batch.delete(family, delete.key());
                }
            }
            case Change.DeleteRange range -> {
                var family = tables.get(range.table());
                if (family != null) {
                    batch.deleteRange(family, range.from(), range.to());
                }
            }
        }
    }

    private ColumnFamilyHandle findOrCreate(String table) throws RocksDBException {
        var family = tables.get(table);
        if (family == null) {
            var name = (PREFIX + table).getBytes(StandardCharsets.UTF_8);
            family = rocks.createColumnFamily(new ColumnFamilyDescriptor(name, options.table()));
            tables.put(table, family);
        }
        return family;
    }

    @Override
    public void drop(String table) {
        handles.writeLock().lock();
        try (var family = tables.remove(table)) {
            if (family != null) {
                rocks.dropColumnFamily(family);
            }
        } catch (RocksDBException e) {
            throw new StoreException("RocksDB: " + e.getMessage(), e);
        } finally {
            handles.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        handles.writeLock().lock();
        try {
            closed = true;
            tables.values().forEach(ColumnFamilyHandle::close);
            own.close();
            rocks.close();
            writing.close();
            options.close();
            folder.close();
        } finally {
            handles.writeLock().unlock();
        }
    }

    // Reads: by any platform thread.

    byte @Nullable [] get(String table, byte[] key) {
        return read(table, null, family -> rocks.get(family, key));
    }

    List<Entry> scan(String table, byte[] from, byte @Nullable [] to, int limit) {
        return iterate(table, null, to, rows -> {
            var entries = new ArrayList<Entry>();
            for (rows.seek(from); rows.isValid() && entries.size() < limit; rows.next()) {
                entries.add(new Entry(rows.key(), rows.value()));
            }
            return entries;
        });
    }

    List<Entry> scanBackward(String table, byte[] from, byte @Nullable [] to, int limit) {
        return iterate(table, from, to, rows -> {
            var entries = new ArrayList<Entry>();
            for (rows.seekToLast(); rows.isValid() && entries.size() < limit; rows.prev()) {
                entries.add(new Entry(rows.key(), rows.value()));
            }
            return entries;
        });
    }

    @Nullable
    Entry last(String table) {
        var last = scanBackward(table, new byte[0], null, 1);
        return last.isEmpty() ? null : last.getFirst();
    }

    private List<Entry> iterate(
            String table, byte @Nullable [] from, byte @Nullable [] to, Function<RocksIterator, List<Entry>> walk) {
        return read(table, List.of(), family -> {
            try (var first = from == null ? null : new Slice(from);
                    var end = to == null ? null : new Slice(to);
                    var bounds = new ReadOptions()) {
                if (first != null) {
                    bounds.setIterateLowerBound(first);
                }
                if (end != null) {
                    bounds.setIterateUpperBound(end);
                }
                try (var rows = rocks.newIterator(family, bounds)) {
                    var entries = walk.apply(rows);
                    rows.status();
                    return entries;
                }
            }
        });
    }

    Set<String> tables() {
        handles.readLock().lock();
        try {
            requireOpen();
            return Set.copyOf(tables.keySet());
        } finally {
            handles.readLock().unlock();
        }
    }

    private interface Read<T extends @Nullable Object> {
        T of(ColumnFamilyHandle family) throws RocksDBException;
    }

    private <T extends @Nullable Object> T read(String table, T ifAbsent, Read<T> read) {
        handles.readLock().lock();
        try {
            requireOpen();
            var family = tables.get(table);
            return family == null ? ifAbsent : read.of(family);
        } catch (RocksDBException e) {
            throw new StoreException("read of " + table + " failed: " + e.getMessage(), e);
        } finally {
            handles.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
