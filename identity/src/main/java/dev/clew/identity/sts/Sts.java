// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.core.access.RoleSessions;
import dev.clew.core.store.Store;
import dev.clew.identity.api.sts.StsModel;
import dev.clew.identity.iam.Iam;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.auth.CredentialStore;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** STS as a whole: its operations, the credentials it knows, and the sessions it gives services. */
public final class Sts {
    private final CredentialStore credentials;
    private final RoleSessions roleSessions;
    private final Callers callers;
    private final ServiceBinding binding;

    /** The key pair of an account's root user. {@code toString} leaves the secret out. */
    public record RootKey(String account, String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "RootKey[" + account + ", " + accessKeyId + ']';
        }
    }

    /**
     * @param secrets source of keys and tokens: cryptographically strong, and safe for use by many threads
     * @param mostSessions sessions remembered at once
     */
    public Sts(
            Store store,
            Iam iam,
            PolicyCache documents,
            InstantSource time,
            RandomGenerator secrets,
            RootKey root,
            int mostSessions) {
        var sessions = new Sessions(store, time, secrets, mostSessions);
        this.credentials = new KnownCredentials(root.account(), root.accessKeyId(), root.secretAccessKey(), sessions);
        this.roleSessions = new ServiceSessions(iam.roles(), iam.trust(), sessions);
        this.callers = new Callers(iam.roles(), iam.effectivePolicies(), sessions, documents);
        var limits = new SessionLimits(iam.effectivePolicies(), documents);
        var operations = new StsOperations(sessions, credentials);
        this.binding = ServiceBinding.builder(StsModel.SERVICE)
                .bind(StsModel.ASSUME_ROLE, new AssumeRole(iam.roles(), iam.trust(), callers, sessions, limits, time))
                .bind(StsModel.GET_ACCESS_KEY_INFO, operations::getAccessKeyInfo)
                .bind(StsModel.GET_CALLER_IDENTITY, operations::getCallerIdentity)
                .bind(StsModel.GET_SESSION_TOKEN, operations::getSessionToken)
                .build();
    }

    public CredentialStore credentials() {
        return credentials;
    }

    public RoleSessions roleSessions() {
        return roleSessions;
    }

    public Callers callers() {
        return callers;
    }

    public ServiceBinding binding() {
        return binding;
    }
}
