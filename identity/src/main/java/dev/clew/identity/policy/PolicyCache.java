// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.concurrent.ConcurrentHashMap;

/** Parsed policies by their text, so that each is parsed once. Safe for use by many threads. */
public final class PolicyCache {
    private static final int MOST = 4_096;

    private final ConcurrentHashMap<String, PolicyDocument> documents = new ConcurrentHashMap<>();

    /** @throws MalformedPolicyException if {@code text} is not a policy */
    public PolicyDocument parse(String text) {
        var known = documents.get(text);
        if (known != null) {
            return known;
        }
        var document = PolicyParser.parse(text);
        if (documents.size() >= MOST) {
            documents.clear(); // rare, and what is in use is parsed again at once
        }
        documents.put(text, document);
        return document;
    }
}
