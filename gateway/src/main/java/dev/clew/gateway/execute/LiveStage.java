// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.Arn;
import dev.clew.gateway.api.AccessLogSettings;
import dev.clew.gateway.api.Method;
import dev.clew.gateway.api.MethodSetting;
import dev.clew.gateway.api.RequestValidator;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.definition.ApiDefinition;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Snapshot;
import dev.clew.gateway.mapping.ContextFormat;
import dev.clew.gateway.patch.PatchPath;
import dev.clew.gateway.route.RouteTable;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage as requests meet it: what its deployment froze, and its own settings. Made once and used until one of its
 * three origins changes. Immutable but for the buckets of its methods.
 *
 * @param origin what it was made from
 * @param variables of the stage
 * @param binaryTypes that the deployment treats as binary
 * @param compressFrom least length of a body that is compressed for clients that like it; -1 for never
 * @param accessLog null if the stage writes none
 */
record LiveStage(
        ApiKey key,
        Origin origin,
        RouteTable<LiveMethod.Resource> routes,
        Map<String, String> variables,
        MediaTypes binaryTypes,
        int compressFrom,
        ErrorPages errors,
        @Nullable AccessLog accessLog) {
    /** The records that a live stage is made of; compared by identity, because each change makes a new record. */
    record Origin(ApiDefinition api, Snapshot snapshot, Stage stage) {
        boolean is(Origin other) {
            return api == other.api && snapshot == other.snapshot && stage == other.stage;
        }
    }

    /** Where access logs go, and what is in a line. */
    record AccessLog(String group, ContextFormat format) {
        private static final String GROUP = "log-group:";

        private static @Nullable AccessLog of(@Nullable AccessLogSettings settings) {
            if (settings == null || settings.format() == null || settings.destinationArn() == null) {
                return null;
            }
            var format = ContextFormat.parse(settings.format());
            return Arn.parse(settings.destinationArn())
                    .map(Arn::resource)
                    .filter(resource -> resource.startsWith(GROUP))
                    .map(resource -> resource.substring(GROUP.length()).replaceFirst(":\\*$", ""))
                    .map(group -> new AccessLog(group, format))
                    .orElse(null);
        }
    }

    static LiveStage of(ApiKey key, Origin origin, Instant now) {
        var deployed = origin.snapshot.definition();
        var compression = deployed.api().minimumCompressionSize();
        return new LiveStage(
                key,
                origin,
                routes(origin, now),
                variables(origin.stage),
                MediaTypes.of(deployed.api().binaryMediaTypes()),
                compression == null ? -1 : compression,
                ErrorPages.of(deployed.responses()),
                AccessLog.of(origin.stage.accessLogSettings()));
    }

    String name() {
        return Objects.requireNonNull(origin.stage.stageName());
    }

    String apiName() {
        return Objects.requireNonNullElse(origin.api.name(), "");
    }

    /** The name of its segments: {@code {API name}/{stage}}. */
    String serviceName() {
        return origin.api.name() + '/' + name();
    }

    Arn arn() {
        return Arn.of("apigateway", key.scope().region(), "", "/restapis/" + key.id() + "/stages/" + name());
    }

    boolean traced() {
        return Boolean.TRUE.equals(origin.stage.tracingEnabled());
    }

    /** Whether the deployment lets requests come through execute-api at all. */
    boolean reachable() {
        return !Boolean.TRUE.equals(origin.snapshot.definition().api().disableExecuteApiEndpoint());
    }

    private static Map<String, String> variables(Stage stage) {
        return Objects.requireNonNullElse(stage.variables(), Map.of());
    }

    private static RouteTable<LiveMethod.Resource> routes(Origin origin, Instant now) {
        var resources = new LinkedHashMap<String, LiveMethod.Resource>();
        for (var resource : origin.snapshot.resources()) {
            var methods = Objects.requireNonNullElse(resource.resourceMethods(), Map.<String, Method>of());
            if (!methods.isEmpty()) {
                var live = new HashMap<String, LiveMethod>();
                methods.forEach((verb, method) -> live.put(verb, method(origin, resource, verb, method, now)));
                resources.put(Objects.requireNonNull(resource.path()), new LiveMethod.Resource(Map.copyOf(live)));
            }
        }
        return RouteTable.of(resources);
    }

    private static LiveMethod method(Origin origin, Resource resource, String verb, Method method, Instant now) {
        var path = Objects.requireNonNull(resource.path());
        var settings = settings(origin.stage, path, verb);
        return new LiveMethod(
                Objects.requireNonNull(resource.id()),
                path,
                LiveIntegration.of(method.methodIntegration(), variables(origin.stage)),
                required(method, origin.snapshot.definition().validators()),
                throttle(settings, now),
                LiveMethod.Logging.of(settings));
    }

    private static List<String> required(Method method, Map<String, RequestValidator> validators) {
        var validator = Optional.ofNullable(method.requestValidatorId()).map(validators::get);
        if (validator.isEmpty() || !Boolean.TRUE.equals(validator.get().validateRequestParameters())) {
            return List.of();
        }
        return Objects.requireNonNullElse(method.requestParameters(), Map.<String, Boolean>of()).entrySet().stream()
                .filter(parameter -> parameter.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The settings of the method itself, else those of all methods, else null. */
    private static @Nullable MethodSetting settings(Stage stage, String path, String verb) {
        var settings = Objects.requireNonNullElse(stage.methodSettings(), Map.<String, MethodSetting>of());
        return settings.entrySet().stream()
                .filter(entry -> governs(entry.getKey(), path, verb))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(settings.get("*/*"));
    }

    private static @Nullable TokenBucket throttle(@Nullable MethodSetting settings, Instant now) {
        if (settings == null || settings.throttlingRateLimit() == null || settings.throttlingBurstLimit() == null) {
            return null;
        }
        return settings.throttlingRateLimit() < 0 || settings.throttlingBurstLimit() < 0
                ? null
                : new TokenBucket(settings.throttlingRateLimit(), settings.throttlingBurstLimit(), now);
    }

    /** Whether settings under {@code key}, for example {@code ~1orders/POST}, are those of this very method. */
    private static boolean governs(String key, String path, String verb) {
        int slash = key.lastIndexOf('/');
        var keyPath = PatchPath.decode(key.substring(0, slash));
        return key.substring(slash + 1).equals(verb)
                && (keyPath.equals(path) || path.substring(1).equals(keyPath));
    }
}
