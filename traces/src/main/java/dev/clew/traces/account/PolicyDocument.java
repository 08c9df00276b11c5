// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.account;

import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.Call;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A policy document, as far as it matters whether its author could still change it. */
record PolicyDocument(List<JsonNode> statements) {
    private static final Set<String> PUTTING = Set.of("*", "xray:*", "xray:PutResourcePolicy", "xray:Put*");

    /** @throws dev.clew.wire.ServiceException if {@code text} is no policy */
    static PolicyDocument parse(String text) {
        JsonNode document;
        try {
            document = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw XrayErrors.malformedPolicyDocumentException("PolicyDocument: not JSON (expected: an IAM policy)");
        }
        var statements =
                elements(document.path("Statement")).filter(JsonNode::isObject).toList();
        if (!document.path("Version").isString() || statements.isEmpty()) {
            throw XrayErrors.malformedPolicyDocumentException(
                    "PolicyDocument: no IAM policy (expected: an object with Version and Statement)");
        }
        for (var statement : statements) {
            var effect = statement.path("Effect").asString("");
            if (!effect.equals("Allow") && !effect.equals("Deny")) {
                throw XrayErrors.malformedPolicyDocumentException(
                        "PolicyDocument: Effect '" + effect + "' (expected: Allow or Deny)");
            }
        }
        return new PolicyDocument(statements);
    }

    private static Stream<JsonNode> elements(JsonNode oneOrMany) {
        return oneOrMany.isArray()
                ? StreamSupport.stream(oneOrMany.spliterator(), false)
                : Stream.of(oneOrMany).filter(node -> !node.isMissingNode());
    }

    private static Stream<String> texts(JsonNode oneOrMany) {
        return elements(oneOrMany).map(node -> node.asString(""));
    }

    /** Whether a statement denies {@code caller} to put policies. Conditions are not looked at. */
    boolean locksOut(Call.Caller caller) {
        var account = caller.arn().account();
        var names = List.of("*", caller.arn().toString(), account, "arn:aws:iam::" + account + ":root");
        return statements.stream()
                .filter(statement -> statement.path("Effect").asString("").equals("Deny"))
                .filter(statement -> !statement.has("Condition"))
                .filter(statement -> texts(statement.path("Action")).anyMatch(PUTTING::contains))
                .anyMatch(statement -> principals(statement).anyMatch(names::contains));
    }

    private static Stream<String> principals(JsonNode statement) {
        var principal = statement.path("Principal");
        return principal.isObject() ? texts(principal.path("AWS")) : texts(principal);
    }
}
