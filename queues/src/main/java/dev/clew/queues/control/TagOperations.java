// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.api.ListQueueTagsRequest;
import dev.clew.queues.api.ListQueueTagsResult;
import dev.clew.queues.api.TagQueueRequest;
import dev.clew.queues.api.UntagQueueRequest;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Change;
import dev.clew.queues.ledger.Ledger;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** TagQueue, UntagQueue, ListQueueTags. */
final class TagOperations {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final Ledger ledger;

    TagOperations(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @throws dev.clew.wire.ServiceException if a queue cannot have them */
    static Map<String, String> check(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw Refusal.invalid("Too many tags: " + tags.size() + " (at most " + MOST + ").");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                throw Refusal.invalid("Tag keys must be between 1 and " + LONGEST_KEY
                        + " characters in length, tag values at most " + LONGEST_VALUE + '.');
            }
        });
        return tags;
    }

    Unit tag(TagQueueRequest input, Call call) {
        var added = Refusal.required(input.tags(), "Tags");
        return change(input.queueUrl(), call, tags -> {
            tags.putAll(added);
            return tags;
        });
    }

    Unit untag(UntagQueueRequest input, Call call) {
        List<String> removed = Refusal.required(input.tagKeys(), "TagKeys");
        return change(input.queueUrl(), call, tags -> {
            removed.forEach(tags::remove);
            return tags;
        });
    }

    private Unit change(@Nullable String url, Call call, UnaryOperator<Map<String, String>> edit) {
        var address = QueueUrl.parse(url, call);
        return ledger.decide(turn -> {
            var queue = turn.state()
                    .find(address.scope(), address.name())
                    .orElseThrow(Refusal::noQueue)
                    .definition();
            var tags = check(edit.apply(new HashMap<>(queue.tags())));
            turn.change(new Change.QueueSet(queue.withTags(tags)));
            return Unit.VALUE;
        });
    }

    ListQueueTagsResult list(ListQueueTagsRequest input, Call call) {
        var address = QueueUrl.parse(input.queueUrl(), call);
        var tags = ledger.definition(address.scope(), address.name())
                .orElseThrow(Refusal::noQueue)
                .tags();
        return new ListQueueTagsResult(tags.isEmpty() ? null : tags);
    }
}
