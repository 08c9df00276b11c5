// SPDX-License-Identifier: Apache-2.0
package dev.clew.storage;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/** Settings of the native database for a small machine with many, mostly small, tables. */
final class DatabaseOptions implements AutoCloseable {
    private static final int BITS_PER_KEY = 10;
    private static final long ARENA_BLOCK_BYTES = 64 * 1024;
    private static final long INFO_LOG_BYTES = 1024 * 1024;
    private static final int FAST_COMPRESSION = 1;
    private static final long SYNC_STEP_BYTES = 1024 * 1024;

    private final Cache cache;
    private final BloomFilter filter = new BloomFilter(BITS_PER_KEY);
    private final CompressionOptions compression = new CompressionOptions().setLevel(FAST_COMPRESSION);
    private final DBOptions database;
    private final ColumnFamilyOptions table;

    DatabaseOptions(RocksSettings settings) {
        cache = new LRUCache(settings.blockCacheBytes());
        database = new DBOptions()
                .setCreateIfMissing(true)
                // A write that power loss cut off ends the log. Opening goes on from there, without repair: what had
                // been flushed, and so acknowledged, lies before it.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setDbWriteBufferSize(settings.writeBufferBytes())
                // A rarely written table would keep old log files for ever, and every start would read them.
                .setMaxTotalWalSize(settings.writeBufferBytes())
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(SYNC_STEP_BYTES)
                .setMaxOpenFiles(512)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
        table = new ColumnFamilyOptions()
                .setWriteBufferSize(settings.writeBufferBytes() / 3)
                // The default of 1 MB would be the cost of each table that holds one key.
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                // The same on every level: files of tables whose keys grow with time then sink without being rewritten.
                .setCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setCompressionOptions(compression)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(16 * 1024)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(filter)
                        .setFormatVersion(5));
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions table() {
        return table;
    }

    @Override
    public void close() {
        table.close();
        compression.close();
        database.close();
        filter.close();
        cache.close();
    }
}
