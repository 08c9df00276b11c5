// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

/**
 * One request for access.
 *
 * @param action for example {@code lambda:InvokeFunction}; its case does not matter
 * @param resource ARN acted on, or {@code *} for an action that has none
 * @param resourceAccount the account that owns the resource
 * @param context condition keys; those that follow from the principal are added
 */
public record AccessRequest(
        Principal principal, String action, String resource, String resourceAccount, RequestContext context) {
    public AccessRequest {
        context = context.orElse(principal.context());
    }

    /** Whether principal and resource belong to one account. A service belongs to none. */
    boolean sameAccount() {
        return principal.account().equals(resourceAccount);
    }
}
