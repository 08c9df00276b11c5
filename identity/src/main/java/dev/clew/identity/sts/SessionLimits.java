// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.identity.api.sts.AssumeRoleRequest;
import dev.clew.identity.api.sts.PolicyDescriptorType;
import dev.clew.identity.api.sts.StsErrors;
import dev.clew.identity.api.sts.Tag;
import dev.clew.identity.iam.EffectivePolicies;
import dev.clew.identity.policy.MalformedPolicyException;
import dev.clew.identity.policy.PolicyCache;
import dev.clew.identity.policy.PolicyValidator;
import dev.clew.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The limits and tags of a new session: those asked for, and those that the caller's session passes on. */
final class SessionLimits {
    private static final int MOST_POLICIES = 10;
    private static final int MOST_TAGS = 50;
    private static final int MOST_CHARACTERS = 2_048; // of policies and tags together

    private final EffectivePolicies policies;
    private final PolicyCache documents;

    SessionLimits(EffectivePolicies policies, PolicyCache documents) {
        this.policies = policies;
        this.documents = documents;
    }

    /** @throws ServiceException if they cannot be had together */
    StoredSession.Limits of(String account, AssumeRoleRequest input, StoredSession.Limits inherited) {
        checkPolicy(input.policy());
        var limits = new StoredSession.Limits(
                input.policy(),
                policyArns(account, input.policyArns()),
                tags(input, inherited),
                transitive(input, inherited),
                sourceIdentity(input.sourceIdentity(), inherited.sourceIdentity()));
        if (characters(limits) > MOST_CHARACTERS) {
            throw StsErrors.packedPolicyTooLargeException(
                    "Packed size of policies and session tags consumes " + packedSize(limits) + "% of allotted space.");
        }
        return limits;
    }

    /** Per cent of what a session may hold; null if it holds nothing. Counted in characters: nothing is packed here. */
    @Nullable
    Integer packedSize(StoredSession.Limits limits) {
        int characters = characters(limits);
        return characters == 0 ? null : Math.ceilDiv(100 * characters, MOST_CHARACTERS);
    }

    private static int characters(StoredSession.Limits limits) {
        return (limits.policy() == null ? 0 : limits.policy().length())
                + limits.policyArns().stream().mapToInt(String::length).sum()
                + limits.tags().stream()
                        .mapToInt(tag -> tag.key().length() + tag.value().length())
                        .sum();
    }

    private void checkPolicy(@Nullable String policy) {
        if (policy == null) {
            return;
        }
        try {
            PolicyValidator.identity(documents.parse(policy));
        } catch (MalformedPolicyException e) {
            throw StsErrors.malformedPolicyDocumentException(e.message());
        }
    }

    private List<String> policyArns(String account, @Nullable List<PolicyDescriptorType> descriptors) {
        var arns = new ArrayList<String>();
        if (descriptors == null) {
            return arns;
        }
        if (descriptors.size() > MOST_POLICIES) {
            throw AssumeRole.invalid(
                    "PolicyArns: " + descriptors.size() + " (expected: at most " + MOST_POLICIES + ")");
        }
        for (var descriptor : descriptors) {
            var arn = Objects.requireNonNullElse(descriptor.arn(), "");
            if (policies.managed(account, arn).isEmpty()) {
                throw AssumeRole.invalid("Policy " + arn + " was not found.");
            }
            arns.add(arn);
        }
        return arns;
    }

    private static List<Tag> tags(AssumeRoleRequest input, StoredSession.Limits inherited) {
        var tags = new TreeMap<String, Tag>(String.CASE_INSENSITIVE_ORDER);
        var passedOn = keys(inherited.transitive());
        inherited.tags().stream().filter(tag -> passedOn.contains(tag.key())).forEach(tag -> tags.put(tag.key(), tag));
        if (input.tags() != null) {
            var asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            for (var tag : input.tags()) {
                if (!asked.add(tag.key())) {
                    throw parameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
                }
                if (passedOn.contains(tag.key())) {
                    throw parameter("One of the specified transitive tag keys can't be set because it conflicts with "
                            + "a transitive tag key from the calling session.");
                }
                tags.put(tag.key(), tag);
            }
        }
        if (tags.size() > MOST_TAGS) {
            throw parameter("Tags: " + tags.size() + " (expected: at most " + MOST_TAGS + ")");
        }
        return List.copyOf(tags.values());
    }

    private static List<String> transitive(AssumeRoleRequest input, StoredSession.Limits inherited) {
        var transitive = keys(inherited.transitive());
        if (input.transitiveTagKeys() != null) {
            var tagged = keys(
                    input.tags() == null
                            ? List.of()
                            : input.tags().stream().map(Tag::key).toList());
            for (var key : input.transitiveTagKeys()) {
                if (!tagged.contains(key)) {
                    throw parameter("The specified transitive tag key must be included in the requested tags.");
                }
                transitive.add(key);
            }
        }
        return List.copyOf(transitive);
    }

    /** Once set, it stays the same through every further role. */
    private static @Nullable String sourceIdentity(@Nullable String asked, @Nullable String inherited) {
        if (asked != null && inherited != null && !asked.equals(inherited)) {
            throw AssumeRole.invalid(
                    "SourceIdentity: " + asked + " (expected: " + inherited + ", as the calling session has it)");
        }
        return asked == null ? inherited : asked;
    }

    private static TreeSet<String> keys(List<String> keys) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(keys);
        return set;
    }

    private static ServiceException parameter(String message) {
        return ServiceException.client("InvalidParameterValue", 400, message);
    }
}
