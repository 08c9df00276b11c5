// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import dev.clew.core.Check;

/**
 * Whose server this is, and how much it gives. {@code toString} leaves the secret out.
 *
 * @param account twelve digits: the account of every caller that does not name another
 * @param rootAccessKeyId of the account's root user
 * @param rootSecretAccessKey its secret
 * @param managedPoliciesPerRole how many may be attached: 10 as in a new AWS account, up to 20
 * @param sessions credentials remembered at once, those that expired in the last hour included
 */
public record IdentityConfig(
        String account, String rootAccessKeyId, String rootSecretAccessKey, int managedPoliciesPerRole, int sessions) {
    private static final int POLICIES_PER_ROLE = 10;
    private static final int SESSIONS = 100_000; // about 150 MB if all are in use

    public IdentityConfig {
        Check.argument(account.matches("\\d{12}"), "identity.account: '" + account + "' (expected: twelve digits)");
        Check.argument(!rootAccessKeyId.isEmpty(), "identity.root-access-key-id: '' (expected: not empty)");
        Check.argument(!rootSecretAccessKey.isEmpty(), "identity.root-secret-access-key: '' (expected: not empty)");
        Check.inRange("identity.managed-policies-per-role", managedPoliciesPerRole, 1, 20);
        Check.inRange("identity.sessions", sessions, 1, 1_000_000);
    }

    /** The usual limits. */
    public static IdentityConfig of(String account, String rootAccessKeyId, String rootSecretAccessKey) {
        return new IdentityConfig(account, rootAccessKeyId, rootSecretAccessKey, POLICIES_PER_ROLE, SESSIONS);
    }

    @Override
    public String toString() {
        return "IdentityConfig[account=" + account + ", rootAccessKeyId=" + rootAccessKeyId + ']';
    }
}
