// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.message;

import dev.clew.core.IdSource;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.queues.ledger.StoredMessage;
import dev.clew.queues.ledger.StoredMessage.Attribute;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes drafts of what clients want to send, by the rules of the queue. */
final class Drafts {
    private static final Pattern FIFO_ID = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final String NOT_HERE = "The request include parameter that is not valid for this queue type.";

    private final IdSource ids;

    Drafts(IdSource ids) {
        this.ids = ids;
    }

    /**
     * What a client wants to send.
     *
     * @param explicitTrace the trace header that the sender set as an attribute, or null
     * @param ambientTrace the trace header of the request itself, or null; the explicit one wins
     */
    record Wish(
            @Nullable String body,
            @Nullable Integer delaySeconds,
            Map<String, Attribute> attributes,
            @Nullable String explicitTrace,
            @Nullable String ambientTrace,
            @Nullable String deduplicationId,
            @Nullable String group,
            String senderId) {}

    /** @throws dev.clew.wire.ServiceException if the queue does not take it */
    Draft check(QueueDefinition queue, Wish wish) {
        var body = Refusal.text(wish.body(), "MessageBody");
        Bodies.checkCharacters(body);
        long size = MessageAttributes.utf8(body) + MessageAttributes.size(wish.attributes());
        if (size > queue.maximumMessageSize()) {
            throw Refusal.invalid("One or more parameters are invalid. Reason: Message must be shorter than "
                    + queue.maximumMessageSize() + " bytes.");
        }
        var delay = wish.delaySeconds();
        Refusal.range(delay, "DelaySeconds", 0, 900, "DelaySeconds must be >= 0 and <= 900.");
        if (queue.fifo() && delay != null && delay > 0) {
            throw Refusal.value(delay, "DelaySeconds", NOT_HERE);
        }
        var stored = new StoredMessage(
                ids.nextUuid().toString(),
                body,
                wish.attributes(),
                wish.senderId(),
                wish.explicitTrace() == null ? wish.ambientTrace() : wish.explicitTrace(),
                group(queue, wish.group()),
                deduplicationId(queue, wish.deduplicationId(), body));
        return new Draft(
                stored,
                stored.bytes(),
                queue.fifo() ? null : delay,
                size,
                MessageAttributes.systemMd5(wish.explicitTrace()));
    }

    private static @Nullable String group(QueueDefinition queue, @Nullable String group) {
        if (group == null) {
            if (queue.fifo()) {
                throw Refusal.missing("MessageGroupId");
            }
            return null;
        }
        checkId(group, "MessageGroupId");
        return group;
    }

    private static @Nullable String deduplicationId(QueueDefinition queue, @Nullable String id, String body) {
        if (!queue.fifo()) {
            if (id != null) {
                throw Refusal.value(id, "MessageDeduplicationId", NOT_HERE);
            }
            return null;
        }
        if (id != null) {
            checkId(id, "MessageDeduplicationId");
            return id;
        }
        if (!queue.deduplicatesByContent()) {
            throw Refusal.invalid("The queue should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
        return sha256(body);
    }

    private static void checkId(String id, String parameter) {
        if (!FIFO_ID.matcher(id).matches()) {
            throw Refusal.value(
                    id,
                    parameter,
                    parameter + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
