// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.policy.PolicyCache;
import dev.clew.identity.policy.PolicyDocument;
import dev.clew.identity.policy.PolicySet;
import dev.clew.identity.policy.PolicySet.Named;
import dev.clew.identity.policy.PolicySet.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policies in force for a role, read when they are asked for. Safe for use by many threads. */
public final class EffectivePolicies {
    private final ManagedPolicies policies;
    private final PolicyCache documents;

    EffectivePolicies(ManagedPolicies policies, PolicyCache documents) {
        this.policies = policies;
        this.documents = documents;
    }

    /**
     * What {@code role} may do.
     *
     * @param session policies that limit one session of it; empty if none do
     */
    public PolicySet of(StoredRole role, List<Named> session) {
        var identity = new ArrayList<Named>();
        role.policies()
                .inline()
                .forEach((name, document) -> identity.add(
                        new Named("role_" + role.name() + '_' + name, Origin.ROLE, documents.parse(document))));
        role.policies().attached().forEach(arn -> managed(role.account(), arn).ifPresent(identity::add));
        return new PolicySet(identity, boundary(role), session, null, false);
    }

    private @Nullable Named boundary(StoredRole role) {
        var arn = role.settings().boundary();
        return arn == null ? null : limit(role.account(), arn);
    }

    /** A managed policy that limits, and whose absence must therefore not allow anything. */
    public Named limit(String account, String arn) {
        return managed(account, arn).orElse(new Named(arn, Origin.NONE, PolicyDocument.NOTHING));
    }

    /** The version in force of a managed policy. */
    public Optional<Named> managed(String account, String arn) {
        return policies.find(account, arn)
                .map(policy -> new Named(
                        policy.name(),
                        policy.account().equals(StoredPolicy.AWS) ? Origin.AWS_MANAGED : Origin.USER_MANAGED,
                        documents.parse(policy.current().document())));
    }
}
