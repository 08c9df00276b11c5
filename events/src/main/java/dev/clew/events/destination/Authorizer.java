// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Asks for the first token of connections in the background, and writes down whether it was granted. A connection that waits for
 * that when the process ends is asked for again at the next start. Safe for use by many threads.
 */
final class Authorizer {
    private static final System.Logger LOG = System.getLogger(Authorizer.class.getName());
    private static final int AT_ONCE = 16;

    private final Connections connections;
    private final Tokens tokens;
    private final InstantSource time;
    private final Executor background;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Authorizer(Connections connections, Tokens tokens, InstantSource time, Executor background) {
        this.connections = connections;
        this.tokens = tokens;
        this.time = time;
        this.background = background;
    }

    /** Goes on with all that wait. */
    void resume() {
        connections.all().forEach(this::authorize);
    }

    /** Nothing, unless {@code connection} waits for a token. */
    void authorize(Connection connection) {
        if (connection.state() == Connection.State.AUTHORIZING) {
            background.execute(() -> inTurn(connection));
        }
    }

    void forget(Connection connection) {
        tokens.forget(connection);
    }

    private void inTurn(Connection connection) {
        try {
            turns.acquire();
            try {
                ask(connection);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it waits on, until the next start
        }
    }

    private void ask(Connection connection) throws InterruptedException {
        var credentials = connections.credentials(connection);
        if (credentials == null || !(credentials.authorization() instanceof Authorization.OAuth oauth)) {
            return;
        }
        var grant = tokens.token(connection, oauth);
        connections.changing(() -> {
            var now = connections.find(connection.arn()).orElse(null);
            if (connection.equals(now)) { // else somebody changed it meanwhile, and asked anew
                connections.put(after(connection, grant));
            }
            return true;
        });
    }

    private Connection after(Connection connection, Tokens.Grant grant) {
        return switch (grant) {
            case Tokens.Grant.Granted _ -> connection.authorizedAt(time.instant());
            case Tokens.Grant.Refused(String reason) -> refused(connection, reason);
            case Tokens.Grant.Unavailable(String reason) -> refused(connection, reason);
        };
    }

    private Connection refused(Connection connection, String reason) {
        LOG.log(System.Logger.Level.WARNING, () -> "connection " + connection.arn() + " is not authorized: " + reason);
        return connection.refusedAt(time.instant(), "No token was granted: " + reason);
    }
}
