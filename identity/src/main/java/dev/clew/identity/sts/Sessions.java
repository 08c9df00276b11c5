// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.sts;

import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import dev.clew.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The credentials issued and not yet forgotten. They are durable, so that a function that was started before a restart
 * can still call us after it. Safe for use by many threads.
 */
final class Sessions {
    /** How long expired ones are remembered, so that their holder learns that they expired. */
    static final Duration MEMORY = Duration.ofHours(1);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LENGTH = 16;
    private static final int SECRET_BYTES = 30; // 40 characters of base64
    private static final int TOKEN_BYTES = 258; // 344 characters

    private final RecordTable<StoredSession> table;
    private final InstantSource time;
    private final RandomGenerator secrets;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant nextSweep = Instant.MIN;

    /** @param most sessions remembered at once */
    Sessions(Store store, InstantSource time, RandomGenerator secrets, int most) {
        this.table = RecordTable.open(store, "sts-sessions", StoredSession.class);
        this.time = time;
        this.secrets = secrets;
        this.most = most;
    }

    /** Expired ones included, for {@link #MEMORY}. */
    Optional<StoredSession> find(String accessKeyId) {
        return table.find(accessKeyId);
    }

    /** @throws ServiceException {@code Throttling} if too many sessions are in use */
    StoredSession issue(String caller, String userId, Duration lifetime, StoredSession.Limits limits) {
        var now = time.instant();
        var session = new StoredSession(
                "ASIA" + id(),
                text(SECRET_BYTES),
                text(TOKEN_BYTES),
                caller,
                userId,
                now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS),
                limits);
        sweep(now);
        if (table.entries("").size() >= most) {
            throw ServiceException.client("Throttling", 400, "Rate exceeded");
        }
        table.put(session.accessKeyId(), session);
        return session;
    }

    private void sweep(Instant now) {
        lock.lock();
        try {
            if (now.isBefore(nextSweep)) {
                return;
            }
            nextSweep = now.plus(BETWEEN_SWEEPS);
        } finally {
            lock.unlock();
        }
        var forgotten = table.list("").stream()
                .filter(session -> session.expiration().plus(MEMORY).isBefore(now))
                .map(session -> new RecordTable.Edit<StoredSession>(session.accessKeyId(), null))
                .toList();
        if (!forgotten.isEmpty()) {
            table.commit(forgotten);
        }
    }

    private String id() {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_ALPHABET.charAt(secrets.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    private String text(int bytes) {
        var random = new byte[bytes];
        secrets.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}
