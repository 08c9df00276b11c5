// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.policy.AccessRequest;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.identity.policy.PolicyEvaluation;
import dev.clew.identity.policy.PolicySet;
import dev.clew.identity.policy.Principal;
import dev.clew.identity.policy.RequestContext;
import dev.clew.identity.policy.Verdict;
import java.util.List;

/** Whether a role's trust policy lets someone assume it. Safe for use by many threads. */
public final class RoleTrust {
    private final PolicyCache documents;

    RoleTrust(PolicyCache documents) {
        this.documents = documents;
    }

    /**
     * A caller's request to assume {@code role}, or to do what belongs to it.
     *
     * @param action {@code sts:AssumeRole}, {@code sts:TagSession}, {@code sts:SetSourceIdentity}
     * @param own the caller's policies
     */
    public Verdict decide(StoredRole role, Principal principal, String action, RequestContext context, PolicySet own) {
        var trust = new PolicySet.Named(
                "the role's trust policy", PolicySet.Origin.RESOURCE, documents.parse(role.trust()));
        var request = new AccessRequest(principal, action, role.arn(), role.account(), context);
        return PolicyEvaluation.evaluate(request, own.guardedBy(trust));
    }

    /** A service's request to assume {@code role} for resources of the same account. */
    public boolean trusts(StoredRole role, String service) {
        var context = RequestContext.builder()
                .put("aws:SourceAccount", role.account())
                .build();
        var none = new PolicySet(List.of(), null, List.of(), null, true);
        return decide(role, new Principal.Service(service), "sts:AssumeRole", context, none)
                .allowed();
    }
}
