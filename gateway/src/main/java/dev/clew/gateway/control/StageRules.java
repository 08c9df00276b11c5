// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.core.Arn;
import dev.clew.gateway.api.AccessLogSettings;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How stages may be set up and patched. */
final class StageRules {
    private static final Patch<Stage> PATCH = Patch.of(Stage.SHAPE)
            .replace("/deploymentId", "/cacheClusterEnabled", "/cacheClusterSize", "/tracingEnabled")
            .edit("/description", "/clientCertificateId", "/documentationVersion")
            .edit("/accessLogSettings", "/accessLogSettings/destinationArn", "/accessLogSettings/format")
            .entries("/variables/{variable_name}")
            .build();
    private static final List<String> PATHS = List.of(
            "/deploymentId",
            "/description",
            "/cacheClusterEnabled",
            "/cacheClusterSize",
            "/clientCertificateId",
            "/accessLogSettings",
            "/accessLogSettings/destinationArn",
            "/accessLogSettings/format");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern VARIABLE_VALUE = Pattern.compile("[A-Za-z0-9\\-._~:/?#&=,]{1,512}");
    private static final Pattern LOG_GROUP = Pattern.compile("log-group:[a-zA-Z0-9_/.#-]{1,512}(:\\*)?");
    private static final int MAX_VARIABLES = 100;

    private StageRules() {}

    /**
     * {@code stage} after {@code operations}; whether the deployment exists is for the caller to check.
     *
     * @throws dev.clew.wire.ServiceException BadRequestException that says what is wrong or not supported yet
     */
    static Stage patched(Stage stage, @Nullable List<PatchOperation> operations) {
        var patched = stage;
        for (var operation : operations == null ? List.<PatchOperation>of() : operations) {
            patched = patched(patched, operation);
        }
        check(patched);
        return patched;
    }

    private static Stage patched(Stage stage, PatchOperation operation) {
        var path = Objects.requireNonNullElse(operation.path(), "");
        if (path.startsWith("/canarySettings")) {
            throw badRequestException("Canary releases are not supported yet");
        }
        if (isOwnPath(path)) {
            return PATCH.apply(stage, operation);
        }
        var settings = MethodSettingsPatch.of(operation)
                .orElseThrow(() ->
                        badRequestException("Invalid method setting path: " + path + ". Must be one of: " + paths()))
                .apply(Objects.requireNonNullElse(stage.methodSettings(), Map.of()));
        return Members.with(Stage.SHAPE, stage, "methodSettings", settings);
    }

    private static boolean isOwnPath(String path) {
        return PATHS.contains(path)
                || path.equals("/tracingEnabled")
                || path.equals("/documentationVersion")
                || path.startsWith("/variables/") && path.indexOf('/', "/variables/".length()) < 0;
    }

    private static List<String> paths() {
        var paths = new ArrayList<>(PATHS);
        for (var method : new String[] {"/{resourcePath}/{httpMethod}/", "/*/*/"}) {
            MethodSettingsPatch.MEMBERS.keySet().forEach(setting -> paths.add(method + setting));
        }
        paths.add("/variables/{variable_name}");
        paths.add("/tracingEnabled");
        return paths;
    }

    /** @throws dev.clew.wire.ServiceException BadRequestException that says what is wrong or not supported yet */
    static void check(Stage stage) {
        if (!NAME.matcher(Objects.requireNonNullElse(stage.stageName(), "")).matches()) {
            throw badRequestException("Stage name only allows a-zA-Z0-9_-");
        }
        if (Boolean.TRUE.equals(stage.cacheClusterEnabled())) {
            throw badRequestException("Cache clusters are not supported yet");
        }
        if (Stream.of(stage.clientCertificateId(), stage.documentationVersion())
                .anyMatch(value -> value != null && !value.isEmpty())) {
            throw badRequestException("Client certificates and documentation versions are not supported yet");
        }
        if (stage.canarySettings() != null) {
            throw badRequestException("Canary releases are not supported yet");
        }
        Tagging.check(stage.tags());
        checkVariables(Objects.requireNonNullElse(stage.variables(), Map.of()));
        if (stage.accessLogSettings() != null) {
            check(stage.accessLogSettings());
        }
    }

    private static void checkVariables(Map<String, String> variables) {
        if (variables.size() > MAX_VARIABLES) {
            throw badRequestException("variables: " + variables.size() + " (expected: at most " + MAX_VARIABLES + ")");
        }
        variables.forEach((name, value) -> {
            if (!VARIABLE_NAME.matcher(name).matches()) {
                throw badRequestException("Invalid stage variable name: " + name
                        + " (expected: 1 to 64 letters, digits and underscores)");
            }
            if (!VARIABLE_VALUE.matcher(value).matches()) {
                throw badRequestException("Invalid stage variable value: " + value
                        + ". Please use values with alphanumeric characters and the symbols -._~:/?#&=,");
            }
        });
    }

    /** Both parts are needed for a log; a stage may be given one after the other. */
    private static void check(AccessLogSettings settings) {
        var destination = settings.destinationArn();
        if (destination != null && !destination.isEmpty()) {
            var arn = Arn.parse(destination)
                    .orElseThrow(() -> badRequestException("Invalid ARN specified in the request"));
            if (!arn.service().equals("logs")
                    || !LOG_GROUP.matcher(arn.resource()).matches()) {
                throw badRequestException("Access logs go to CloudWatch log groups only;"
                        + " other destinations are not supported yet: " + destination);
            }
        }
        var format = settings.format();
        if (format != null
                && !format.isEmpty()
                && !format.contains("$context.requestId")
                && !format.contains("$context.extendedRequestId")) {
            throw badRequestException(
                    "Access log format must contain $context.requestId or" + " $context.extendedRequestId");
        }
    }
}
