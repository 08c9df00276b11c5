// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.policy.MalformedPolicyException;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.identity.policy.PolicyDocument;
import dev.clew.identity.policy.PolicyValidator;
import dev.clew.wire.http.PercentEncoding;

/** Policy texts that callers send: their syntax, what they are meant for, and their size. */
final class Documents {
    private static final int MOST_TRUST = 2_048;
    private static final int MOST_MANAGED = 6_144;

    private final PolicyCache cache;

    Documents(PolicyCache cache) {
        this.cache = cache;
    }

    void checkTrust(String text) {
        checkSize("ACLSizePerRole", text, MOST_TRUST);
        valid(() -> PolicyValidator.trust(cache.parse(text)));
    }

    void checkInline(String text) {
        valid(() -> PolicyValidator.identity(cache.parse(text)));
    }

    void checkManaged(String text) {
        checkSize("PolicySize", text, MOST_MANAGED);
        checkInline(text);
    }

    /** A text that was checked when it was stored, or comes with a simulation. */
    PolicyDocument parse(String text) {
        try {
            return cache.parse(text);
        } catch (MalformedPolicyException e) {
            throw IamErrors.malformedPolicyDocumentException(e.message());
        }
    }

    private static void valid(Runnable check) {
        try {
            check.run();
        } catch (MalformedPolicyException e) {
            throw IamErrors.malformedPolicyDocumentException(e.message());
        }
    }

    private static void checkSize(String quota, String text, int most) {
        if (size(text) > most) {
            throw IamErrors.limitExceededException("Cannot exceed quota for " + quota + ": " + most);
        }
    }

    /** Characters without white space, which does not count. */
    static int size(String text) {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /** Percent-encoded as RFC 3986 has it: the form in which IAM hands out documents. */
    static String encode(String text) {
        return PercentEncoding.encode(text);
    }
}
