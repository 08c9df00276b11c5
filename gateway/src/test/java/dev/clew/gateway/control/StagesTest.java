// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.gateway.Console;
import dev.clew.gateway.api.AccessLogSettings;
import dev.clew.gateway.api.CreateDeploymentRequest;
import dev.clew.gateway.api.CreateStageRequest;
import dev.clew.gateway.api.DeleteDeploymentRequest;
import dev.clew.gateway.api.DeleteStageRequest;
import dev.clew.gateway.api.GetAccountRequest;
import dev.clew.gateway.api.GetDeploymentRequest;
import dev.clew.gateway.api.GetDeploymentsRequest;
import dev.clew.gateway.api.GetStageRequest;
import dev.clew.gateway.api.GetStagesRequest;
import dev.clew.gateway.api.MethodSetting;
import dev.clew.gateway.api.MethodSnapshot;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.api.UpdateAccountRequest;
import dev.clew.gateway.api.UpdateDeploymentRequest;
import dev.clew.gateway.api.UpdateStageRequest;
import dev.clew.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class StagesTest extends Fixture {
    final RestApi api = console.recipe();

    private Stage stage(String name) {
        return console.call(GET_STAGE, new GetStageRequest(api.id(), name));
    }

    private Stage patch(String op, String path, String value) {
        return console.call(
                UPDATE_STAGE,
                new UpdateStageRequest(api.id(), "prod", List.of(new PatchOperation(op, path, value, null))));
    }

    private void refusesToPatch(String op, String path, String value, String message) {
        assertRefused(
                UPDATE_STAGE,
                new UpdateStageRequest(api.id(), "prod", List.of(new PatchOperation(op, path, value, null))),
                "BadRequestException",
                message);
    }

    @Test
    void beginsWithItsDeploymentAsTheServiceDescribesIt() {
        var stage = stage("prod");
        assertThat(stage.deploymentId()).matches("[a-z0-9]{6}");
        assertThat(stage)
                .isEqualTo(Stage.builder()
                        .stageName("prod")
                        .deploymentId(stage.deploymentId())
                        .cacheClusterEnabled(false)
                        .cacheClusterStatus("NOT_AVAILABLE")
                        .methodSettings(Map.of())
                        .tracingEnabled(false)
                        .createdDate(ManualClock.START)
                        .lastUpdatedDate(ManualClock.START)
                        .build());
    }

    @Test
    void startsTracedIfTheServerIsSetUpSo() {
        var traced = new Console(ControlPlane.binding(definitions, ids, clock, true));
        traced.deploy(api.id(), "dev");
        assertThat(stage("dev").tracingEnabled()).isTrue();
    }

    @Test
    void switchesTracingOnWithoutARedeployment() {
        clock.advance(Duration.ofMinutes(1));
        var stage = patch("replace", "/tracingEnabled", "true");
        assertThat(stage.tracingEnabled()).isTrue();
        assertThat(stage.lastUpdatedDate()).isEqualTo(ManualClock.START.plusSeconds(60));
        assertThat(stage.createdDate()).isEqualTo(ManualClock.START);
        assertThat(restarted().call(GET_STAGE, new GetStageRequest(api.id(), "prod")))
                .isEqualTo(stage);
    }

    @Test
    void repointsAnExistingStage() {
        var deployment = console.deploy(api.id(), "prod");
        assertThat(stage("prod").deploymentId()).isEqualTo(deployment);
        assertThat(console.call(GET_STAGES, new GetStagesRequest(api.id(), deployment))
                        .item())
                .hasSize(1);
        assertThat(console.call(GET_STAGES, new GetStagesRequest(api.id(), "other"))
                        .item())
                .isEmpty();
    }

    @Test
    void keepsVariables() {
        assertThat(patch("replace", "/variables/fn", "orders").variables()).containsExactly(Map.entry("fn", "orders"));
        assertThat(patch("remove", "/variables/fn", null).variables()).isEmpty();
        refusesToPatch(
                "replace",
                "/variables/fn",
                "a b",
                "Invalid stage variable value: a b."
                        + " Please use values with alphanumeric characters and the symbols -._~:/?#&=,");
    }

    @Test
    void bringsTheDefaultsWithTheFirstMethodSetting() {
        assertThat(patch("replace", "/*/*/metrics/enabled", "true").methodSettings())
                .containsExactly(Map.entry(
                        "*/*",
                        MethodSetting.builder()
                                .metricsEnabled(true)
                                .dataTraceEnabled(false)
                                .throttlingBurstLimit(5_000)
                                .throttlingRateLimit(10_000.0)
                                .cachingEnabled(false)
                                .cacheTtlInSeconds(300)
                                .cacheDataEncrypted(false)
                                .requireAuthorizationForCacheControl(true)
                                .unauthorizedCacheControlHeaderStrategy("SUCCEED_WITH_RESPONSE_HEADER")
                                .build()));
        var stage = patch("replace", "/~1orders~1{customerId}/POST/throttling/rateLimit", "2.5");
        assertThat(stage.methodSettings()).containsOnlyKeys("*/*", "~1orders~1{customerId}/POST");
        assertThat(patch("replace", "/*/*/logging/loglevel", "INFO")
                        .methodSettings()
                        .get("*/*")
                        .loggingLevel())
                .isEqualTo("INFO");
        assertThat(patch("remove", "/*/*", null).methodSettings()).containsOnlyKeys("~1orders~1{customerId}/POST");
    }

    @Test
    void refusesPatchesInTheWordsOfTheService() {
        refusesToPatch(
                "remove",
                "/*/*",
                null,
                "Cannot remove method setting */* because there is no method setting for this method ");
        assertThatThrownBy(() -> patch("replace", "/x", "y"))
                .hasMessageStartingWith("Invalid method setting path: /x. Must be one of: [/deploymentId, /description,"
                        + " /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings,"
                        + " /accessLogSettings/destinationArn, /accessLogSettings/format,"
                        + " /{resourcePath}/{httpMethod}/metrics/enabled,")
                .hasMessageEndingWith(", /variables/{variable_name}, /tracingEnabled]");
        refusesToPatch(
                "replace",
                "/tracingEnabled",
                "maybe",
                "Invalid value 'maybe' for patch path /tracingEnabled (expected: true or false)");
        refusesToPatch(
                "remove", "/tracingEnabled", null, "Invalid patch operation specified. Must be one of: [replace]");
        refusesToPatch("replace", "/canarySettings/percentTraffic", "10", "Canary releases are not supported yet");
        refusesToPatch("replace", "/cacheClusterEnabled", "true", "Cache clusters are not supported yet");
    }

    @Test
    void appliesAllOperationsOrNone() {
        var before = stage("prod");
        assertThatThrownBy(() ->
                console.replaceInStage(api.id(), "prod", "/tracingEnabled", "true", "/description", "d", "/x", "y"));
        assertThat(stage("prod")).isEqualTo(before);
    }

    @Test
    void takesAccessLogSettingsOneByOne() {
        var group = "arn:aws:logs:us-east-1:111111111111:log-group:access";
        patch("replace", "/accessLogSettings/destinationArn", group);
        var stage = patch("replace", "/accessLogSettings/format", "$context.requestId $context.status");
        assertThat(stage.accessLogSettings())
                .isEqualTo(new AccessLogSettings("$context.requestId $context.status", group));
        refusesToPatch(
                "replace",
                "/accessLogSettings/format",
                "$context.status",
                "Access log format must contain $context.requestId or $context.extendedRequestId");
        refusesToPatch(
                "replace",
                "/accessLogSettings/destinationArn",
                "arn:aws:firehose:us-east-1:111111111111:deliverystream/x",
                "Access logs go to CloudWatch log groups only; other destinations are not supported yet:"
                        + " arn:aws:firehose:us-east-1:111111111111:deliverystream/x");
        assertThat(patch("remove", "/accessLogSettings", null).accessLogSettings())
                .isNull();
    }

    @Test
    void isCreatedOnAnExistingDeploymentOnly() {
        var deployment = stage("prod").deploymentId();
        var created = console.call(
                CREATE_STAGE,
                CreateStageRequest.builder()
                        .restApiId(api.id())
                        .stageName("dev")
                        .deploymentId(deployment)
                        .tracingEnabled(true)
                        .variables(Map.of("a", "b"))
                        .build());
        assertThat(created.tracingEnabled()).isTrue();
        assertThat(created.variables()).containsExactly(Map.entry("a", "b"));
        var request = CreateStageRequest.builder().restApiId(api.id());
        assertRefused(
                CREATE_STAGE,
                request.stageName("prod").deploymentId(deployment).build(),
                "ConflictException",
                "Stage already exists");
        assertRefused(
                CREATE_STAGE,
                request.stageName("other").deploymentId("nope").build(),
                "BadRequestException",
                "Deployment id does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "ä", "$default"})
    void refusesNamesThatWouldNotFitAUrl(String name) {
        assertRefused(
                CREATE_DEPLOYMENT,
                CreateDeploymentRequest.builder()
                        .restApiId(api.id())
                        .stageName(name)
                        .build(),
                "BadRequestException",
                "Stage name only allows a-zA-Z0-9_-");
    }

    @Test
    void keepsADeploymentThatAStageUses() {
        var deployment = stage("prod").deploymentId();
        assertRefused(
                DELETE_DEPLOYMENT,
                new DeleteDeploymentRequest(api.id(), deployment),
                "BadRequestException",
                "Active stages pointing to this deployment must be moved or deleted");
        console.call(DELETE_STAGE, new DeleteStageRequest(api.id(), "prod"));
        console.call(DELETE_DEPLOYMENT, new DeleteDeploymentRequest(api.id(), deployment));
        assertThat(console.call(GET_DEPLOYMENTS, new GetDeploymentsRequest(api.id(), null, null))
                        .items())
                .isEmpty();
        assertRefused(
                GET_STAGE,
                new GetStageRequest(api.id(), "prod"),
                "NotFoundException",
                "Invalid Stage identifier specified");
    }

    @Test
    void summarizesADeploymentOnRequest() {
        var deployment = stage("prod").deploymentId();
        assertThat(console.call(GET_DEPLOYMENT, new GetDeploymentRequest(api.id(), deployment, null))
                        .apiSummary())
                .isNull();
        assertThat(console.call(GET_DEPLOYMENT, new GetDeploymentRequest(api.id(), deployment, List.of("apisummary")))
                        .apiSummary())
                .containsExactly(Map.entry("/orders/{customerId}", Map.of("POST", new MethodSnapshot("NONE", false))));
        assertThat(console.call(
                                UPDATE_DEPLOYMENT,
                                new UpdateDeploymentRequest(
                                        api.id(),
                                        deployment,
                                        List.of(new PatchOperation("replace", "/description", "first", null))))
                        .description())
                .isEqualTo("first");
    }

    @Test
    void refusesToDeployAnApiThatCannotAnswer() {
        var empty = console.createApi("empty");
        assertRefused(
                CREATE_DEPLOYMENT,
                CreateDeploymentRequest.builder().restApiId(empty.id()).build(),
                "BadRequestException",
                "The REST API doesn't contain any methods");
        console.putMethod(empty.id(), empty.rootResourceId(), "GET");
        assertRefused(
                CREATE_DEPLOYMENT,
                CreateDeploymentRequest.builder().restApiId(empty.id()).build(),
                "BadRequestException",
                "No integration defined for method");
    }

    @Test
    void stopsAtTenStages() {
        for (int i = 0; i < 9; i++) {
            console.deploy(api.id(), "s" + i);
        }
        assertRefused(
                CREATE_DEPLOYMENT,
                CreateDeploymentRequest.builder()
                        .restApiId(api.id())
                        .stageName("more")
                        .build(),
                "LimitExceededException",
                "Maximum number of stages for this API has been reached: 10");
    }

    @Test
    void describesTheAccount() {
        var account = console.call(GET_ACCOUNT, new GetAccountRequest());
        assertThat(account.throttleSettings().burstLimit()).isEqualTo(5_000);
        assertThat(account.throttleSettings().rateLimit()).isEqualTo(10_000.0);
        var role = "arn:aws:iam::111111111111:role/logs";
        console.call(
                UPDATE_ACCOUNT,
                new UpdateAccountRequest(List.of(new PatchOperation("replace", "/cloudwatchRoleArn", role, null))));
        assertThat(restarted().call(GET_ACCOUNT, new GetAccountRequest()).cloudwatchRoleArn())
                .isEqualTo(role);
    }
}
