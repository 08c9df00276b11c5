// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

/** A text is not a policy, or not one of the kind it is meant for. The message is the one that callers are told. */
public final class MalformedPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPolicyException(String message) {
        super(message, null, false, false);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
