// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway;

import static dev.clew.gateway.api.ApigatewayModel.*;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.gateway.api.CreateDeploymentRequest;
import dev.clew.gateway.api.CreateResourceRequest;
import dev.clew.gateway.api.CreateRestApiRequest;
import dev.clew.gateway.api.Integration;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.PutIntegrationRequest;
import dev.clew.gateway.api.PutMethodRequest;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.api.UpdateStageRequest;
import dev.clew.wire.Call;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import dev.clew.wire.http.HttpHeaders;
import java.net.URI;
import java.util.ArrayList;
import org.jspecify.annotations.NullUnmarked;

/** Calls the control plane as the front door does, with the few shorthands that most tests need. */
@NullUnmarked // optional members of the answers are asserted, not guarded
public final class Console {
    public static final Scope SCOPE = new Scope("111111111111", "us-east-1");
    public static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:order-service";

    private final ServiceBinding binding;

    public Console(ServiceBinding binding) {
        this.binding = binding;
    }

    @SuppressWarnings("unchecked")
    public <I, O> O call(OperationModel<I, O> operation, I input) {
        var bound = (ServiceBinding.Bound<I, O>) binding.bound().get(operation.name());
        var root = new Call.Caller(Arn.of("iam", "", SCOPE.account(), "root"), SCOPE.account(), "");
        return bound.handler()
                .handle(
                        input,
                        new Call(
                                "request",
                                SCOPE,
                                root,
                                null,
                                HttpHeaders.EMPTY,
                                URI.create("http://localhost:4566"),
                                "127.0.0.1"));
    }

    public RestApi createApi(String name) {
        return call(CREATE_REST_API, CreateRestApiRequest.builder().name(name).build());
    }

    public String createResource(String api, String parent, String pathPart) {
        return call(CREATE_RESOURCE, new CreateResourceRequest(api, parent, pathPart))
                .id();
    }

    /** The resource at {@code path} of a fresh branch below the root. */
    public String createPath(RestApi api, String... pathParts) {
        var parent = api.rootResourceId();
        for (var pathPart : pathParts) {
            parent = createResource(api.id(), parent, pathPart);
        }
        return parent;
    }

    public void putMethod(String api, String resource, String verb) {
        call(
                PUT_METHOD,
                PutMethodRequest.builder()
                        .restApiId(api)
                        .resourceId(resource)
                        .httpMethod(verb)
                        .authorizationType("NONE")
                        .build());
    }

    public Integration putLambda(String api, String resource, String verb, String function) {
        return call(PUT_INTEGRATION, lambda(api, resource, verb, function).build());
    }

    public static PutIntegrationRequest.Builder lambda(String api, String resource, String verb, String function) {
        return PutIntegrationRequest.builder()
                .restApiId(api)
                .resourceId(resource)
                .httpMethod(verb)
                .type("AWS_PROXY")
                .integrationHttpMethod("POST")
                .uri(uri(function));
    }

    public static String uri(String function) {
        return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + function + "/invocations";
    }

    public String deploy(String api, String stage) {
        return call(
                        CREATE_DEPLOYMENT,
                        CreateDeploymentRequest.builder()
                                .restApiId(api)
                                .stageName(stage)
                                .build())
                .id();
    }

    /** Paths and values in turn, each replaced. */
    public Stage replaceInStage(String api, String stage, String... pathsAndValues) {
        var operations = new ArrayList<PatchOperation>();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            operations.add(new PatchOperation("replace", pathsAndValues[i], pathsAndValues[i + 1], null));
        }
        return call(UPDATE_STAGE, new UpdateStageRequest(api, stage, operations));
    }

    /** The API of the recipe, deployed to {@code prod}. */
    public RestApi recipe() {
        var api = createApi("distributed-tracing-api");
        var resource = createPath(api, "orders", "{customerId}");
        putMethod(api.id(), resource, "POST");
        putLambda(api.id(), resource, "POST", FUNCTION);
        deploy(api.id(), "prod");
        return api;
    }
}
