// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.events.EventsConfig;
import dev.clew.events.capture.PayloadCapture;
import dev.clew.functions.FunctionsConfig;
import dev.clew.functions.environment.EnvironmentsConfig;
import dev.clew.functions.queue.AsyncConfig;
import dev.clew.functions.scaling.ScalingConfig;
import dev.clew.gateway.GatewayConfig;
import dev.clew.queues.QueuesConfig;
import dev.clew.traces.KeepConfig;
import dev.clew.traces.TraceLimits;
import dev.clew.traces.TracesConfig;
import dev.clew.traces.otlp.OtlpConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Each feature's own configuration, made from the server's settings. */
final class Features {
    private Features() {}

    static TracesConfig traces(Settings settings) {
        return TracesConfig.DEFAULTS
                .withRetention(settings.tracesRetention())
                .withLimits(TraceLimits.DEFAULTS
                        .withModification(settings.tracesModification())
                        .withMaxTraceBytes(settings.integer(Setting.TRACES_MAX_BYTES))
                        .withSegmentsPerSecond(settings.integer(Setting.TRACES_SEGMENTS_PER_SECOND))
                        .withStrictness(
                                settings.flag(Setting.TRACES_STRICT_IDS),
                                settings.flag(Setting.TRACES_STRICT_TRACE_IDS)))
                .withOtlp(OtlpConfig.DEFAULTS
                        .withIndexed(
                                settings.flag(Setting.OTLP_INDEX_ALL_ATTRIBUTES),
                                Set.copyOf(settings.otlpIndexedAttributes()))
                        .withMaxAge(settings.otlpMaxAge()))
                .withKeep(KeepConfig.NONE
                        .with(settings.text(Setting.TRACES_KEEP))
                        .withBounds(settings.tracesKeepQuiet(), settings.integer(Setting.TRACES_KEEP_BYTES)));
    }

    static EventsConfig events(Settings settings) {
        var defaults = EventsConfig.DEFAULTS;
        var destinations = defaults.destinations()
                .with(
                        settings.flag(Setting.EVENTS_LOCAL_DESTINATIONS),
                        settings.flag(Setting.EVENTS_TRACE_DESTINATIONS));
        return defaults.with(destinations, defaults.archives().withLinkedTraces(settings.linksReplays()))
                .withTracing(settings.flag(Setting.EVENTS_START_TRACES), settings.flag(Setting.EVENTS_TRACE_DELIVERIES))
                .withLife(settings.eventsMaxHops(), settings.eventsRetention())
                .withCapture(
                        settings.flag(Setting.EVENTS_CAPTURE_PAYLOADS)
                                ? new PayloadCapture(
                                        settings.eventsCaptureRedact(), settings.integer(Setting.EVENTS_CAPTURE_BYTES))
                                : null);
    }

    static QueuesConfig queues(Settings settings) {
        return QueuesConfig.DEFAULTS.withRecreateDelay(settings.queuesRecreateDelay());
    }

    static GatewayConfig gateway(Settings settings) {
        return new GatewayConfig(settings.flag(Setting.GATEWAY_DEFAULT_STAGE_TRACING));
    }

    static FunctionsConfig functions(Settings settings) {
        var work = settings.data().resolve("functions");
        var environments = new EnvironmentsConfig(
                work.resolve("environments"),
                settings.flag(Setting.FUNCTIONS_DEFAULT_LAYER),
                settings.pythonLayer(),
                settings.flag(Setting.FUNCTIONS_STRICT_RUNTIME),
                javaRuntime(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getenv());
        return FunctionsConfig.of(work.resolve("code"), environments)
                .withScaling(scaling(settings))
                .withAsync(AsyncConfig.DEFAULTS.withDelayFactor(settings.functionsRetryFactor()));
    }

    private static ScalingConfig scaling(Settings settings) {
        var defaults = ScalingConfig.DEFAULTS;
        return new ScalingConfig(
                defaults.concurrentStarts(),
                settings.functionsConcurrency(),
                defaults.accountConcurrency(),
                defaults.maxWaiting(),
                defaults.patience(),
                settings.functionsIdle(),
                defaults.initLimit(),
                defaults.credentialLifetime());
    }

    /** The jars of the Java runtime interface client in the distribution; none if the server runs without one. */
    private static List<Path> javaRuntime() {
        var home = System.getProperty("clew.home");
        if (home == null || !Files.isDirectory(Path.of(home, "runtime", "java"))) {
            return List.of();
        }
        try (var files = Files.list(Path.of(home, "runtime", "java"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
