// SPDX-License-Identifier: Apache-2.0
package dev.clew.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.core.TaskGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Store} promises. A subclass says how one is opened, and what happens between writes and reads. */
public abstract class StoreContract {
    private Store store;

    /** A new, empty store. */
    protected abstract Store open() throws Exception;

    /** Called after the writes of a test; its result answers the reads. For example the same store, opened again. */
    protected Store settle(Store written) throws Exception {
        return written;
    }

    @BeforeEach
    void start() throws Exception {
        store = open();
    }

    @AfterEach
    void end() {
        store.close();
    }

    private void settle() throws Exception {
        store = settle(store);
    }

    @Test
    void readsWhatWasCommitted() throws Exception {
        store.commit(new WriteBatch().put("rules", "a", bytes("1")).put("rules", "b", bytes("")));
        settle();
        assertThat(store.get("rules", bytes("a"))).isEqualTo(bytes("1"));
        assertThat(store.get("rules", bytes("b"))).isEmpty();
        assertThat(store.get("rules", bytes("c"))).isNull();
    }

    @Test
    void keepsTablesApart() throws Exception {
        store.commit(new WriteBatch().put("one", "k", bytes("1")).put("two", "k", bytes("2")));
        settle();
        assertThat(store.get("one", bytes("k"))).isEqualTo(bytes("1"));
        assertThat(store.get("two", bytes("k"))).isEqualTo(bytes("2"));
        assertThat(store.tables()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void takesAnyTextAsNameOfATable() throws Exception {
        var names = List.of("default", "t:x", "", "Größe", "a/b c");
        var batch = new WriteBatch();
        names.forEach(name -> batch.put(name, "k", bytes(name)));
        store.commit(batch);
        settle();
        assertThat(store.tables()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names)
                .allSatisfy(name -> assertThat(store.get(name, bytes("k"))).isEqualTo(bytes(name)));
    }

    @Test
    void readsATableThatDoesNotExistAsEmpty() throws Exception {
        settle();
        assertThat(store.get("none", bytes("k"))).isNull();
        assertThat(store.scan("none", bytes(""), null, 10)).isEmpty();
        assertThat(store.last("none")).isNull();
        assertThat(store.tables()).isEmpty();
    }

    @Test
    void makesNoTableByReadingOrDeleting() throws Exception {
        store.get("none", bytes("k"));
        store.commit(new WriteBatch().delete("none", "k").deleteRange("none", bytes("a"), bytes("b")));
        settle();
        assertThat(store.tables()).isEmpty();
    }

    @Test
    void appliesTheChangesOfABatchInOrder() throws Exception {
        store.commit(new WriteBatch()
                .put("t", "a", bytes("1"))
                .delete("t", "a")
                .put("t", "b", bytes("1"))
                .put("t", "b", bytes("2"))
                .put("t", "c", bytes("1"))
                .deleteRange("t", bytes("c"), bytes("d"))
                .put("t", "c", bytes("3")));
        settle();
        assertThat(keys(store.scan("t", bytes(""), null, 10))).containsExactly("b", "c");
        assertThat(store.get("t", bytes("b"))).isEqualTo(bytes("2"));
        assertThat(store.get("t", bytes("c"))).isEqualTo(bytes("3"));
    }

    @Test
    void deletesARangeWithoutItsEnd() throws Exception {
        store.commit(letters("t"));
        store.commit(
                new WriteBatch().deleteRange("t", bytes("b"), bytes("d")).deleteRange("t", bytes("a"), bytes("a")));
        settle();
        assertThat(keys(store.scan("t", bytes(""), null, 10))).containsExactly("a", "d", "e");
    }

    @Test
    void ordersKeysAsUnsignedBytes() throws Exception {
        store.commit(new WriteBatch()
                .put("t", new byte[] {(byte) 0xff}, bytes("3"))
                .put("t", new byte[] {0x7f}, bytes("1"))
                .put("t", new byte[] {(byte) 0x80}, bytes("2"))
                .put("t", new byte[] {}, bytes("0")));
        settle();
        assertThat(store.scan("t", bytes(""), null, 10))
                .extracting(entry -> text(entry.value()))
                .containsExactly("0", "1", "2", "3");
        assertThat(store.last("t")).extracting(Store.Entry::value).isEqualTo(bytes("3"));
    }

    @Test
    void scansFromInclusiveToExclusive() throws Exception {
        store.commit(letters("t"));
        settle();
        assertThat(keys(store.scan("t", bytes("b"), bytes("d"), 10))).containsExactly("b", "c");
        assertThat(keys(store.scan("t", bytes("bb"), null, 10))).containsExactly("c", "d", "e");
        assertThat(store.scan("t", bytes("c"), bytes("c"), 10)).isEmpty();
        assertThat(store.scan("t", bytes("d"), bytes("b"), 10)).isEmpty();
        assertThat(store.scan("t", bytes("f"), null, 10)).isEmpty();
    }

    @Test
    void scansNoMoreThanTheLimit() throws Exception {
        store.commit(letters("t"));
        settle();
        assertThat(keys(store.scan("t", bytes("b"), null, 2))).containsExactly("b", "c");
        assertThat(store.scan("t", bytes(""), null, 0)).isEmpty();
        assertThat(store.scan("t", bytes(""), null, Integer.MAX_VALUE)).hasSize(5);
        assertThatThrownBy(() -> store.scan("t", bytes(""), null, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scansBackwardFromTheEndOfTheRange() throws Exception {
        store.commit(letters("t"));
        settle();
        assertThat(keys(store.scanBackward("t", bytes("b"), bytes("d"), 10))).containsExactly("c", "b");
        assertThat(keys(store.scanBackward("t", bytes(""), null, 2))).containsExactly("e", "d");
        assertThat(keys(store.scanBackward("t", bytes("d"), bytes("z"), 9))).containsExactly("e", "d");
        assertThat(store.scanBackward("t", bytes("d"), bytes("b"), 10)).isEmpty();
        assertThat(store.scanBackward("t", bytes(""), null, 0)).isEmpty();
        assertThat(store.scanBackward("none", bytes(""), null, 10)).isEmpty();
        assertThatThrownBy(() -> store.scanBackward("t", bytes(""), null, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheLastEntry() throws Exception {
        store.commit(letters("t"));
        store.commit(new WriteBatch().delete("t", "e"));
        settle();
        assertThat(store.last("t")).extracting(Store.Entry::key).isEqualTo(bytes("d"));
    }

    @Test
    void dropsATableWithAllItHolds() throws Exception {
        store.commit(letters("old").put("new", "k", bytes("v")));
        store.drop("old");
        store.drop("never there");
        assertThat(store.tables()).containsExactly("new");
        settle();
        assertThat(store.scan("old", bytes(""), null, 10)).isEmpty();
        assertThat(store.tables()).containsExactly("new");
    }

    @Test
    void makesADroppedTableAnew() throws Exception {
        store.commit(letters("t"));
        store.drop("t");
        store.commit(new WriteBatch().put("t", "z", bytes("1")));
        settle();
        assertThat(keys(store.scan("t", bytes(""), null, 10))).containsExactly("z");
    }

    @Test
    void takesAnEmptyBatch() throws Exception {
        store.commit(new WriteBatch());
        settle();
        assertThat(store.tables()).isEmpty();
    }

    @Test
    void refusesARangeThatRunsBackwards() {
        assertThatThrownBy(() -> new WriteBatch().deleteRange("t", bytes("b"), bytes("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from: after to (expected: from <= to)");
    }

    @Test
    void holdsLargeValues() throws Exception {
        var value = new byte[3 * 1024 * 1024];
        new SplittableRandom(1).nextBytes(value);
        store.commit(new WriteBatch().put("t", "big", value));
        settle();
        assertThat(store.get("t", bytes("big"))).isEqualTo(value);
    }

    @Test
    void commitsForAnInterruptedThreadWhichStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        store.commit(new WriteBatch().put("t", "k", bytes("v")));
        assertThat(store.get("t", bytes("k"))).isEqualTo(bytes("v"));
        assertThat(Thread.interrupted()).isTrue();
        settle();
        assertThat(store.get("t", bytes("k"))).isEqualTo(bytes("v"));
    }

    @Test
    void showsEachOfManyVirtualThreadsWhatItCommitted() throws Exception {
        int threads = 200;
        int each = 20;
        try (var writers = TaskGroup.open("writer")) {
            for (int i = 0; i < threads; i++) {
                var name = "w%03d".formatted(i);
                writers.fork(() -> {
                    for (int n = 0; n < each; n++) {
                        var key = bytes(name + "/%02d".formatted(n));
                        store.commit(
                                new WriteBatch().put("left", key, bytes(name)).put("right", key, bytes(name)));
                        assertThat(store.get("left", key)).isEqualTo(bytes(name));
                        assertThat(store.scan("right", bytes(name), bytes(name + "0"), each))
                                .hasSize(n + 1);
                    }
                    return null;
                });
            }
            writers.join(Duration.ofMinutes(2));
        }
        settle();
        assertThat(store.scan("left", bytes(""), null, Integer.MAX_VALUE)).hasSize(threads * each);
        assertThat(keys(store.scan("left", bytes(""), null, Integer.MAX_VALUE)))
                .isEqualTo(keys(store.scan("right", bytes(""), null, Integer.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithASortedMap(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var expected = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (int i = 0; i < 40; i++) {
            var batch = new WriteBatch();
            for (int n = random.nextInt(1, 12); n > 0; n--) {
                change(random, batch, expected);
            }
            store.commit(batch);
        }
        settle();
        for (int i = 0; i < 20; i++) {
            var from = key(random);
            var to = key(random);
            var range = expected.subMap(from, true, Arrays.compareUnsigned(from, to) < 0 ? to : from, false);
            assertSame(store.scan("t", from, to, Integer.MAX_VALUE), new ArrayList<>(range.entrySet()));
            assertSame(
                    store.scanBackward("t", from, to, Integer.MAX_VALUE),
                    new ArrayList<>(range.descendingMap().entrySet()));
            assertThat(store.get("t", from)).isEqualTo(expected.get(from));
        }
        assertSame(store.scan("t", new byte[0], null, Integer.MAX_VALUE), new ArrayList<>(expected.entrySet()));
    }

    private static void change(SplittableRandom random, WriteBatch batch, TreeMap<byte[], byte[]> expected) {
        var key = key(random);
        var other = key(random);
        switch (random.nextInt(10)) {
            case 0 -> {
                var low = Arrays.compareUnsigned(key, other) <= 0 ? key : other;
                var high = low == key ? other : key;
                batch.deleteRange("t", low, high);
                expected.subMap(low, high).clear();
            }
            case 1, 2 -> {
                batch.delete("t", key);
                expected.remove(key);
            }
            default -> {
                batch.put("t", key, other);
                expected.put(key, other);
            }
        }
    }

    private static byte[] key(SplittableRandom random) {
        var key = new byte[random.nextInt(3)];
        random.nextBytes(key);
        return key;
    }

    private static void assertSame(List<Store.Entry> actual, List<Map.Entry<byte[], byte[]>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).key()).isEqualTo(expected.get(i).getKey());
            assertThat(actual.get(i).value()).isEqualTo(expected.get(i).getValue());
        }
    }

    private static WriteBatch letters(String table) {
        var batch = new WriteBatch();
        for (var letter : List.of("c", "a", "e", "b", "d")) {
            batch.put(table, letter, bytes(letter));
        }
        return batch;
    }

    private static List<String> keys(List<Store.Entry> entries) {
        return entries.stream().map(entry -> text(entry.key())).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }
}
