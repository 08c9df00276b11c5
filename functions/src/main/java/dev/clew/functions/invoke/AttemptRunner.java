// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentId;
import dev.clew.functions.environment.Environment;
import dev.clew.functions.environment.InitResult;
import dev.clew.functions.environment.Work;
import dev.clew.functions.environment.WorkResult;
import dev.clew.functions.invoke.Attempt.Answer;
import dev.clew.functions.invoke.Attempt.Report;
import dev.clew.functions.invoke.LambdaSegments.Span;
import dev.clew.functions.invoke.LambdaSegments.Times;
import dev.clew.functions.scaling.EnvironmentPool;
import dev.clew.functions.scaling.EnvironmentPool.Grant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs tries: takes an environment, hands the invocation over, logs and records what happens. Safe for many threads. */
final class AttemptRunner {
    private static final Duration OUTPUT_PATIENCE = Duration.ofMillis(500);
    /** What a function that does nothing after its answer needs to ask for more. */
    private static final Duration SOON = Duration.ofMillis(20);

    private static final Duration LEAST_READY_PATIENCE = Duration.ofMillis(100);

    private final EnvironmentPool<RunningEnvironment> pool;
    private final LambdaSegments segments;
    private final FunctionMetrics metrics;
    private final InstantSource time;
    private final IdSource ids;

    AttemptRunner(
            EnvironmentPool<RunningEnvironment> pool,
            LambdaSegments segments,
            FunctionMetrics metrics,
            InstantSource time,
            IdSource ids) {
        this.pool = pool;
        this.segments = segments;
        this.metrics = metrics;
        this.time = time;
        this.ids = ids;
    }

    /**
     * Runs {@code attempt} to its end, when the environment is ready for another.
     *
     * @param answered gets the answer as soon as it is there, before the end
     */
    Report run(Attempt attempt, Consumer<Answer> answered) throws InterruptedException {
        var begin = time.instant();
        return switch (pool.acquire(attempt.version(), attempt.reserved(), attempt.patience())) {
            case Grant.Throttled<RunningEnvironment>(String reason) -> {
                var throttled = new Answer.Throttled(reason);
                metrics.throttled(attempt);
                answered.accept(throttled);
                yield new Report(throttled, begin, time.instant(), null, "");
            }
            case Grant.Granted<RunningEnvironment>(RunningEnvironment environment) -> {
                try {
                    yield new Run(attempt, environment).run(begin, answered);
                } finally {
                    pool.release(attempt.version(), environment);
                }
            }
        };
    }

    /** One try in one environment. */
    private final class Run {
        private final Attempt attempt;
        private final RunningEnvironment running;
        private final EnvironmentLog log;
        private final boolean cold;
        private final Duration timeout;
        private final SegmentId functionSegment = ids.nextSegmentId();
        private final SegmentId invocationSegment = ids.nextSegmentId();

        private Run(Attempt attempt, RunningEnvironment running) {
            this.attempt = attempt;
            this.running = running;
            log = running.log();
            cold = running.takeFresh();
            timeout = Duration.ofSeconds(attempt.version().configuration().timeout());
        }

        private Report run(Instant begin, Consumer<Answer> answered) throws InterruptedException {
            var start = time.instant();
            log.startTail();
            log.append(
                    start,
                    "START RequestId: " + attempt.requestId() + " Version: "
                            + attempt.version().version() + "\n");
            var answer = answer(start);
            var end = time.instant();
            pool.expect(attempt.version(), running);
            metrics.ran(attempt, answer, start, end);
            answered.accept(answer);
            settle(start);
            var ready = time.instant();
            var times = new Times(init(), new Span(start, end), ready);
            var fault = answer instanceof Answer.Failure failure ? failure.error() : null;
            report(times, fault);
            var document = attempt.traced().recorded()
                    ? segments.function(attempt, functionSegment, invocationSegment, times, fault)
                    : null;
            return new Report(answer, begin, ready, document, log.tail());
        }

        private @Nullable Span init() {
            return cold && running.init() instanceof InitResult.Ready(Instant at)
                    ? new Span(running.started(), at)
                    : null;
        }

        private Answer answer(Instant start) throws InterruptedException {
            var environment = running.environment();
            if (environment == null) {
                return FunctionFault.seen("Runtime.InvalidRuntime", explained(running.problem()), "error");
            }
            // An init beyond its limit goes on as part of the invocation, whose own time it takes.
            var init = running.init() instanceof InitResult.StillStarting
                    ? environment.awaitInit(timeout)
                    : running.init();
            var left = timeout.minus(Duration.between(start, time.instant()));
            return switch (init) {
                case InitResult.Failed failed ->
                    new Answer.Failure(
                            failed.payload(),
                            FunctionFault.reported(failed.payload(), failed.errorType(), null, "error"));
                case InitResult.Exited exited -> exited(exited.status());
                case InitResult.StillStarting still -> timedOut(still.at());
                case InitResult.Ready _ -> result(environment.invoke(work(start), left));
            };
        }

        private Work work(Instant start) {
            return new Work(
                    attempt.requestId(),
                    attempt.payload(),
                    attempt.invokedArn(),
                    start.plus(timeout),
                    attempt.traced().forRuntime(invocationSegment).toString(),
                    attempt.clientContext());
        }

        private Answer result(WorkResult result) {
            return switch (result) {
                case WorkResult.Success success -> new Answer.Success(success.payload());
                case WorkResult.Failure failure ->
                    new Answer.Failure(
                            failure.payload(),
                            FunctionFault.reported(failure.payload(), failure.errorType(), failure.cause(), null));
                case WorkResult.TimedOut timed -> timedOut(timed.at());
                case WorkResult.Exited exited -> exited(exited.status());
            };
        }

        private Answer timedOut(Instant at) {
            var text = String.format(Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0);
            log.append(at, LogTimes.iso(at) + ' ' + attempt.requestId() + ' ' + text + "\n\n");
            return FunctionFault.seen("Sandbox.Timedout", explained(text), "timeout");
        }

        private Answer exited(int status) {
            var how = status == 0
                    ? "Runtime exited without providing a reason"
                    : "Runtime exited with error: " + ExitStatus.describe(status);
            return FunctionFault.seen("Runtime.ExitError", explained(how), "error");
        }

        private String explained(String reason) {
            return "RequestId: " + attempt.requestId() + " Error: " + reason;
        }

        /** Waits for what the function does after its answer, and for its last lines. */
        private void settle(Instant start) throws InterruptedException {
            Environment environment = running.environment();
            if (environment == null) {
                return;
            }
            var left = timeout.minus(Duration.between(start, time.instant()));
            var patience = left.compareTo(LEAST_READY_PATIENCE) < 0 ? LEAST_READY_PATIENCE : left;
            if (environment.alive() && !environment.awaitReady(SOON)) {
                pool.unexpect(attempt.version(), running);
                if (!environment.awaitReady(patience)) {
                    environment.close();
                }
            }
            environment.awaitOutput(OUTPUT_PATIENCE);
        }

        private void report(Times times, @Nullable FunctionFault fault) {
            var traced = attempt.traced();
            log.append(times.ready(), "END RequestId: " + attempt.requestId() + "\n");
            log.append(
                    times.ready(),
                    new ReportLine(
                                    attempt.requestId(),
                                    Duration.between(
                                            times.invocation().start(),
                                            times.invocation().end()),
                                    attempt.version().configuration().memorySize(),
                                    peakMemory(),
                                    times.init() == null
                                            ? null
                                            : Duration.between(
                                                    times.init().start(),
                                                    times.init().end()),
                                    fault,
                                    traced.recorded() ? traced.root().text() : null,
                                    functionSegment.text())
                            .text());
        }

        private long peakMemory() {
            var environment = running.environment();
            return environment == null ? 0 : environment.peakMemory().orElse(0);
        }
    }
}
