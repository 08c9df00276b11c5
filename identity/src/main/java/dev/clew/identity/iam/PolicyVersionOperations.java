// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.identity.api.iam.CreatePolicyVersionRequest;
import dev.clew.identity.api.iam.CreatePolicyVersionResponse;
import dev.clew.identity.api.iam.DeletePolicyVersionRequest;
import dev.clew.identity.api.iam.GetPolicyVersionRequest;
import dev.clew.identity.api.iam.GetPolicyVersionResponse;
import dev.clew.identity.api.iam.IamErrors;
import dev.clew.identity.api.iam.ListPolicyVersionsRequest;
import dev.clew.identity.api.iam.ListPolicyVersionsResponse;
import dev.clew.identity.api.iam.PolicyVersion;
import dev.clew.identity.api.iam.SetDefaultPolicyVersionRequest;
import dev.clew.wire.Call;
import dev.clew.wire.ServiceException;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;

/** The versions of managed policies: at most five, one of them in force. */
final class PolicyVersionOperations {
    private static final int MOST = 5;

    private final ManagedPolicies policies;
    private final Documents documents;
    private final InstantSource time;

    PolicyVersionOperations(ManagedPolicies policies, Documents documents, InstantSource time) {
        this.policies = policies;
        this.documents = documents;
        this.time = time;
    }

    CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest input, Call call) {
        documents.checkManaged(input.policyDocument());
        var now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        var changed = policies.change(call.scope().account(), input.policyArn(), policy -> {
            if (policy.versions().size() >= MOST) {
                throw IamErrors.limitExceededException("A managed policy can have up to " + MOST
                        + " versions. Before you create a new version, you must delete an existing version.");
            }
            int number = policy.latest() + 1;
            var versions = new ArrayList<StoredPolicy.Version>();
            versions.add(new StoredPolicy.Version("v" + number, input.policyDocument(), now));
            versions.addAll(policy.versions());
            boolean inForce = Boolean.TRUE.equals(input.setAsDefault());
            return policy.revised(now, inForce ? "v" + number : policy.defaultVersion(), number, versions);
        });
        return new CreatePolicyVersionResponse(
                described(changed, changed.versions().getFirst()).build());
    }

    GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest input, Call call) {
        var policy = policies.require(call.scope().account(), input.policyArn());
        var version = policy.version(input.versionId()).orElseThrow(() -> missing(policy, input.versionId()));
        return new GetPolicyVersionResponse(described(policy, version)
                .document(Documents.encode(version.document()))
                .build());
    }

    /** Newest first. */
    ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest input, Call call) {
        var policy = policies.require(call.scope().account(), input.policyArn());
        var page = Page.byPosition(policy.versions(), input.marker(), input.maxItems());
        return new ListPolicyVersionsResponse(
                page.items().stream()
                        .map(version -> described(policy, version).build())
                        .toList(),
                page.truncated(),
                page.marker());
    }

    Unit setDefaultPolicyVersion(SetDefaultPolicyVersionRequest input, Call call) {
        var now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        policies.change(call.scope().account(), input.policyArn(), policy -> {
            var version = policy.version(input.versionId()).orElseThrow(() -> missing(policy, input.versionId()));
            return policy.revised(now, version.id(), policy.latest(), policy.versions());
        });
        return Unit.VALUE;
    }

    Unit deletePolicyVersion(DeletePolicyVersionRequest input, Call call) {
        policies.change(call.scope().account(), input.policyArn(), policy -> {
            var version = policy.version(input.versionId()).orElseThrow(() -> missing(policy, input.versionId()));
            if (version.id().equals(policy.defaultVersion())) {
                throw IamErrors.deleteConflictException("Cannot delete the default version of a policy.");
            }
            var versions = new ArrayList<>(policy.versions());
            versions.remove(version);
            return policy.revised(policy.updated(), policy.defaultVersion(), policy.latest(), versions);
        });
        return Unit.VALUE;
    }

    private static PolicyVersion.Builder described(StoredPolicy policy, StoredPolicy.Version version) {
        return PolicyVersion.builder()
                .versionId(version.id())
                .isDefaultVersion(version.id().equals(policy.defaultVersion()))
                .createDate(version.created());
    }

    private static ServiceException missing(StoredPolicy policy, String version) {
        return IamErrors.noSuchEntityException(
                "Policy " + policy.arn() + " version " + version + " does not exist or is not attachable.");
    }
}
