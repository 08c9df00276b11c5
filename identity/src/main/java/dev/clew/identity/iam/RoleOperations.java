// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.IdSource;
import dev.clew.identity.api.iam.AttachedPermissionsBoundary;
import dev.clew.identity.api.iam.CreateRoleRequest;
import dev.clew.identity.api.iam.CreateRoleResponse;
import dev.clew.identity.api.iam.DeleteRolePermissionsBoundaryRequest;
import dev.clew.identity.api.iam.DeleteRoleRequest;
import dev.clew.identity.api.iam.GetRoleRequest;
import dev.clew.identity.api.iam.GetRoleResponse;
import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.api.iam.ListInstanceProfilesForRoleRequest;
import dev.clew.identity.api.iam.ListInstanceProfilesForRoleResponse;
import dev.clew.identity.api.iam.ListRoleTagsRequest;
import dev.clew.identity.api.iam.ListRoleTagsResponse;
import dev.clew.identity.api.iam.ListRolesRequest;
import dev.clew.identity.api.iam.ListRolesResponse;
import dev.clew.identity.api.iam.PutRolePermissionsBoundaryRequest;
import dev.clew.identity.api.iam.Role;
import dev.clew.identity.api.iam.TagRoleRequest;
import dev.clew.identity.api.iam.UntagRoleRequest;
import dev.clew.identity.api.iam.UpdateAssumeRolePolicyRequest;
import dev.clew.identity.api.iam.UpdateRoleDescriptionRequest;
import dev.clew.identity.api.iam.UpdateRoleDescriptionResponse;
import dev.clew.identity.api.iam.UpdateRoleRequest;
import dev.clew.identity.api.iam.UpdateRoleResponse;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Roles themselves: what they are called, who may assume them, how they are limited and tagged. */
final class RoleOperations {
    private static final int USUAL_MAX_SESSION = 3_600; // seconds

    private final Roles roles;
    private final ManagedPolicies policies;
    private final Documents documents;
    private final InstantSource time;
    private final IdSource ids;

    RoleOperations(Roles roles, ManagedPolicies policies, Documents documents, InstantSource time, IdSource ids) {
        this.roles = roles;
        this.policies = policies;
        this.documents = documents;
        this.time = time;
        this.ids = ids;
    }

    CreateRoleResponse createRole(CreateRoleRequest input, Call call) {
        var account = call.scope().account();
        documents.checkTrust(input.assumeRolePolicyDocument());
        checkBoundary(account, input.permissionsBoundary());
        var settings = new StoredRole.Settings(
                input.description(),
                input.maxSessionDuration() == null ? USUAL_MAX_SESSION : input.maxSessionDuration(),
                input.permissionsBoundary());
        var role = new StoredRole(
                account,
                input.path() == null ? "/" : input.path(),
                input.roleName(),
                UniqueIds.role(ids),
                time.instant().truncatedTo(ChronoUnit.SECONDS),
                input.assumeRolePolicyDocument(),
                settings,
                Tags.of(input.tags()),
                StoredRole.Policies.NONE);
        roles.create(role);
        return new CreateRoleResponse(detailed(role));
    }

    GetRoleResponse getRole(GetRoleRequest input, Call call) {
        return new GetRoleResponse(detailed(roles.require(call.scope().account(), input.roleName())));
    }

    Unit deleteRole(DeleteRoleRequest input, Call call) {
        roles.delete(call.scope().account(), input.roleName(), role -> {
            if (!role.policies().attached().isEmpty()) {
                throw IamErrors.deleteConflictException("Cannot delete entity, must detach all policies first.");
            }
            if (!role.policies().none()) {
                throw IamErrors.deleteConflictException("Cannot delete entity, must delete policies first.");
            }
        });
        return Unit.VALUE;
    }

    ListRolesResponse listRoles(ListRolesRequest input, Call call) {
        var prefix = input.pathPrefix() == null ? "/" : input.pathPrefix();
        var matching = roles.list(call.scope().account()).stream()
                .filter(role -> role.path().startsWith(prefix))
                .toList();
        var page = Page.of(matching, role -> role.name().toLowerCase(Locale.ROOT), input.marker(), input.maxItems());
        return new ListRolesResponse(
                page.items().stream().map(RoleOperations::listed).toList(), page.truncated(), page.marker());
    }

    UpdateRoleResponse updateRole(UpdateRoleRequest input, Call call) {
        roles.change(call.scope().account(), input.roleName(), role -> {
            var settings = role.settings();
            if (input.description() != null) {
                settings = settings.withDescription(input.description());
            }
            if (input.maxSessionDuration() != null) {
                settings = settings.withMaxSession(input.maxSessionDuration());
            }
            return role.with(settings);
        });
        return new UpdateRoleResponse();
    }

    UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest input, Call call) {
        var changed = roles.change(
                call.scope().account(),
                input.roleName(),
                role -> role.with(role.settings().withDescription(input.description())));
        return new UpdateRoleDescriptionResponse(detailed(changed));
    }

    Unit updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest input, Call call) {
        documents.checkTrust(input.policyDocument());
        roles.change(call.scope().account(), input.roleName(), role -> role.trusting(input.policyDocument()));
        return Unit.VALUE;
    }

    Unit putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest input, Call call) {
        var account = call.scope().account();
        roles.change(account, input.roleName(), role -> {
            checkBoundary(account, input.permissionsBoundary());
            return role.with(role.settings().withBoundary(input.permissionsBoundary()));
        });
        return Unit.VALUE;
    }

    Unit deleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryRequest input, Call call) {
        roles.change(
                call.scope().account(),
                input.roleName(),
                role -> role.with(role.settings().withBoundary(null)));
        return Unit.VALUE;
    }

    Unit tagRole(TagRoleRequest input, Call call) {
        roles.change(
                call.scope().account(), input.roleName(), role -> role.tagged(Tags.added(role.tags(), input.tags())));
        return Unit.VALUE;
    }

    Unit untagRole(UntagRoleRequest input, Call call) {
        roles.change(
                call.scope().account(),
                input.roleName(),
                role -> role.tagged(Tags.removed(role.tags(), input.tagKeys())));
        return Unit.VALUE;
    }

    ListRoleTagsResponse listRoleTags(ListRoleTagsRequest input, Call call) {
        var tags = roles.require(call.scope().account(), input.roleName()).tags();
        var page = Page.byPosition(tags, input.marker(), input.maxItems());
        return new ListRoleTagsResponse(page.items(), page.truncated(), page.marker());
    }

    /** There are no instances, so no role is in a profile; infrastructure tools ask before they delete a role. */
    ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest input, Call call) {
        roles.require(call.scope().account(), input.roleName());
        return new ListInstanceProfilesForRoleResponse(List.of(), false, null);
    }

    private void checkBoundary(String account, @Nullable String arn) {
        if (arn == null) {
            return;
        }
        ManagedPolicies.checkArn(arn);
        if (policies.find(account, arn).isEmpty()) {
            throw IamErrors.noSuchEntityException("Scope ARN: " + arn + " does not exist or is not attachable.");
        }
    }

    private static Role detailed(StoredRole role) {
        var boundary = role.settings().boundary();
        return described(role)
                .permissionsBoundary(
                        boundary == null
                                ? null
                                : new AttachedPermissionsBoundary("PermissionsBoundaryPolicy", boundary))
                .tags(role.tags().isEmpty() ? null : role.tags())
                .build();
    }

    /** Lists leave out tags and boundary. */
    private static Role listed(StoredRole role) {
        return described(role).build();
    }

    private static Role.Builder described(StoredRole role) {
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.created())
                .assumeRolePolicyDocument(Documents.encode(role.trust()))
                .description(role.settings().description())
                .maxSessionDuration(role.settings().maxSessionSeconds());
    }
}
