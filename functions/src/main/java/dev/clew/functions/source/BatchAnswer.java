// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.functions.source.QueueSource.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads which messages of a batch a function says it could not process. */
final class BatchAnswer {
    private static final String FAILURES = "batchItemFailures";

    private BatchAnswer() {}

    /** The messages that are done with. An answer that cannot be understood fails the whole batch: nothing is lost by it. */
    static List<Message> done(byte[] answer, List<Message> batch) {
        JsonNode json;
        try {
            json = answer.length == 0
                    ? JsonMapper.shared().nullNode()
                    : JsonMapper.shared().readTree(answer);
        } catch (JacksonException e) {
            return List.of();
        }
        var failures = json.path(FAILURES);
        if (failures.isMissingNode()) {
            return misspelt(json) ? List.of() : batch;
        }
        if (failures.isNull()) {
            return batch;
        }
        if (!failures.isArray()) {
            return List.of();
        }
        var known = new HashSet<String>();
        batch.forEach(message -> known.add(message.messageId()));
        var failed = new HashSet<String>();
        for (var failure : failures) {
            var id = failure.path("itemIdentifier");
            if (!id.isString() || !known.contains(id.asString())) {
                return List.of();
            }
            failed.add(id.asString());
        }
        return batch.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .toList();
    }

    /** Whether a member was meant to be the list of failures. */
    private static boolean misspelt(JsonNode json) {
        return json.propertyNames().stream()
                .map(name -> name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.startsWith("batchitemfailure"));
    }
}
