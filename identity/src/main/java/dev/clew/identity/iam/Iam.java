// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.IdSource;
import dev.clew.core.store.Store;
import dev.clew.identity.api.iam.IamModel;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/** IAM as a whole: its operations, and what others ask of roles. Safe for use by many threads. */
public final class Iam {
    private final Roles roles;
    private final EffectivePolicies effective;
    private final RoleTrust trust;
    private final ServiceBinding binding;

    /** @param mostAttached managed policies per role */
    public Iam(Store store, PolicyCache cache, InstantSource time, IdSource ids, int mostAttached) {
        var lock = new ReentrantLock();
        var policies = new ManagedPolicies(store, lock);
        var documents = new Documents(cache);
        this.roles = new Roles(store, lock);
        this.effective = new EffectivePolicies(policies, cache);
        this.trust = new RoleTrust(cache);
        this.binding = bind(
                new RoleOperations(roles, policies, documents, time, ids),
                new RolePolicyOperations(roles, policies, documents, mostAttached),
                new ManagedPolicyOperations(policies, roles, documents, time, ids),
                new PolicyVersionOperations(policies, documents, time),
                new Simulations(roles, effective, documents));
    }

    public Roles roles() {
        return roles;
    }

    public EffectivePolicies effectivePolicies() {
        return effective;
    }

    public RoleTrust trust() {
        return trust;
    }

    public ServiceBinding binding() {
        return binding;
    }

    private static ServiceBinding bind(
            RoleOperations roles,
            RolePolicyOperations rolePolicies,
            ManagedPolicyOperations policies,
            PolicyVersionOperations versions,
            Simulations simulations) {
        return ServiceBinding.builder(IamModel.SERVICE)
                .bind(IamModel.CREATE_ROLE, roles::createRole)
                .bind(IamModel.GET_ROLE, roles::getRole)
                .bind(IamModel.DELETE_ROLE, roles::deleteRole)
                .bind(IamModel.LIST_ROLES, roles::listRoles)
                .bind(IamModel.UPDATE_ROLE, roles::updateRole)
                .bind(IamModel.UPDATE_ROLE_DESCRIPTION, roles::updateRoleDescription)
                .bind(IamModel.UPDATE_ASSUME_ROLE_POLICY, roles::updateAssumeRolePolicy)
                .bind(IamModel.PUT_ROLE_PERMISSIONS_BOUNDARY, roles::putRolePermissionsBoundary)
                .bind(IamModel.DELETE_ROLE_PERMISSIONS_BOUNDARY, roles::deleteRolePermissionsBoundary)
                .bind(IamModel.TAG_ROLE, roles::tagRole)
                .bind(IamModel.UNTAG_ROLE, roles::untagRole)
                .bind(IamModel.LIST_ROLE_TAGS, roles::listRoleTags)
                .bind(IamModel.LIST_INSTANCE_PROFILES_FOR_ROLE, roles::listInstanceProfilesForRole)
                .bind(IamModel.ATTACH_ROLE_POLICY, rolePolicies::attachRolePolicy)
                .bind(IamModel.DETACH_ROLE_POLICY, rolePolicies::detachRolePolicy)
                .bind(IamModel.LIST_ATTACHED_ROLE_POLICIES, rolePolicies::listAttachedRolePolicies)
                .bind(IamModel.PUT_ROLE_POLICY, rolePolicies::putRolePolicy)
                .bind(IamModel.GET_ROLE_POLICY, rolePolicies::getRolePolicy)
                .bind(IamModel.DELETE_ROLE_POLICY, rolePolicies::deleteRolePolicy)
                .bind(IamModel.LIST_ROLE_POLICIES, rolePolicies::listRolePolicies)
                .bind(IamModel.CREATE_POLICY, policies::createPolicy)
                .bind(IamModel.GET_POLICY, policies::getPolicy)
                .bind(IamModel.DELETE_POLICY, policies::deletePolicy)
                .bind(IamModel.LIST_POLICIES, policies::listPolicies)
                .bind(IamModel.LIST_ENTITIES_FOR_POLICY, policies::listEntitiesForPolicy)
                .bind(IamModel.TAG_POLICY, policies::tagPolicy)
                .bind(IamModel.UNTAG_POLICY, policies::untagPolicy)
                .bind(IamModel.LIST_POLICY_TAGS, policies::listPolicyTags)
                .bind(IamModel.CREATE_POLICY_VERSION, versions::createPolicyVersion)
                .bind(IamModel.GET_POLICY_VERSION, versions::getPolicyVersion)
                .bind(IamModel.LIST_POLICY_VERSIONS, versions::listPolicyVersions)
                .bind(IamModel.SET_DEFAULT_POLICY_VERSION, versions::setDefaultPolicyVersion)
                .bind(IamModel.DELETE_POLICY_VERSION, versions::deletePolicyVersion)
                .bind(IamModel.SIMULATE_CUSTOM_POLICY, simulations::simulateCustomPolicy)
                .bind(IamModel.SIMULATE_PRINCIPAL_POLICY, simulations::simulatePrincipalPolicy)
                .bind(IamModel.GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY, simulations::getContextKeysForCustomPolicy)
                .bind(IamModel.GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY, simulations::getContextKeysForPrincipalPolicy)
                .build();
    }
}
