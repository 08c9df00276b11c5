// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.conflictException;
import static dev.clew.gateway.api.ApigatewayErrors.limitExceededException;

import dev.clew.gateway.api.CreateStageRequest;
import dev.clew.gateway.api.DeleteStageRequest;
import dev.clew.gateway.api.GetStageRequest;
import dev.clew.gateway.api.GetStagesRequest;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.api.UpdateStageRequest;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

/** Stages: named settings that point at a deployment. What is set on a stage holds from the next request on. */
final class Stages {
    private static final int MAX_STAGES = 10;

    private final Definitions definitions;
    private final InstantSource time;
    private final boolean tracedByDefault;

    /** @param tracedByDefault whether a stage traces if its creator does not say */
    Stages(Definitions definitions, InstantSource time, boolean tracedByDefault) {
        this.definitions = definitions;
        this.time = time;
        this.tracedByDefault = tracedByDefault;
    }

    Stage create(CreateStageRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        var stage = Stage.builder()
                .stageName(input.stageName())
                .deploymentId(input.deploymentId())
                .description(input.description())
                .cacheClusterEnabled(input.cacheClusterEnabled())
                .cacheClusterSize(input.cacheClusterSize())
                .variables(input.variables())
                .documentationVersion(input.documentationVersion())
                .canarySettings(input.canarySettings())
                .tracingEnabled(input.tracingEnabled())
                .tags(input.tags())
                .build();
        return definitions.exclusively(() -> {
            definitions.api(key);
            if (definitions.findStage(key, input.stageName()).isPresent()) {
                throw conflictException("Stage already exists");
            }
            if (definitions.findSnapshot(key, input.deploymentId()).isEmpty()) {
                throw badRequestException("Deployment id does not exist");
            }
            var created = completed(key, stage);
            definitions.change().put(key, created).commit();
            return created;
        });
    }

    /** {@code stage} as a new one begins. Checks it, but not whether its name is taken. */
    Stage completed(ApiKey key, Stage stage) {
        StageRules.check(stage);
        if (definitions.stages(key).size() >= MAX_STAGES) {
            throw limitExceededException("Maximum number of stages for this API has been reached: " + MAX_STAGES);
        }
        var now = now();
        return Stage.builder()
                .stageName(stage.stageName())
                .deploymentId(stage.deploymentId())
                .description(stage.description())
                .cacheClusterEnabled(false)
                .cacheClusterStatus("NOT_AVAILABLE")
                .methodSettings(Map.of())
                .variables(stage.variables())
                .tracingEnabled(Objects.requireNonNullElse(stage.tracingEnabled(), tracedByDefault))
                .tags(stage.tags())
                .createdDate(now)
                .lastUpdatedDate(now)
                .build();
    }

    Stage get(GetStageRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        definitions.api(key);
        return definitions.stage(key, input.stageName());
    }

    dev.clew.gateway.api.Stages list(GetStagesRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        definitions.api(key);
        var deployment = input.deploymentId();
        return new dev.clew.gateway.api.Stages(definitions.stages(key).stream()
                .filter(stage -> deployment == null || deployment.equals(stage.deploymentId()))
                .toList());
    }

    Stage update(UpdateStageRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            var stage = definitions.stage(key, input.stageName());
            var patched = StageRules.patched(stage, input.patchOperations());
            definitions.snapshot(key, Objects.requireNonNullElse(patched.deploymentId(), ""));
            var updated = touched(patched);
            definitions.change().put(key, updated).commit();
            return updated;
        });
    }

    Unit delete(DeleteStageRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            definitions.stage(key, input.stageName());
            definitions.change().removeStage(key, input.stageName()).commit();
            return Unit.VALUE;
        });
    }

    /** {@code stage}, last updated now. */
    Stage touched(Stage stage) {
        return Members.with(Stage.SHAPE, stage, "lastUpdatedDate", now());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
