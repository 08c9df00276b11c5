// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.tag;

import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.traces.api.Tag;
import dev.clew.traces.api.XrayErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags of resources, durable. Safe for use by many threads. */
public final class Tags {
    private static final String TABLE = "xray-tags";
    private static final int MAX_TAGS = 50;
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Nd}\\p{Z}_.:/=+\\-@]*");

    private final Store store;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile RecordTable<TagSet> tags;

    /** All tags of one resource. */
    record TagSet(Map<String, String> values) {
        TagSet {
            values = Map.copyOf(values);
        }
    }

    public Tags(Store store) {
        this.store = store;
        this.tags = RecordTable.open(store, TABLE, TagSet.class);
    }

    /**
     * The tags that a caller wants to put on something.
     *
     * @throws dev.clew.wire.ServiceException if they cannot be put on anything
     */
    public Map<String, String> check(@Nullable List<Tag> wanted) {
        var checked = new LinkedHashMap<String, String>();
        for (var tag : wanted == null ? List.<Tag>of() : wanted) {
            check("Tags.Key", tag.key());
            check("Tags.Value", tag.value());
            if (tag.key().regionMatches(true, 0, "aws:", 0, 4)) {
                throw XrayErrors.invalidRequestException("Tags.Key: '" + tag.key() + "' (expected: not aws:)");
            }
            if (checked.put(tag.key(), tag.value()) != null) {
                throw XrayErrors.invalidRequestException("Tags.Key: '" + tag.key() + "' (expected: each key once)");
            }
        }
        return bounded(checked);
    }

    private static void check(String member, String text) {
        if (!TEXT.matcher(text).matches()) {
            throw XrayErrors.invalidRequestException(
                    member + ": '" + text + "' (expected: letters, digits, spaces and _.:/=+-@)");
        }
    }

    private static Map<String, String> bounded(Map<String, String> values) {
        if (values.size() > MAX_TAGS) {
            throw XrayErrors.tooManyTagsException("Tags: " + values.size() + " (expected: at most " + MAX_TAGS + ")");
        }
        return values;
    }

    /** The tags of a resource, by key. */
    Map<String, String> of(String arn) {
        return new TreeMap<>(tags.find(arn).map(TagSet::values).orElse(Map.of()));
    }

    /** Adds tags to what a resource has, in place of those with the same keys; durable when it returns. */
    public void put(String arn, Map<String, String> more) {
        change(arn, values -> {
            values.putAll(more);
            return bounded(values);
        });
    }

    /** Takes tags away; those that are not there do not matter. */
    void remove(String arn, List<String> keys) {
        change(arn, values -> {
            values.keySet().removeAll(keys);
            return values;
        });
    }

    /** Takes all tags away. */
    public void forget(String arn) {
        change(arn, values -> Map.of());
    }

    private void change(String arn, UnaryOperator<Map<String, String>> decide) {
        changing.lock();
        try {
            var before = of(arn);
            var after = decide.apply(new TreeMap<>(before));
            if (after.isEmpty() && !before.isEmpty()) {
                tags.remove(arn);
            } else if (!after.equals(before)) {
                tags.put(arn, new TagSet(after));
            }
        } finally {
            changing.unlock();
        }
    }

    /** Forgets all tags. */
    public void reset() {
        changing.lock();
        try {
            if (store.tables().contains(TABLE)) {
                store.drop(TABLE);
            }
            tags = RecordTable.open(store, TABLE, TagSet.class);
        } finally {
            changing.unlock();
        }
    }
}
