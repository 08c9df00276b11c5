// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import dev.clew.cli.demo.OrderSystem.Function;
import dev.clew.cli.demo.OrderSystem.Rule;
import dev.clew.cli.server.Clients;
import dev.clew.core.TaskGroup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/** Makes the order system through the AWS API, as anybody's script would; what does not depend on each other, at once. */
final class Deployment {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRUST = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
         "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
        """;

    private final OrderSystem system;
    private final Clients clients;
    private final Progress progress;

    Deployment(OrderSystem system, Clients clients, Progress progress) {
        this.system = system;
        this.clients = clients;
        this.progress = progress;
    }

    /** Makes everything and returns the API's id. */
    String make(byte[] functionPackage) throws Exception {
        together(List.of(
                () -> progress.step("role " + system.role(), this::role),
                () -> progress.step("event bus " + system.bus(), this::bus)));
        try (var lambda = clients.lambda()) {
            progress.step(
                    "functions order, payment, inventory, notification", () -> functions(lambda, functionPackage));
            var api = new String[1];
            together(List.of(
                    () -> progress.step("rules, targets and their permissions", () -> rules(lambda)),
                    () -> api[0] = progress.step("REST API " + system.api() + ", traced", () -> api(lambda))));
            return api[0];
        }
    }

    /** Runs {@code tasks} at the same time; the first failure is thrown as it is. */
    static void together(List<Callable<?>> tasks) throws InterruptedException {
        try (var group = TaskGroup.open("demo")) {
            tasks.forEach(group::fork);
            group.join(PATIENCE);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the server did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (IllegalStateException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Void role() {
        try (var iam = clients.iam()) {
            Clients.ask(() ->
                    iam.createRole(request -> request.roleName(system.role()).assumeRolePolicyDocument(TRUST)));
            for (var policy : OrderSystem.POLICIES) {
                Clients.ask(() -> iam.attachRolePolicy(
                        request -> request.roleName(system.role()).policyArn(policy)));
            }
            return null;
        }
    }

    private Void bus() {
        try (var events = clients.events()) {
            Clients.ask(() -> events.createEventBus(request -> request.name(system.bus())));
            return null;
        }
    }

    private Void functions(LambdaClient lambda, byte[] functionPackage) throws InterruptedException {
        var zip = SdkBytes.fromByteArrayUnsafe(functionPackage);
        var role = "arn:aws:iam::" + system.account() + ":role/" + system.role();
        together(Stream.of(Function.values())
                .<Callable<?>>map(function -> () ->
                        Clients.ask(() -> lambda.createFunction(request -> request.functionName(system.name(function))
                                .runtime("java25")
                                .handler(function.handler())
                                .role(role)
                                .code(code -> code.zipFile(zip))
                                .environment(
                                        environment -> environment.variables(Map.of("EVENT_BUS_NAME", system.bus())))
                                .tracingConfig(tracing -> tracing.mode(TracingMode.ACTIVE))
                                .memorySize(512)
                                .timeout(30))))
                .toList());
        return null;
    }

    private Void rules(LambdaClient lambda) {
        try (var events = clients.events()) {
            for (var rule : Rule.values()) {
                Clients.ask(() -> events.putRule(request -> request.name(system.name(rule))
                        .eventBusName(system.bus())
                        .eventPattern(rule.pattern())
                        .state(RuleState.ENABLED)));
                var target =
                        Target.builder().id("1").arn(system.arn(rule.target())).build();
                Clients.ask(() -> events.putTargets(request -> request.rule(system.name(rule))
                        .eventBusName(system.bus())
                        .targets(target)));
                permit(lambda, rule.target(), "events.amazonaws.com", system.arn(rule));
            }
            return null;
        }
    }

    private void permit(LambdaClient lambda, Function function, String principal, String source) {
        Clients.ask(() -> lambda.addPermission(request -> request.functionName(system.name(function))
                .statementId("invoke-by-" + principal.substring(0, principal.indexOf('.')))
                .action("lambda:InvokeFunction")
                .principal(principal)
                .sourceArn(source)));
    }

    private String api(LambdaClient lambda) {
        try (var gateway = clients.apiGateway()) {
            var api = Clients.ask(() -> gateway.createRestApi(request -> request.name(system.api())))
                    .id();
            var root = Clients.ask(() -> gateway.getResources(request -> request.restApiId(api)))
                    .items()
                    .getFirst()
                    .id();
            var parent = root;
            for (var part : Arrays.asList("orders", "{customerId}")) {
                var above = parent;
                parent = Clients.ask(() -> gateway.createResource(request ->
                                request.restApiId(api).parentId(above).pathPart(part)))
                        .id();
            }
            var resource = parent;
            Clients.ask(() -> gateway.putMethod(request -> request.restApiId(api)
                    .resourceId(resource)
                    .httpMethod("POST")
                    .authorizationType("NONE")));
            var uri = "arn:aws:apigateway:" + system.region() + ":lambda:path/2015-03-31/functions/"
                    + system.arn(Function.ORDER) + "/invocations";
            Clients.ask(() -> gateway.putIntegration(request -> request.restApiId(api)
                    .resourceId(resource)
                    .httpMethod("POST")
                    .type(IntegrationType.AWS_PROXY)
                    .integrationHttpMethod("POST")
                    .uri(uri)));
            // Not updateStage: Java's HttpURLConnection, which this client rests on, cannot send PATCH.
            Clients.ask(() -> gateway.createDeployment(request ->
                    request.restApiId(api).stageName(OrderSystem.STAGE).tracingEnabled(true)));
            var source = "arn:aws:execute-api:" + system.region() + ':' + system.account() + ':' + api + "/*/*/*";
            permit(lambda, Function.ORDER, "apigateway.amazonaws.com", source);
            return api;
        }
    }
}
