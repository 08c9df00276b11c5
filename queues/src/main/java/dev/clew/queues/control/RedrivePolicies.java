// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.core.Arn;
import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.QueueDefinition;
import dev.clew.queues.ledger.RedrivePolicy;
import dev.clew.queues.ledger.State;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks RedrivePolicy and RedriveAllowPolicy. */
final class RedrivePolicies {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NO_MAP = "Redrive policy is not a valid JSON map.";
    private static final Set<String> PERMISSIONS = Set.of("allowAll", "denyAll", "byQueue");
    private static final int MOST_SOURCES = 10;

    private RedrivePolicies() {}

    /** The policy as it is kept: with a number for its count. */
    static String check(String text) {
        var policy = object(text, RedrivePolicy.ATTRIBUTE, NO_MAP);
        if (Arn.parse(policy.path("deadLetterTargetArn").asString(""))
                .filter(arn -> arn.service().equals("sqs"))
                .isEmpty()) {
            throw refused(
                    text,
                    policy.has("deadLetterTargetArn")
                            ? "Invalid value for deadLetterTargetArn."
                            : "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        }
        if (!policy.has("maxReceiveCount")) {
            throw refused(text, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        }
        int max = policy.path("maxReceiveCount").asInt(0); // a number, or a text that spells one
        if (max < 1 || max > 1_000) {
            throw refused(
                    text,
                    "Invalid value for maxReceiveCount: "
                            + policy.path("maxReceiveCount").asString("") + ", valid values are from 1 to 1000 both"
                            + " inclusive.");
        }
        return text;
    }

    /** The policy as it is kept. */
    static String checkAllow(String text) {
        var policy =
                object(text, QueueAttributes.REDRIVE_ALLOW_POLICY, "Redrive allow policy is not a valid JSON map.");
        var permission = policy.path("redrivePermission").asString("");
        int sources = policy.path("sourceQueueArns").size();
        if (!PERMISSIONS.contains(permission)
                || permission.equals("byQueue") != (sources > 0)
                || sources > MOST_SOURCES) {
            throw Refusal.value(
                    text,
                    QueueAttributes.REDRIVE_ALLOW_POLICY,
                    "Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.");
        }
        return text;
    }

    /**
     * Checks the policy of {@code queue} against the queue that it names.
     *
     * @throws dev.clew.wire.ServiceException if there is no such queue, or it is of the other type or unwilling
     */
    static void checkTarget(State state, QueueDefinition queue) {
        var text = queue.attributes().get(RedrivePolicy.ATTRIBUTE);
        if (text == null) {
            return;
        }
        var target = state.find(JSON.readTree(text).path("deadLetterTargetArn").asString(""))
                .orElseThrow(() -> refused(text, "Dead letter target does not exist."))
                .definition();
        if (target.fifo() != queue.fifo()) {
            throw refused(text, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!allows(target.attributes().get(QueueAttributes.REDRIVE_ALLOW_POLICY), queue.arn())) {
            throw refused(
                    text, "Queue " + queue.name() + " is not allowed to use " + target.name() + " for dead letters.");
        }
    }

    private static boolean allows(@Nullable String policy, Arn source) {
        if (policy == null) {
            return true;
        }
        var parsed = JSON.readTree(policy);
        return switch (parsed.path("redrivePermission").asString("")) {
            case "denyAll" -> false;
            case "byQueue" ->
                parsed.path("sourceQueueArns")
                        .valueStream()
                        .anyMatch(arn -> source.toString().equals(arn.asString("")));
            default -> true;
        };
    }

    private static JsonNode object(String text, String attribute, String otherwise) {
        try {
            var node = JSON.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // answered below
        }
        throw Refusal.value(text, attribute, otherwise);
    }

    private static RuntimeException refused(String text, String reason) {
        return Refusal.value(text, RedrivePolicy.ATTRIBUTE, reason);
    }

    /** Which of {@code attributes} differs from what {@code queue} has, or null if none does. */
    static @Nullable String difference(QueueDefinition queue, Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .filter(wanted -> !same(wanted.getValue(), queue.attribute(wanted.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private static boolean same(String wanted, @Nullable String has) {
        if (has == null) {
            return wanted.isEmpty();
        }
        if (wanted.equals(has)) {
            return true;
        }
        try {
            return wanted.startsWith("{") && JSON.readTree(wanted).equals(JSON.readTree(has));
        } catch (JacksonException e) {
            return false;
        }
    }
}
