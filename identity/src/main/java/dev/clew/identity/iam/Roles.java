// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.iam;

import dev.clew.core.Arn;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.identity.api.iam.IamErrors;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The roles of all accounts; names are unique in an account whatever their case. Safe for use by many threads. */
public final class Roles {
    private static final int MOST = 1_000; // per account

    private final RecordTable<StoredRole> table;
    private final ReentrantLock lock;

    /** @param lock held while a role or a policy changes, since each may refer to the other */
    Roles(Store store, ReentrantLock lock) {
        this.table = RecordTable.open(store, "iam-roles", StoredRole.class);
        this.lock = lock;
    }

    public Optional<StoredRole> find(String account, String name) {
        return table.find(key(account, name));
    }

    /** The role with exactly this ARN. */
    public Optional<StoredRole> find(String arn) {
        return Arn.parse(arn)
                .filter(parsed -> parsed.service().equals("iam"))
                .filter(parsed -> parsed.resource().startsWith("role/"))
                .flatMap(parsed -> find(
                        parsed.account(),
                        parsed.resource().substring(parsed.resource().lastIndexOf('/') + 1)))
                .filter(role -> role.arn().equals(arn));
    }

    StoredRole require(String account, String name) {
        return find(account, name).orElseThrow(() -> missing(name));
    }

    /** In order of their names. */
    List<StoredRole> list(String account) {
        return table.list(account + '/');
    }

    void create(StoredRole role) {
        lock.lock();
        try {
            if (find(role.account(), role.name()).isPresent()) {
                throw IamErrors.entityAlreadyExistsException("Role with name " + role.name() + " already exists.");
            }
            if (table.entries(role.account() + '/').size() >= MOST) {
                throw IamErrors.limitExceededException("Cannot exceed quota for RolesPerAccount: " + MOST);
            }
            table.put(key(role.account(), role.name()), role);
        } finally {
            lock.unlock();
        }
    }

    StoredRole change(String account, String name, UnaryOperator<StoredRole> change) {
        lock.lock();
        try {
            var changed = change.apply(require(account, name));
            table.put(key(account, name), changed);
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /** @param allowed throws if the role must stay */
    void delete(String account, String name, Consumer<StoredRole> allowed) {
        lock.lock();
        try {
            allowed.accept(require(account, name));
            table.remove(key(account, name));
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException missing(String name) {
        return IamErrors.noSuchEntityException("The role with name " + name + " cannot be found.");
    }

    private static String key(String account, String name) {
        return account + '/' + name.toLowerCase(Locale.ROOT);
    }
}
