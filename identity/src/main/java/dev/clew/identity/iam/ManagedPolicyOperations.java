// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.IdSource;
import dev.clew.identity.api.iam.CreatePolicyRequest;
import dev.clew.identity.api.iam.CreatePolicyResponse;
import dev.clew.identity.api.iam.DeletePolicyRequest;
import dev.clew.identity.api.iam.GetPolicyRequest;
import dev.clew.identity.api.iam.GetPolicyResponse;
import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.api.iam.ListEntitiesForPolicyRequest;
import dev.clew.identity.api.iam.ListEntitiesForPolicyResponse;
import dev.clew.identity.api.iam.ListPoliciesRequest;
import dev.clew.identity.api.iam.ListPoliciesResponse;
import dev.clew.identity.api.iam.ListPolicyTagsRequest;
import dev.clew.identity.api.iam.ListPolicyTagsResponse;
import dev.clew.identity.api.iam.Policy;
import dev.clew.identity.api.iam.PolicyRole;
import dev.clew.identity.api.iam.TagPolicyRequest;
import dev.clew.identity.api.iam.UntagPolicyRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Managed policies as wholes; {@link PolicyVersionOperations} has their documents. */
final class ManagedPolicyOperations {
    private final ManagedPolicies policies;
    private final Roles roles;
    private final Documents documents;
    private final InstantSource time;
    private final IdSource ids;

    ManagedPolicyOperations(
            ManagedPolicies policies, Roles roles, Documents documents, InstantSource time, IdSource ids) {
        this.policies = policies;
        this.roles = roles;
        this.documents = documents;
        this.time = time;
        this.ids = ids;
    }

    CreatePolicyResponse createPolicy(CreatePolicyRequest input, Call call) {
        documents.checkManaged(input.policyDocument());
        var now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        var policy = new StoredPolicy(
                call.scope().account(),
                input.path() == null ? "/" : input.path(),
                input.policyName(),
                UniqueIds.policy(ids),
                now,
                now,
                input.description(),
                Tags.of(input.tags()),
                "v1",
                1,
                List.of(new StoredPolicy.Version("v1", input.policyDocument(), now)));
        policies.create(policy);
        var described = described(policy, Usage.of(roles.list(policy.account()), policy.arn()));
        return new CreatePolicyResponse(
                described.tags(policy.tags().isEmpty() ? null : policy.tags()).build());
    }

    GetPolicyResponse getPolicy(GetPolicyRequest input, Call call) {
        var account = call.scope().account();
        var policy = policies.require(account, input.policyArn());
        return new GetPolicyResponse(described(policy, Usage.of(roles.list(account), policy.arn()))
                .description(policy.description())
                .tags(policy.tags())
                .build());
    }

    Unit deletePolicy(DeletePolicyRequest input, Call call) {
        var account = call.scope().account();
        policies.delete(account, input.policyArn(), policy -> {
            if (Usage.of(roles.list(account), policy.arn()).total() > 0) {
                throw IamErrors.deleteConflictException("Cannot delete a policy attached to entities.");
            }
            if (policy.versions().size() > 1) {
                throw IamErrors.deleteConflictException("This policy has more than one version. Before you delete a "
                        + "policy, you must delete the policy's versions. The default version is deleted with the "
                        + "policy.");
            }
        });
        return Unit.VALUE;
    }

    ListPoliciesResponse listPolicies(ListPoliciesRequest input, Call call) {
        var account = call.scope().account();
        var prefix = input.pathPrefix() == null ? "/" : input.pathPrefix();
        var accountRoles = roles.list(account);
        var scope = input.scope() == null ? "All" : input.scope();
        var candidates = new ArrayList<StoredPolicy>();
        if (!scope.equals("Local")) {
            candidates.addAll(policies.aws());
        }
        if (!scope.equals("AWS")) {
            candidates.addAll(policies.own(account));
        }
        boolean onlyAttached = Boolean.TRUE.equals(input.onlyAttached());
        var matching = candidates.stream()
                .filter(policy -> policy.path().startsWith(prefix))
                .filter(policy -> Usage.of(accountRoles, policy.arn()).fits(input.policyUsageFilter(), onlyAttached))
                .toList();
        var page = Page.of(matching, ManagedPolicyOperations::order, input.marker(), input.maxItems());
        return new ListPoliciesResponse(
                page.items().stream()
                        .map(policy -> described(policy, Usage.of(accountRoles, policy.arn()))
                                .build())
                        .toList(),
                page.truncated(),
                page.marker());
    }

    ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest input, Call call) {
        var account = call.scope().account();
        var arn = policies.require(account, input.policyArn()).arn();
        var prefix = input.pathPrefix() == null ? "/" : input.pathPrefix();
        boolean asksForRoles =
                input.entityFilter() == null || input.entityFilter().equals("Role");
        var matching = roles.list(account).stream()
                .filter(role -> asksForRoles && role.path().startsWith(prefix))
                .filter(role -> Usage.of(List.of(role), arn).fits(input.policyUsageFilter(), true))
                .toList();
        var page = Page.of(matching, role -> role.name().toLowerCase(Locale.ROOT), input.marker(), input.maxItems());
        return ListEntitiesForPolicyResponse.builder()
                .policyGroups(List.of())
                .policyUsers(List.of())
                .policyRoles(page.items().stream()
                        .map(role -> new PolicyRole(role.name(), role.id()))
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    Unit tagPolicy(TagPolicyRequest input, Call call) {
        policies.change(
                call.scope().account(),
                input.policyArn(),
                policy -> policy.tagged(Tags.added(policy.tags(), input.tags())));
        return Unit.VALUE;
    }

    Unit untagPolicy(UntagPolicyRequest input, Call call) {
        policies.change(
                call.scope().account(),
                input.policyArn(),
                policy -> policy.tagged(Tags.removed(policy.tags(), input.tagKeys())));
        return Unit.VALUE;
    }

    ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest input, Call call) {
        var tags = policies.require(call.scope().account(), input.policyArn()).tags();
        var page = Page.byPosition(tags, input.marker(), input.maxItems());
        return new ListPolicyTagsResponse(page.items(), page.truncated(), page.marker());
    }

    /** By name, then by owner: an account's own policy may bear the name of one that AWS manages. */
    static String order(StoredPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT) + '/' + policy.account();
    }

    private static Policy.Builder described(StoredPolicy policy, Usage usage) {
        return Policy.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(policy.defaultVersion())
                .attachmentCount(usage.attached())
                .permissionsBoundaryUsageCount(usage.boundaries())
                .isAttachable(true)
                .createDate(policy.created())
                .updateDate(policy.updated());
    }

    /** How many roles a policy is attached to, and how many it limits. */
    private record Usage(int attached, int boundaries) {
        static Usage of(List<StoredRole> roles, String arn) {
            int attached = 0;
            int boundaries = 0;
            for (var role : roles) {
                attached += role.policies().attached().contains(arn) ? 1 : 0;
                boundaries += arn.equals(role.settings().boundary()) ? 1 : 0;
            }
            return new Usage(attached, boundaries);
        }

        int total() {
            return attached + boundaries;
        }

        /** @param filter {@code PermissionsPolicy}, {@code PermissionsBoundary}, or null for both */
        boolean fits(@Nullable String filter, boolean onlyUsed) {
            if (filter == null) {
                return !onlyUsed || total() > 0;
            }
            return filter.equals("PermissionsBoundary") ? boundaries > 0 : !onlyUsed || attached > 0;
        }
    }
}
