// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.api.ListDeadLetterSourceQueuesRequest;
import dev.clew.queues.api.ListDeadLetterSourceQueuesResult;
import dev.clew.queues.api.ListQueuesRequest;
import dev.clew.queues.api.ListQueuesResult;
import dev.clew.queues.call.QueueUrl;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.Ledger;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.wire.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListQueues and ListDeadLetterSourceQueues. */
final class ListOperations {
    private static final int MOST = 1_000;

    private final Ledger ledger;

    ListOperations(Ledger ledger) {
        this.ledger = ledger;
    }

    ListQueuesResult queues(ListQueuesRequest input, Call call) {
        checkMax(input.maxResults());
        var prefix = input.queueNamePrefix() == null ? "" : input.queueNamePrefix();
        var after = after(input.nextToken());
        var found = ledger.decide(turn -> turn.state().list(call.scope(), after).stream()
                .map(queue -> queue.definition())
                .filter(queue -> queue.name().startsWith(prefix))
                .limit(MOST + 1)
                .toList());
        var page = page(found, input.maxResults());
        return new ListQueuesResult(page.isEmpty() ? null : urls(page, call), next(found, page, input.maxResults()));
    }

    ListDeadLetterSourceQueuesResult deadLetterSources(ListDeadLetterSourceQueuesRequest input, Call call) {
        checkMax(input.maxResults());
        var address = QueueUrl.parse(input.queueUrl(), call);
        var after = after(input.nextToken());
        var found = ledger.decide(turn -> {
            var target = turn.state()
                    .find(address.scope(), address.name())
                    .orElseThrow(Refusal::noQueue)
                    .definition()
                    .arn()
                    .toString();
            return turn.state().list(address.scope(), after).stream()
                    .filter(queue -> queue.redrive()
                            .filter(policy -> policy.target().equals(target))
                            .isPresent())
                    .map(queue -> queue.definition())
                    .limit(MOST + 1)
                    .toList();
        });
        var page = page(found, input.maxResults());
        return new ListDeadLetterSourceQueuesResult(urls(page, call), next(found, page, input.maxResults()));
    }

    private static void checkMax(@Nullable Integer max) {
        Refusal.range(max, "MaxResults", 1, MOST, "Must be between 1 and 1000, if provided.");
    }

    private static List<QueueDefinition> page(List<QueueDefinition> found, @Nullable Integer max) {
        return found.subList(0, Math.min(found.size(), max == null ? MOST : max));
    }

    private static List<String> urls(List<QueueDefinition> page, Call call) {
        return page.stream().map(queue -> QueueUrl.of(queue, call)).toList();
    }

    /** A token only for those who asked for pages, as the original. */
    private static @Nullable String next(
            List<QueueDefinition> found, List<QueueDefinition> page, @Nullable Integer max) {
        return max == null || page.size() == found.size()
                ? null
                : Base64.getUrlEncoder().encodeToString(page.getLast().name().getBytes(StandardCharsets.UTF_8));
    }

    private static String after(@Nullable String token) {
        if (token == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("Invalid or expired next token.");
        }
    }
}
