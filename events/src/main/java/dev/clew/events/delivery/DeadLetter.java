// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a dead letter says beside the event. */
final class DeadLetter {
    private static final int MOST_CHARACTERS = 1_024;

    private DeadLetter() {}

    /** The message attributes, all of type String. */
    static Map<String, String> attributes(Delivery delivery, Verdict verdict) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("RULE_ARN", delivery.ruleArn());
        attributes.put("TARGET_ARN", delivery.target().arn());
        attributes.put("ERROR_CODE", verdict.code().name());
        attributes.put("ERROR_MESSAGE", message(verdict.cause()));
        if (verdict.exhausted() != null) {
            attributes.put("EXHAUSTED_RETRY_CONDITION", verdict.exhausted());
        }
        attributes.put("RETRY_ATTEMPTS", Integer.toString(verdict.retries()));
        return attributes;
    }

    /** A queue takes no empty value, and no control characters. */
    private static String message(String cause) {
        var clean = cause.replaceAll("[^\\x09\\x0a\\x0d\\x20-\\ud7ff\\ue000-\\ufffd]", "?")
                .strip();
        return clean.isEmpty() ? "unknown" : clean.substring(0, Math.min(clean.length(), MOST_CHARACTERS));
    }
}
