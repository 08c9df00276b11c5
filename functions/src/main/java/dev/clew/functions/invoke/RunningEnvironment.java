// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.functions.environment.Environment;
import dev.clew.functions.environment.InitResult;
import dev.clew.functions.scaling.EnvironmentPool;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An environment as invocations use it, or the reason why there is none. Used by one invocation at a time; what they
 * leave for the next is handed over by the pool's lock.
 */
final class RunningEnvironment implements EnvironmentPool.Slot {
    private final @Nullable Environment environment;
    private final EnvironmentLog log;
    private final InitResult init;
    private final Instant started;
    private final String problem;
    private final Instant endOfCredentials;
    private final InstantSource time;
    private boolean fresh = true;

    private RunningEnvironment(
            @Nullable Environment environment,
            EnvironmentLog log,
            InitResult init,
            Instant started,
            String problem,
            Instant endOfCredentials,
            InstantSource time) {
        this.environment = environment;
        this.log = log;
        this.init = init;
        this.started = started;
        this.problem = problem;
        this.endOfCredentials = endOfCredentials;
        this.time = time;
    }

    /** One whose process was started, with whatever success. */
    static RunningEnvironment of(
            Environment environment,
            EnvironmentLog log,
            InitResult init,
            Instant endOfCredentials,
            InstantSource time) {
        return new RunningEnvironment(environment, log, init, environment.started(), "", endOfCredentials, time);
    }

    /** One that could not even be started. */
    static RunningEnvironment none(EnvironmentLog log, String problem, InstantSource time) {
        var now = time.instant();
        return new RunningEnvironment(null, log, new InitResult.Exited(1, now), now, problem, now, time);
    }

    /** The process; null if there is none, see {@link #problem}. */
    @Nullable
    Environment environment() {
        return environment;
    }

    EnvironmentLog log() {
        return log;
    }

    /** How the start went, within the limit it had. */
    InitResult init() {
        return init;
    }

    Instant started() {
        return started;
    }

    /** Why there is no process, for people. */
    String problem() {
        return problem;
    }

    /** Whether no invocation had it yet; only the first call says so. */
    boolean takeFresh() {
        var was = fresh;
        fresh = false;
        return was;
    }

    @Override
    public boolean usable() {
        return environment != null
                && environment.alive()
                && (init instanceof InitResult.Ready || init instanceof InitResult.StillStarting && !fresh)
                && time.instant().isBefore(endOfCredentials);
    }

    @Override
    public void close() {
        if (environment != null) {
            environment.close();
        }
    }
}
