// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import java.util.List;

/** A pattern over ARNs: wildcards stay within the part, between two colons, in which they stand. */
record ArnPattern(List<Glob> parts) {
    private static final int PARTS = 6;

    ArnPattern {
        parts = List.copyOf(parts);
    }

    static ArnPattern of(Glob pattern) {
        return new ArnPattern(pattern.split(PARTS));
    }

    /**
     * As the element {@code Resource} matches: the last part of a pattern that has fewer than six takes all that is left,
     * so that {@code *} matches anything and {@code arn:aws:sqs:*} every queue.
     */
    boolean matchesResource(String resource) {
        var actual = resource.split(":", parts.size());
        if (actual.length != parts.size()) {
            return false;
        }
        for (int i = 0; i < actual.length; i++) {
            if (!parts.get(i).matches(actual[i])) {
                return false;
            }
        }
        return true;
    }

    /** As the condition {@code ArnLike} matches: both must have six parts. */
    boolean matchesArn(String arn) {
        return parts.size() == PARTS && matchesResource(arn);
    }
}
