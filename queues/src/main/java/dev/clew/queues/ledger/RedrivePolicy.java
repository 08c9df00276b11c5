// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.ledger;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a queue's messages go that nobody manages to delete.
 *
 * @param target ARN of the dead letter queue
 * @param maxReceives a message received this often goes there instead of being received again
 */
public record RedrivePolicy(String target, int maxReceives) {
    /** The attribute's name. */
    public static final String ATTRIBUTE = "RedrivePolicy";

    static Optional<RedrivePolicy> of(QueueDefinition queue) {
        var text = queue.attribute(ATTRIBUTE);
        if (text == null) {
            return Optional.empty();
        }
        try {
            var policy = JsonMapper.shared().readTree(text);
            return Optional.of(new RedrivePolicy(
                    policy.path("deadLetterTargetArn").asString(""),
                    policy.path("maxReceiveCount").asInt(0)));
        } catch (JacksonException e) {
            return Optional.empty(); // was checked when it was set
        }
    }
}
