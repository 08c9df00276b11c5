// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.account;

import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.traces.api.DeleteResourcePolicyRequest;
import dev.clew.traces.api.DeleteResourcePolicyResult;
import dev.clew.traces.api.ListResourcePoliciesRequest;
import dev.clew.traces.api.ListResourcePoliciesResult;
import dev.clew.traces.api.PutResourcePolicyRequest;
import dev.clew.traces.api.PutResourcePolicyResult;
import dev.clew.traces.api.ResourcePolicy;
import dev.clew.traces.api.XrayErrors;
import dev.clew.wire.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PutResourcePolicy, DeleteResourcePolicy, ListResourcePolicies. Safe for use by many threads.
 *
 * <p>Policies are kept with their revisions. They decide nothing: nobody but the account's own callers reaches its traces.
 */
public final class ResourcePolicies {
    private static final String TABLE = "xray-policies";
    private static final int MAX_POLICIES = 5;
    private static final int MAX_BYTES = 5_120;
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");

    private final Store store;
    private final InstantSource time;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile RecordTable<Policy> policies;

    /** A stored policy. */
    record Policy(String name, String document, long revision, Instant updated) {
        ResourcePolicy answer() {
            return new ResourcePolicy(name, document, Long.toString(revision), updated);
        }
    }

    public ResourcePolicies(Store store, InstantSource time) {
        this.store = store;
        this.time = time;
        this.policies = RecordTable.open(store, TABLE, Policy.class);
    }

    public PutResourcePolicyResult put(PutResourcePolicyRequest input, Call call) {
        if (!NAME.matcher(input.policyName()).matches()) {
            throw XrayErrors.invalidRequestException(
                    "PolicyName: '" + input.policyName() + "' (expected: letters, digits and _+=,.@-)");
        }
        int bytes = input.policyDocument().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw XrayErrors.policySizeLimitExceededException(
                    "PolicyDocument: " + bytes + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        var document = PolicyDocument.parse(input.policyDocument());
        if (!Boolean.TRUE.equals(input.bypassPolicyLockoutCheck()) && document.locksOut(call.caller())) {
            throw XrayErrors.lockoutPreventionException(
                    "PolicyDocument: denies its author xray:PutResourcePolicy (expected: not, or"
                            + " BypassPolicyLockoutCheck)");
        }
        changing.lock();
        try {
            return new PutResourcePolicyResult(replace(input, call).answer());
        } finally {
            changing.unlock();
        }
    }

    private Policy replace(PutResourcePolicyRequest input, Call call) {
        var key = key(call, input.policyName());
        var before = policies.find(key).orElse(null);
        long current = before == null ? 0 : before.revision;
        checkRevision(input.policyRevisionId(), current);
        if (before == null && policies.list(call.scope().key() + '/').size() >= MAX_POLICIES) {
            throw XrayErrors.policyCountLimitExceededException(
                    "Policies: " + MAX_POLICIES + " (expected: no more of one account and region)");
        }
        var policy = new Policy(input.policyName(), input.policyDocument(), current + 1, time.instant());
        policies.put(key, policy);
        return policy;
    }

    private static void checkRevision(@Nullable String given, long current) {
        if (given != null && !given.equals(Long.toString(current))) {
            throw XrayErrors.invalidPolicyRevisionIdException("PolicyRevisionId: '" + given + "' (expected: '" + current
                    + "'" + (current == 0 ? ", as there is no such policy)" : ", the current one)"));
        }
    }

    public ListResourcePoliciesResult list(ListResourcePoliciesRequest input, Call call) {
        return ListResourcePoliciesResult.builder()
                .resourcePolicies(policies.list(call.scope().key() + '/').stream()
                        .map(Policy::answer)
                        .toList())
                .build();
    }

    public DeleteResourcePolicyResult delete(DeleteResourcePolicyRequest input, Call call) {
        changing.lock();
        try {
            var key = key(call, input.policyName());
            policies.find(key).ifPresent(policy -> {
                checkRevision(input.policyRevisionId(), policy.revision);
                policies.remove(key);
            });
            return new DeleteResourcePolicyResult();
        } finally {
            changing.unlock();
        }
    }

    private static String key(Call call, String name) {
        return call.scope().key() + '/' + name;
    }

    /** Forgets all policies. */
    public void reset() {
        changing.lock();
        try {
            if (store.tables().contains(TABLE)) {
                store.drop(TABLE);
            }
            policies = RecordTable.open(store, TABLE, Policy.class);
        } finally {
            changing.unlock();
        }
    }
}
