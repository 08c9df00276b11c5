// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.api.SqsErrors;
import dev.clew.queues.ledger.RedrivePolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attributes of queues that can be set, and what they may be. */
final class QueueAttributes {
    static final String POLICY = "Policy";
    static final String REDRIVE_ALLOW_POLICY = "RedriveAllowPolicy";
    static final String FIFO_QUEUE = "FifoQueue";

    private static final String KMS_KEY = "KmsMasterKeyId";
    private static final Map<String, Range> NUMBERS = Map.of(
            "VisibilityTimeout", new Range(0, 43_200),
            "DelaySeconds", new Range(0, 900),
            "ReceiveMessageWaitTimeSeconds", new Range(0, 20),
            "MessageRetentionPeriod", new Range(60, 1_209_600),
            "MaximumMessageSize", new Range(1_024, 1_048_576),
            "KmsDataKeyReusePeriodSeconds", new Range(60, 86_400));
    private static final Map<String, Set<String>> WORDS = Map.of(
            "SqsManagedSseEnabled",
            Set.of("true", "false"),
            FIFO_QUEUE,
            Set.of("true", "false"),
            "ContentBasedDeduplication",
            Set.of("true", "false"),
            "DeduplicationScope",
            Set.of("queue", "messageGroup"),
            "FifoThroughputLimit",
            Set.of("perQueue", "perMessageGroupId"));
    private static final Set<String> FIFO_ONLY =
            Set.of(FIFO_QUEUE, "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");
    private static final Set<String> DOCUMENTS = Set.of(POLICY, RedrivePolicy.ATTRIBUTE, REDRIVE_ALLOW_POLICY);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final int LONGEST_DOCUMENT = 65_536;
    private static final int LONGEST_KEY = 2_048;

    private record Range(int min, int max) {}

    private QueueAttributes() {}

    /**
     * What {@code wanted} sets. An empty document or key takes the attribute away: its value here is empty.
     *
     * @throws dev.clew.wire.ServiceException if an attribute is unknown or cannot be so
     */
    static Map<String, String> check(@Nullable Map<String, String> wanted, boolean fifo) {
        var checked = new HashMap<String, String>();
        if (wanted != null) {
            wanted.forEach((name, value) -> checked.put(name, check(name, value, fifo)));
        }
        return checked;
    }

    private static String check(String name, String value, boolean fifo) {
        if (!fifo && FIFO_ONLY.contains(name)) {
            throw SqsErrors.invalidAttributeName("Unknown Attribute " + name + '.');
        }
        var range = NUMBERS.get(name);
        if (range != null) {
            return number(name, value, range);
        }
        var words = WORDS.get(name);
        if (words != null) {
            return word(name, value, words);
        }
        if (name.equals(KMS_KEY)) {
            return value.length() <= LONGEST_KEY ? value : refuse(name);
        }
        if (!DOCUMENTS.contains(name)) {
            throw SqsErrors.invalidAttributeName("Unknown Attribute " + name + '.');
        }
        if (value.isBlank()) {
            return "";
        }
        if (value.length() > LONGEST_DOCUMENT) {
            return refuse(name);
        }
        return switch (name) {
            case RedrivePolicy.ATTRIBUTE -> RedrivePolicies.check(value);
            case REDRIVE_ALLOW_POLICY -> RedrivePolicies.checkAllow(value);
            default -> QueuePolicy.isPolicy(value) ? value : refuse(name);
        };
    }

    private static String number(String name, String value, Range range) {
        if (!DIGITS.matcher(value).matches()) {
            return refuse(name);
        }
        int number = Integer.parseInt(value);
        return number >= range.min() && number <= range.max() ? Integer.toString(number) : refuse(name);
    }

    private static String word(String name, String value, Set<String> words) {
        return words.contains(value) ? value : refuse(name);
    }

    private static String refuse(String name) {
        throw SqsErrors.invalidAttributeValue("Invalid value for the parameter " + name + '.');
    }

    /** {@code old} with {@code changes}: an empty value takes an attribute away. */
    static Map<String, String> merge(Map<String, String> old, Map<String, String> changes) {
        var merged = new HashMap<>(old);
        changes.forEach((name, value) -> {
            if (value.isEmpty()) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }

    /** The same without its empty values. */
    static Map<String, String> withoutEmpty(Map<String, String> attributes) {
        return merge(Map.of(), attributes);
    }
}
