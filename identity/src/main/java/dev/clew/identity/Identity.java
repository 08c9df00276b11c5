// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import dev.clew.core.IdSource;
import dev.clew.core.access.CallerPolicy;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.access.RoleSessions;
import dev.clew.core.store.Store;
import dev.clew.identity.iam.Iam;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.identity.policy.ResourcePolicyDecisions;
import dev.clew.identity.secrets.GetRandomPassword;
import dev.clew.identity.sts.Callers;
import dev.clew.identity.sts.Sts;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.auth.CredentialStore;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who may do what: STS, IAM, the random passwords of Secrets Manager, and the decisions that other services ask for.
 *
 * <p>Roles, policies and issued credentials are in the store and durable. Safe for use by many threads.
 */
public final class Identity {
    private final Iam iam;
    private final Sts sts;
    private final ServiceBinding secretsManager;
    private final ResourcePolicyDecisions resourcePolicy;

    /**
     * @param ids for the ids of roles and policies, which are not secret
     * @param secrets for keys, tokens and passwords: cryptographically strong, and safe for use by many threads
     */
    public Identity(Store store, InstantSource time, IdSource ids, RandomGenerator secrets, IdentityConfig config) {
        var documents = new PolicyCache();
        var root = new Sts.RootKey(config.account(), config.rootAccessKeyId(), config.rootSecretAccessKey());
        this.iam = new Iam(store, documents, time, ids, config.managedPoliciesPerRole());
        this.sts = new Sts(store, iam, documents, time, secrets, root, config.sessions());
        this.secretsManager = GetRandomPassword.binding(secrets);
        this.resourcePolicy = new ResourcePolicyDecisions(documents, time);
    }

    /** STS, IAM and Secrets Manager. */
    public List<ServiceBinding> bindings() {
        return List.of(sts.binding(), iam.binding(), secretsManager);
    }

    /** Whether a resource's policy lets a service act on it. */
    public ResourcePolicy resourcePolicy() {
        return resourcePolicy;
    }

    /** Whether a resource's policy lets another account act on it. */
    public CallerPolicy callerPolicy() {
        return resourcePolicy;
    }

    /** Credentials for services that act as a role. */
    public RoleSessions roleSessions() {
        return sts.roleSessions();
    }

    /** The credentials that requests may be signed with. */
    public CredentialStore credentials() {
        return sts.credentials();
    }

    /** Callers as policies know them, for whoever evaluates every call. */
    public Callers callers() {
        return sts.callers();
    }
}
