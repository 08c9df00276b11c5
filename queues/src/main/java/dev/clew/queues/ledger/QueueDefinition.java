// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it was configured. Times are epoch milliseconds.
 *
 * @param id ours; never used twice, so that a queue made anew has nothing of its predecessor
 * @param attributes that were set, by the API's names; what is absent has its default
 * @param purgedAt the last PurgeQueue; 0 if there was none
 */
public record QueueDefinition(
        long id,
        String account,
        String region,
        String name,
        Map<String, String> attributes,
        Map<String, String> tags,
        long createdAt,
        long modifiedAt,
        long purgedAt) {
    private static final Map<String, String> DEFAULTS = Map.of(
            "VisibilityTimeout", "30",
            "DelaySeconds", "0",
            "ReceiveMessageWaitTimeSeconds", "0",
            "MessageRetentionPeriod", "345600",
            "MaximumMessageSize", "1048576",
            "SqsManagedSseEnabled", "true");
    private static final Map<String, String> FIFO_DEFAULTS = Map.of(
            "FifoQueue", "true",
            "ContentBasedDeduplication", "false",
            "DeduplicationScope", "queue",
            "FifoThroughputLimit", "perQueue");

    public QueueDefinition {
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }

    /** {@code account/region/name}: how a scope's queues stand together, in order of their names. */
    public String key() {
        return key(new Scope(account, region), name);
    }

    /** The key of the queue with this name. */
    public static String key(Scope scope, String name) {
        return scope.key() + '/' + name;
    }

    public Arn arn() {
        return Arn.of("sqs", region, account, name);
    }

    public boolean fifo() {
        return name.endsWith(".fifo");
    }

    /** The attribute as it was set, or its default; null if it has neither. */
    public @Nullable String attribute(String attribute) {
        var set = attributes.get(attribute);
        if (set != null) {
            return set;
        }
        var common = DEFAULTS.get(attribute);
        return common == null && fifo() ? FIFO_DEFAULTS.get(attribute) : common;
    }

    /** Every settable attribute that has a value. */
    public Map<String, String> effective() {
        var all = new TreeMap<>(DEFAULTS);
        if (fifo()) {
            all.putAll(FIFO_DEFAULTS);
        }
        all.putAll(attributes);
        return all;
    }

    public long visibilityTimeout() {
        return 1_000 * number("VisibilityTimeout");
    }

    public long delay() {
        return 1_000 * number("DelaySeconds");
    }

    public int waitSeconds() {
        return (int) number("ReceiveMessageWaitTimeSeconds");
    }

    public long retention() {
        return 1_000 * number("MessageRetentionPeriod");
    }

    public int maximumMessageSize() {
        return (int) number("MaximumMessageSize");
    }

    public boolean deduplicatesByContent() {
        return "true".equals(attribute("ContentBasedDeduplication"));
    }

    public boolean deduplicatesPerGroup() {
        return "messageGroup".equals(attribute("DeduplicationScope"));
    }

    private long number(String attribute) {
        return Long.parseLong(Objects.requireNonNull(attribute(attribute)));
    }

    /** The same under its number. */
    public QueueDefinition withId(long number) {
        return new QueueDefinition(number, account, region, name, attributes, tags, createdAt, modifiedAt, purgedAt);
    }

    /** The same with other attributes. */
    public QueueDefinition withAttributes(Map<String, String> all, long now) {
        return new QueueDefinition(id, account, region, name, all, tags, createdAt, now, purgedAt);
    }

    /** The same with other tags. */
    public QueueDefinition withTags(Map<String, String> all) {
        return new QueueDefinition(id, account, region, name, attributes, all, createdAt, modifiedAt, purgedAt);
    }

    /** The same, purged now. */
    public QueueDefinition withPurge(long now) {
        return new QueueDefinition(id, account, region, name, attributes, tags, createdAt, modifiedAt, now);
    }
}
