// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.api.iam.Tag;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tags of roles and policies: keys differ by more than case, and are kept in their order. */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    /** The tags of a new resource. */
    static List<Tag> of(@Nullable List<Tag> tags) {
        return tags == null ? List.of() : added(List.of(), tags);
    }

    /** {@code before} with {@code more}, which replace those with the same key. */
    static List<Tag> added(List<Tag> before, List<Tag> more) {
        var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var tag : more) {
            if (!keys.add(tag.key())) {
                throw IamErrors.invalidInputException(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw IamErrors.invalidInputException("Tag keys that begin with aws: are reserved: " + tag.key());
            }
        }
        var tags = byKey(before);
        more.forEach(tag -> tags.put(tag.key(), tag));
        if (tags.size() > MOST) {
            throw IamErrors.limitExceededException("Cannot exceed quota for TagsPerResource: " + MOST);
        }
        return List.copyOf(tags.values());
    }

    static List<Tag> removed(List<Tag> before, List<String> keys) {
        var tags = byKey(before);
        keys.forEach(tags::remove);
        return List.copyOf(tags.values());
    }

    private static TreeMap<String, Tag> byKey(List<Tag> tags) {
        var byKey = new TreeMap<String, Tag>(String.CASE_INSENSITIVE_ORDER);
        tags.forEach(tag -> byKey.put(tag.key(), tag));
        return byKey;
    }
}
