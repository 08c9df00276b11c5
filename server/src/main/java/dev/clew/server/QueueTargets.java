// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.core.Arn;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.delivery.Targets;
import dev.clew.events.ledger.ErrorCode;
import dev.clew.queues.Queues;
import dev.clew.queues.ledger.StoredMessage;
import dev.clew.queues.message.OutgoingMessage;
import dev.clew.queues.message.SendOutcome;
import dev.clew.queues.message.ServiceSender;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Delivers events and dead letters to queues, durably, with the trace header of the delivery. */
final class QueueTargets implements Targets {
    private static final String PRINCIPAL = "events.amazonaws.com";

    private final Queues queues;

    QueueTargets(Queues queues) {
        this.queues = queues;
    }

    @Override
    public boolean supports(Arn target) {
        return target.service().equals("sqs");
    }

    @Override
    public AttemptOutcome attempt(Attempt attempt) {
        var queue = Arn.parse(attempt.target());
        if (queue.isEmpty()) {
            return new AttemptOutcome.Refused(ErrorCode.NO_RESOURCE, attempt.target() + " is no queue");
        }
        var outcome = queues.send(
                queue.get(),
                new OutgoingMessage(
                        new String(attempt.payload(), StandardCharsets.UTF_8),
                        attributes(attempt.attributes()),
                        text(attempt.trace()),
                        attempt.options().messageGroupId(),
                        null),
                new ServiceSender(PRINCIPAL, attempt.ruleArn(), attempt.scope().account()));
        return switch (outcome) {
            case SendOutcome.Sent _ -> new AttemptOutcome.Delivered();
            case SendOutcome.NoSuchQueue(String message) -> new AttemptOutcome.Refused(ErrorCode.NO_RESOURCE, message);
            case SendOutcome.Denied(String reason) -> new AttemptOutcome.Refused(ErrorCode.NO_PERMISSIONS, reason);
            case SendOutcome.Rejected(String message) ->
                new AttemptOutcome.Refused(ErrorCode.INVALID_PARAMETER, message);
            case SendOutcome.Throttled(String reason) -> new AttemptOutcome.Unavailable(ErrorCode.THROTTLING, reason);
        };
    }

    private static Map<String, StoredMessage.Attribute> attributes(Map<String, String> texts) {
        return texts.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty()) // no queue takes an empty one
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new StoredMessage.Attribute("String", entry.getValue(), null)));
    }

    private static @Nullable String text(@Nullable TraceHeader header) {
        return header == null ? null : header.toString();
    }
}
