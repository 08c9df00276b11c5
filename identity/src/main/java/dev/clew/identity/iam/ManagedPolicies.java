// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.Arn;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.identity.api.iam.IamErrors;
import dev.clew.wire.ServiceException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Managed policies: each account's own, and those that AWS manages. Safe for use by many threads. */
final class ManagedPolicies {
    private static final int MOST = 1_500; // per account

    private final RecordTable<StoredPolicy> table;
    private final Map<String, StoredPolicy> aws;
    private final ReentrantLock lock;

    /** @param lock see {@link Roles} */
    ManagedPolicies(Store store, ReentrantLock lock) {
        this.table = RecordTable.open(store, "iam-policies", StoredPolicy.class);
        this.aws = AwsPolicies.load();
        this.lock = lock;
    }

    /** The policy with this ARN, if {@code account} may use it. */
    Optional<StoredPolicy> find(String account, String arn) {
        var known = aws.get(arn);
        return known == null ? findOwn(account, arn) : Optional.of(known);
    }

    private Optional<StoredPolicy> findOwn(String account, String arn) {
        return Arn.parse(arn)
                .filter(parsed -> parsed.account().equals(account))
                .flatMap(parsed -> table.find(key(
                        account, parsed.resource().substring(parsed.resource().lastIndexOf('/') + 1))))
                .filter(policy -> policy.arn().equals(arn));
    }

    StoredPolicy require(String account, String arn) {
        checkArn(arn);
        return find(account, arn).orElseThrow(() -> missing(arn));
    }

    /** For use with a role: to attach, or as its boundary. */
    void requireAttachable(String account, String arn) {
        checkArn(arn);
        if (find(account, arn).isEmpty()) {
            throw IamErrors.noSuchEntityException("Policy " + arn + " does not exist or is not attachable.");
        }
    }

    static void checkArn(String arn) {
        boolean valid = Arn.parse(arn)
                .filter(parsed -> parsed.service().equals("iam"))
                .filter(parsed -> parsed.resource().startsWith("policy/"))
                .isPresent();
        if (!valid) {
            throw IamErrors.invalidInputException("ARN " + arn + " is not valid.");
        }
    }

    static ServiceException missing(String arn) {
        return IamErrors.noSuchEntityException("Policy " + arn + " was not found.");
    }

    List<StoredPolicy> own(String account) {
        return table.list(account + '/');
    }

    List<StoredPolicy> aws() {
        return List.copyOf(aws.values());
    }

    void create(StoredPolicy policy) {
        lock.lock();
        try {
            if (table.find(key(policy.account(), policy.name())).isPresent()) {
                throw IamErrors.entityAlreadyExistsException(
                        "A policy called " + policy.name() + " already exists. Duplicate names are not allowed.");
            }
            if (table.entries(policy.account() + '/').size() >= MOST) {
                throw IamErrors.limitExceededException("Cannot exceed quota for PoliciesPerAccount: " + MOST);
            }
            table.put(key(policy.account(), policy.name()), policy);
        } finally {
            lock.unlock();
        }
    }

    /** Changes a policy of the account itself; AWS's own are not for callers to change. */
    StoredPolicy change(String account, String arn, UnaryOperator<StoredPolicy> change) {
        lock.lock();
        try {
            var changed = change.apply(requireOwn(account, arn));
            table.put(key(account, changed.name()), changed);
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /** @param allowed throws if the policy must stay */
    void delete(String account, String arn, Consumer<StoredPolicy> allowed) {
        lock.lock();
        try {
            var policy = requireOwn(account, arn);
            allowed.accept(policy);
            table.remove(key(account, policy.name()));
        } finally {
            lock.unlock();
        }
    }

    private StoredPolicy requireOwn(String account, String arn) {
        checkArn(arn);
        if (aws.containsKey(arn)) {
            throw ServiceException.client(
                    "AccessDenied", 403, "Policy " + arn + " is managed by AWS and cannot be changed.");
        }
        return findOwn(account, arn).orElseThrow(() -> missing(arn));
    }

    private static String key(String account, String name) {
        return account + '/' + name.toLowerCase(Locale.ROOT);
    }
}
