// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.server;

import dev.clew.cli.Clew;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A server that answers: the one at the endpoint, or a temporary one that ends with this object. */
public final class RunningServer implements AutoCloseable {
    private final Endpoint endpoint;
    private final Health health;
    private final KeyPair keys;
    private final KeyPair exportedKeys;
    private final String region;
    private final @Nullable TemporaryServer own;

    private RunningServer(
            Endpoint endpoint,
            Health health,
            KeyPair keys,
            KeyPair exportedKeys,
            String region,
            @Nullable TemporaryServer own) {
        this.endpoint = endpoint;
        this.health = health;
        this.keys = keys;
        this.exportedKeys = exportedKeys;
        this.region = region;
        this.own = own;
    }

    /**
     * The server that {@code clew} is told to use.
     *
     * @throws dev.clew.cli.Problem if it does not answer
     */
    public static RunningServer required(Clew clew) {
        return answering(clew, clew.endpoint(), clew.endpoint().requireHealth(), clew.data(), null);
    }

    /** The server that {@code clew} is told to use; if none answers, a new one, announced on standard error. */
    public static RunningServer foundOrStarted(Clew clew) throws InterruptedException {
        var endpoint = clew.endpoint();
        var health = endpoint.health();
        if (health.isPresent()) {
            return answering(clew, endpoint, health.get(), clew.data(), null);
        }
        clew.surroundings().err().println("No Clew answers at " + endpoint.text() + ": starting a temporary one.");
        var own = TemporaryServer.start();
        try {
            return answering(clew, own.endpoint(), own.endpoint().requireHealth(), own.data(), own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static RunningServer answering(
            Clew clew, Endpoint endpoint, Health health, Path data, @Nullable TemporaryServer own) {
        var environment = clew.surroundings().environment();
        var found = KeyPair.find(environment, data);
        var exported = KeyPair.ofServer(data).orElse(found);
        var keys = own == null ? found : exported;
        return new RunningServer(endpoint, health, keys, exported, clew.region(health.region()), own);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public Health health() {
        return health;
    }

    /** What this process signs with. */
    public KeyPair keys() {
        return keys;
    }

    /** What to tell others to sign with: the server's own pair if we can read it, whatever this process inherited. */
    public KeyPair exportedKeys() {
        return exportedKeys;
    }

    /** The region to work in. */
    public String region() {
        return region;
    }

    /** Whether it was started by us and ends with us. */
    public boolean temporary() {
        return own != null;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
