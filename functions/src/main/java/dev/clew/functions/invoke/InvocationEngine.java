// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.Ticker;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.access.ResourcePolicy.Access;
import dev.clew.core.access.ResourcePolicy.Decision;
import dev.clew.core.access.RoleSessions;
import dev.clew.core.log.LogSink;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentSink;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.catalog.CodeStore;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.catalog.FunctionReference;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.environment.Environments;
import dev.clew.functions.scaling.EnvironmentPool;
import dev.clew.functions.scaling.ScalingConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What synchronous and asynchronous invocations share: permission, tracing, environments, tries. Safe for use by many
 * threads.
 */
public final class InvocationEngine implements AutoCloseable {
    private final FunctionCatalog catalog;
    private final ResourcePolicy policies;
    private final Tracing tracing;
    private final SegmentSink sink;
    private final FunctionMetrics metrics;
    private final SecureRandom random;
    private final LambdaSegments segments;
    private final EnvironmentPool<RunningEnvironment> pool;
    private final AttemptRunner runner;
    private final ScheduledExecutorService reaper;

    public InvocationEngine(
            FunctionCatalog catalog,
            CodeStore codes,
            Environments environments,
            LogSink logs,
            SegmentSink sink,
            FunctionMetrics metrics,
            Tracing tracing,
            ResourcePolicy policies,
            RoleSessions roles,
            InstantSource time,
            Ticker ticker,
            IdSource ids,
            SecureRandom random,
            ScalingConfig config) {
        this.catalog = catalog;
        this.policies = policies;
        this.tracing = tracing;
        this.sink = sink;
        this.metrics = metrics;
        this.random = random;
        segments = new LambdaSegments(ids);
        var starter = new EnvironmentStarter(environments, codes, roles, logs, time, this::streamId, config);
        pool = new EnvironmentPool<>(config, ticker, starter);
        runner = new AttemptRunner(pool, segments, metrics, time, ids);
        catalog.onRetired(version -> Thread.ofVirtual().start(() -> pool.retire(version)));
        reaper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("reap-environments").factory());
        long pause = Math.clamp(config.idle().toMillis() / 4, 50, 10_000);
        reaper.scheduleWithFixedDelay(pool::reap, pause, pause, TimeUnit.MILLISECONDS);
    }

    private String streamId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Why the function's policy refuses {@code caller}, or nothing if it allows the call, or if a user calls. */
    public Optional<String> refusal(FunctionReference reference, @Nullable ServiceCaller caller) {
        if (caller == null) {
            return Optional.empty();
        }
        var access = new Access(
                caller.principal(),
                "lambda:InvokeFunction",
                reference.arn(),
                caller.sourceArn(),
                caller.sourceAccount());
        return switch (policies.decide(catalog.policy(reference), access)) {
            case Decision.Allowed _ -> Optional.empty();
            case Decision.Refused(String reason) -> Optional.of(reason);
        };
    }

    /** The version that one invocation of {@code reference} runs. */
    public Optional<FunctionVersion> route(FunctionReference reference) {
        return catalog.route(reference, random.nextDouble());
    }

    /** Whether an invocation of {@code version} that arrives with {@code header} is recorded. */
    public TraceContext decide(FunctionVersion version, @Nullable TraceHeader header) {
        return tracing.decide(version, header);
    }

    /** Runs one try to its end, when its environment is ready for another. */
    public Attempt.Report run(Attempt attempt) throws InterruptedException {
        return runner.run(attempt, answer -> {});
    }

    /** Writes documents with {@code batch}; run the result once it is committed. */
    public Runnable stage(WriteBatch batch, Scope scope, List<String> documents) {
        return documents.isEmpty() ? () -> {} : sink.stage(batch, scope, documents);
    }

    /** Where invocations are counted. */
    public FunctionMetrics metrics() {
        return metrics;
    }

    public LambdaSegments segments() {
        return segments;
    }

    AttemptRunner runner() {
        return runner;
    }

    void write(Scope scope, List<String> documents) {
        sink.write(scope, documents);
    }

    /** Ends idle environments; nothing is run any more. */
    @Override
    public void close() {
        reaper.shutdownNow();
        pool.close();
    }
}
