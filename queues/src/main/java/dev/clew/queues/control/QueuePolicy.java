// SPDX-License-Identifier: Apache-2.0
package dev.clew.queues.control;

import dev.clew.queues.call.Refusal;
import dev.clew.queues.ledger.QueueDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The policy of a queue as AddPermission and RemovePermission write it. */
final class QueuePolicy {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String STATEMENT = "Statement";
    private static final Set<String> ACTIONS = Set.of(
            "*",
            "SendMessage",
            "ReceiveMessage",
            "DeleteMessage",
            "ChangeMessageVisibility",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "PurgeQueue");

    private QueuePolicy() {}

    /** Whether {@code text} can be a policy at all. Its grammar is the policy engine's business. */
    static boolean isPolicy(String text) {
        try {
            var policy = JSON.readTree(text);
            return policy.isObject() && policy.has(STATEMENT);
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The policy with one more statement. */
    static String add(QueueDefinition queue, String label, List<String> accounts, List<String> actions) {
        for (var action : actions) {
            if (!ACTIONS.contains(action)) {
                throw Refusal.value(
                        action, "ActionName", "Please refer to the appropriate WSDL for a list of valid actions. ");
            }
        }
        var policy = read(queue.attributes().get(QueueAttributes.POLICY), queue);
        var statements = statements(policy);
        if (find(statements, label) >= 0) {
            throw Refusal.value(label, "Label", "Already exists.");
        }
        var statement = statements.addObject().put("Sid", label).put("Effect", "Allow");
        var principals = statement.putObject("Principal").putArray("AWS");
        accounts.forEach(account -> principals.add("arn:aws:iam::" + account + ":root"));
        var names = statement.putArray("Action");
        actions.forEach(action -> names.add("SQS:" + action));
        statement.put("Resource", queue.arn().toString());
        return JSON.writeValueAsString(policy);
    }

    /** The policy without the statement of this label; empty if none is left. */
    static String remove(QueueDefinition queue, String label) {
        var policy = read(queue.attributes().get(QueueAttributes.POLICY), queue);
        var statements = statements(policy);
        int at = find(statements, label);
        if (at < 0) {
            throw Refusal.value(label, "Label", "can't find label.");
        }
        statements.remove(at);
        return statements.isEmpty() ? "" : JSON.writeValueAsString(policy);
    }

    private static ObjectNode read(@Nullable String text, QueueDefinition queue) {
        if (text != null && JSON.readTree(text) instanceof ObjectNode policy) {
            return policy;
        }
        var fresh = JSON.createObjectNode();
        fresh.put("Version", "2012-10-17");
        fresh.put("Id", queue.arn() + "/SQSDefaultPolicy");
        return fresh;
    }

    private static ArrayNode statements(ObjectNode policy) {
        JsonNode statements = policy.get(STATEMENT);
        if (statements instanceof ArrayNode array) {
            return array;
        }
        var array = policy.putArray(STATEMENT);
        if (statements != null) {
            array.add(statements);
        }
        return array;
    }

    private static int find(ArrayNode statements, String label) {
        return IntStream.range(0, statements.size())
                .filter(i -> statements.get(i).path("Sid").asString("").equals(label))
                .findFirst()
                .orElse(-1);
    }
}
