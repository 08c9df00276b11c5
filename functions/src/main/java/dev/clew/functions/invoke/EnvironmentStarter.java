// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.access.RoleSessions;
import dev.clew.core.log.LogSink;
import dev.clew.functions.catalog.CodeStore;
import dev.clew.functions.catalog.FunctionVersion;
import dev.clew.functions.environment.CannotStartException;
import dev.clew.functions.environment.Environment;
import dev.clew.functions.environment.Environments;
import dev.clew.functions.environment.InitResult;
import dev.clew.functions.environment.Launch;
import dev.clew.functions.environment.OutputLine;
import dev.clew.functions.scaling.EnvironmentPool;
import dev.clew.functions.scaling.ScalingConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes an environment for a version: code, role session, log stream, process; and waits for its init. */
final class EnvironmentStarter implements EnvironmentPool.Starter<RunningEnvironment> {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** An invocation lasts up to 15 minutes; the session of its environment must last longer. */
    private static final Duration LONGEST_USE = Duration.ofMinutes(16);

    private final Environments environments;
    private final CodeStore codes;
    private final RoleSessions roles;
    private final LogSink logs;
    private final InstantSource time;
    private final Supplier<String> streamIds;
    private final ScalingConfig config;

    /** @param streamIds 32 hex digits, each time others */
    EnvironmentStarter(
            Environments environments,
            CodeStore codes,
            RoleSessions roles,
            LogSink logs,
            InstantSource time,
            Supplier<String> streamIds,
            ScalingConfig config) {
        this.environments = environments;
        this.codes = codes;
        this.roles = roles;
        this.logs = logs;
        this.time = time;
        this.streamIds = streamIds;
        this.config = config;
    }

    @Override
    public RunningEnvironment start(FunctionVersion version) {
        var log = log(version);
        var configuration = version.configuration();
        var runtime = configuration.runtime();
        if (runtime == null) {
            return RunningEnvironment.none(log, "container images cannot run here; pack the function as a zip", time);
        }
        var session =
                roles.assume(configuration.role(), "lambda.amazonaws.com", version.name(), config.credentialLifetime());
        if (session.isEmpty()) {
            return RunningEnvironment.none(log, "The role defined for the function cannot be assumed by Lambda.", time);
        }
        try {
            log.append(time.instant(), initStart(runtime, version));
            var environment = environments.launch(
                    new Launch(
                            version.name(),
                            version.version(),
                            version.functionArn(),
                            Objects.requireNonNullElse(configuration.handler(), ""),
                            runtime,
                            configuration.memorySize(),
                            Duration.ofSeconds(configuration.timeout()),
                            configuration.variables(),
                            codes.unpacked(version.code().id()),
                            version.scope().region(),
                            log.group(),
                            log.stream(),
                            session.get()),
                    line -> append(log, line));
            return RunningEnvironment.of(
                    environment,
                    log,
                    await(environment),
                    session.get().expiration().minus(LONGEST_USE),
                    time);
        } catch (CannotStartException | IOException e) {
            return RunningEnvironment.none(log, String.valueOf(e.getMessage()), time);
        }
    }

    private InitResult await(Environment environment) {
        try {
            return environment.awaitInit(config.initLimit());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            environment.close();
            return new InitResult.Exited(1, time.instant());
        }
    }

    private static void append(EnvironmentLog log, OutputLine line) {
        log.append(line.time(), line.text() + '\n');
    }

    private EnvironmentLog log(FunctionVersion version) {
        var group = Objects.requireNonNull(version.configuration().logging().logGroup());
        var owner = group.equals("/aws/lambda/" + version.name()) ? "" : version.name();
        Instant now = time.instant();
        var stream = DAY.format(now) + '/' + owner + '[' + version.version() + ']' + streamIds.get();
        return new EnvironmentLog(logs, version.scope(), group, stream);
    }

    /** {@code python3.12} becomes {@code python:3.12.v1}: there is one build of each runtime here. */
    private static String initStart(String runtime, FunctionVersion version) {
        var spelled = runtime.replaceFirst("^([a-z]+)(\\d)", "$1:$2");
        return "INIT_START Runtime Version: " + spelled + ".v1\tRuntime Version ARN: " + version.runtimeVersionArn()
                + "\n";
    }
}
