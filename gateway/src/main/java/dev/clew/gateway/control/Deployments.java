// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.core.IdSource;
import dev.clew.gateway.api.CreateDeploymentRequest;
import dev.clew.gateway.api.DeleteDeploymentRequest;
import dev.clew.gateway.api.Deployment;
import dev.clew.gateway.api.GetDeploymentRequest;
import dev.clew.gateway.api.GetDeploymentsRequest;
import dev.clew.gateway.api.Method;
import dev.clew.gateway.api.MethodSnapshot;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.api.UpdateDeploymentRequest;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.definition.Snapshot;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deployments: snapshots of an API that stages point at. */
final class Deployments {
    private static final Patch<Deployment> PATCH =
            Patch.of(Deployment.SHAPE).edit("/description").build();

    private final Definitions definitions;
    private final Stages stages;
    private final IdSource ids;
    private final InstantSource time;

    Deployments(Definitions definitions, Stages stages, IdSource ids, InstantSource time) {
        this.definitions = definitions;
        this.stages = stages;
        this.ids = ids;
        this.time = time;
    }

    Deployment create(CreateDeploymentRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        if (input.canarySettings() != null) {
            throw badRequestException("Canary releases are not supported yet");
        }
        return definitions.exclusively(() -> {
            var definition = definitions.api(key);
            var resources = definitions.resources(key);
            checkDeployable(resources);
            var deployment = Deployment.builder()
                    .id(freeId(key))
                    .description(input.description())
                    .createdDate(time.instant().truncatedTo(ChronoUnit.SECONDS))
                    .build();
            var change = definitions.change().put(key, new Snapshot(deployment, definition, resources));
            if (input.stageName() != null && !input.stageName().isEmpty()) {
                change.put(key, stage(key, input, Objects.requireNonNull(deployment.id())));
            }
            change.commit();
            return deployment;
        });
    }

    /** The stage that the call names, pointing at the new deployment: an existing one, or one that begins here. */
    private Stage stage(ApiKey key, CreateDeploymentRequest input, String deploymentId) {
        var name = Objects.requireNonNull(input.stageName());
        var existing = definitions.findStage(key, name);
        if (existing.isEmpty()) {
            return stages.completed(
                    key,
                    Stage.builder()
                            .stageName(name)
                            .deploymentId(deploymentId)
                            .description(input.stageDescription())
                            .cacheClusterEnabled(input.cacheClusterEnabled())
                            .cacheClusterSize(input.cacheClusterSize())
                            .variables(input.variables())
                            .tracingEnabled(input.tracingEnabled())
                            .build());
        }
        var stage = Members.with(Stage.SHAPE, existing.get(), "deploymentId", deploymentId);
        stage = withIfSet(stage, "description", input.stageDescription());
        stage = withIfSet(stage, "cacheClusterEnabled", input.cacheClusterEnabled());
        stage = withIfSet(stage, "variables", input.variables());
        stage = withIfSet(stage, "tracingEnabled", input.tracingEnabled());
        StageRules.check(stage);
        return stages.touched(stage);
    }

    private static Stage withIfSet(Stage stage, String member, @Nullable Object value) {
        return value == null ? stage : Members.with(Stage.SHAPE, stage, member, value);
    }

    private String freeId(ApiKey key) {
        while (true) {
            var id = RestApis.newId(ids, 6);
            if (definitions.findSnapshot(key, id).isEmpty()) {
                return id;
            }
        }
    }

    private static void checkDeployable(List<Resource> resources) {
        var methods = resources.stream()
                .flatMap(resource -> methods(resource).values().stream())
                .toList();
        if (methods.isEmpty()) {
            throw badRequestException("The REST API doesn't contain any methods");
        }
        if (methods.stream().anyMatch(method -> method.methodIntegration() == null)) {
            throw badRequestException("No integration defined for method");
        }
    }

    Deployment get(GetDeploymentRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        definitions.api(key);
        var snapshot = definitions.snapshot(key, input.deploymentId());
        var embed = input.embed();
        return embed != null && embed.contains("apisummary")
                ? Members.with(Deployment.SHAPE, snapshot.deployment(), "apiSummary", summary(snapshot))
                : snapshot.deployment();
    }

    dev.clew.gateway.api.Deployments list(GetDeploymentsRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        definitions.api(key);
        var page = Paging.page(definitions.snapshots(key), Snapshot::id, input.position(), input.limit());
        return new dev.clew.gateway.api.Deployments(
                page.position(), page.items().stream().map(Snapshot::deployment).toList());
    }

    Deployment update(UpdateDeploymentRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            var snapshot = definitions.snapshot(key, input.deploymentId());
            var patched = PATCH.apply(snapshot.deployment(), input.patchOperations());
            definitions.change().put(key, snapshot.withDeployment(patched)).commit();
            return patched;
        });
    }

    Unit delete(DeleteDeploymentRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            definitions.snapshot(key, input.deploymentId());
            if (definitions.stages(key).stream()
                    .anyMatch(stage -> input.deploymentId().equals(stage.deploymentId()))) {
                throw badRequestException("Active stages pointing to this deployment must be moved or deleted");
            }
            definitions.change().removeSnapshot(key, input.deploymentId()).commit();
            return Unit.VALUE;
        });
    }

    private static Map<String, Map<String, MethodSnapshot>> summary(Snapshot snapshot) {
        var summary = new TreeMap<String, Map<String, MethodSnapshot>>();
        for (var resource : snapshot.resources()) {
            var methods = new TreeMap<String, MethodSnapshot>();
            methods(resource)
                    .forEach((verb, method) ->
                            methods.put(verb, new MethodSnapshot(method.authorizationType(), method.apiKeyRequired())));
            if (!methods.isEmpty()) {
                summary.put(Objects.requireNonNull(resource.path()), methods);
            }
        }
        return summary;
    }

    private static Map<String, Method> methods(Resource resource) {
        return Objects.requireNonNullElse(resource.resourceMethods(), Map.of());
    }
}
