// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.api.iam.AttachRolePolicyRequest;
import dev.clew.identity.api.iam.AttachedPolicy;
import dev.clew.identity.api.iam.DeleteRolePolicyRequest;
import dev.clew.identity.api.iam.DetachRolePolicyRequest;
import dev.clew.identity.api.iam.GetRolePolicyRequest;
import dev.clew.identity.api.iam.GetRolePolicyResponse;
import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.api.iam.ListAttachedRolePoliciesRequest;
import dev.clew.identity.api.iam.ListAttachedRolePoliciesResponse;
import dev.clew.identity.api.iam.ListRolePoliciesRequest;
import dev.clew.identity.api.iam.ListRolePoliciesResponse;
import dev.clew.identity.api.iam.PutRolePolicyRequest;
import dev.clew.wire.Call;
import dev.clew.wire.ServiceException;
import dev.clew.wire.shape.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** What roles may do: their inline policies, and the managed ones attached to them. */
final class RolePolicyOperations {
    private static final int MOST_INLINE = 10_240; // characters of all inline policies of a role, without white space

    private final Roles roles;
    private final ManagedPolicies policies;
    private final Documents documents;
    private final int mostAttached;

    /** @param mostAttached managed policies per role */
    RolePolicyOperations(Roles roles, ManagedPolicies policies, Documents documents, int mostAttached) {
        this.roles = roles;
        this.policies = policies;
        this.documents = documents;
        this.mostAttached = mostAttached;
    }

    Unit attachRolePolicy(AttachRolePolicyRequest input, Call call) {
        var account = call.scope().account();
        var arn = input.policyArn();
        roles.change(account, input.roleName(), role -> {
            policies.requireAttachable(account, arn);
            var attached = new ArrayList<>(role.policies().attached());
            if (attached.contains(arn)) {
                return role;
            }
            if (attached.size() >= mostAttached) {
                throw IamErrors.limitExceededException("Cannot exceed quota for PoliciesPerRole: " + mostAttached);
            }
            attached.add(arn);
            return role.with(new StoredRole.Policies(attached, role.policies().inline()));
        });
        return Unit.VALUE;
    }

    Unit detachRolePolicy(DetachRolePolicyRequest input, Call call) {
        var arn = input.policyArn();
        ManagedPolicies.checkArn(arn);
        roles.change(call.scope().account(), input.roleName(), role -> {
            var attached = new ArrayList<>(role.policies().attached());
            if (!attached.remove(arn)) {
                throw ManagedPolicies.missing(arn);
            }
            return role.with(new StoredRole.Policies(attached, role.policies().inline()));
        });
        return Unit.VALUE;
    }

    ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest input, Call call) {
        var account = call.scope().account();
        var prefix = input.pathPrefix() == null ? "/" : input.pathPrefix();
        List<StoredPolicy> attached = roles.require(account, input.roleName()).policies().attached().stream()
                .flatMap(arn -> policies.find(account, arn).stream())
                .filter(policy -> policy.path().startsWith(prefix))
                .toList();
        var page = Page.of(attached, ManagedPolicyOperations::order, input.marker(), input.maxItems());
        return new ListAttachedRolePoliciesResponse(
                page.items().stream()
                        .map(policy -> new AttachedPolicy(policy.name(), policy.arn()))
                        .toList(),
                page.truncated(),
                page.marker());
    }

    Unit putRolePolicy(PutRolePolicyRequest input, Call call) {
        documents.checkInline(input.policyDocument());
        roles.change(call.scope().account(), input.roleName(), role -> {
            var inline = new TreeMap<>(role.policies().inline());
            inline.put(input.policyName(), input.policyDocument());
            if (inline.values().stream().mapToInt(Documents::size).sum() > MOST_INLINE) {
                throw IamErrors.limitExceededException(
                        "Maximum policy size of " + MOST_INLINE + " bytes exceeded for role " + role.name());
            }
            return role.with(new StoredRole.Policies(role.policies().attached(), inline));
        });
        return Unit.VALUE;
    }

    GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest input, Call call) {
        var role = roles.require(call.scope().account(), input.roleName());
        var document = role.policies().inline().get(input.policyName());
        if (document == null) {
            throw missing(input.policyName());
        }
        return new GetRolePolicyResponse(role.name(), input.policyName(), Documents.encode(document));
    }

    Unit deleteRolePolicy(DeleteRolePolicyRequest input, Call call) {
        roles.change(call.scope().account(), input.roleName(), role -> {
            var inline = new TreeMap<>(role.policies().inline());
            if (inline.remove(input.policyName()) == null) {
                throw missing(input.policyName());
            }
            return role.with(new StoredRole.Policies(role.policies().attached(), inline));
        });
        return Unit.VALUE;
    }

    ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest input, Call call) {
        var role = roles.require(call.scope().account(), input.roleName());
        var page = Page.of(
                List.copyOf(role.policies().inline().keySet()), Function.identity(), input.marker(), input.maxItems());
        return new ListRolePoliciesResponse(page.items(), page.truncated(), page.marker());
    }

    private static ServiceException missing(String name) {
        return IamErrors.noSuchEntityException("The role policy with name " + name + " cannot be found.");
    }
}
