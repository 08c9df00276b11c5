// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import dev.clew.gateway.api.DeleteIntegrationRequest;
import dev.clew.gateway.api.DeleteIntegrationResponseRequest;
import dev.clew.gateway.api.GetIntegrationRequest;
import dev.clew.gateway.api.GetIntegrationResponseRequest;
import dev.clew.gateway.api.Integration;
import dev.clew.gateway.api.IntegrationResponse;
import dev.clew.gateway.api.PutIntegrationRequest;
import dev.clew.gateway.api.PutIntegrationResponseRequest;
import dev.clew.gateway.api.UpdateIntegrationRequest;
import dev.clew.gateway.api.UpdateIntegrationResponseRequest;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.List;
import java.util.Objects;

/** What methods are connected to, and how the answers come back. */
final class Integrations {
    private static final Patch<Integration> PATCH = Patch.of(Integration.SHAPE)
            .replace("/type", "/httpMethod", "/uri", "/passthroughBehavior", "/timeoutInMillis", "/cacheNamespace")
            .edit("/credentials", "/contentHandling", "/connectionType", "/connectionId")
            .entries("/requestParameters/{name}", "/requestTemplates/{contentType}", "/cacheKeyParameters/{name}")
            .build();
    private static final Patch<IntegrationResponse> RESPONSE_PATCH = Patch.of(IntegrationResponse.SHAPE)
            .edit("/selectionPattern", "/contentHandling")
            .entries("/responseParameters/{name}", "/responseTemplates/{contentType}")
            .build();
    private static final int DEFAULT_TIMEOUT = 29_000;

    private final Definitions definitions;

    Integrations(Definitions definitions) {
        this.definitions = definitions;
    }

    Integration put(PutIntegrationRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        var integration = Integration.builder()
                .type(input.type())
                .httpMethod(input.integrationHttpMethod())
                .uri(input.uri())
                .connectionType(input.connectionType())
                .connectionId(input.connectionId())
                .credentials(input.credentials())
                .requestParameters(input.requestParameters())
                .requestTemplates(input.requestTemplates())
                .passthroughBehavior(Objects.requireNonNullElse(input.passthroughBehavior(), "WHEN_NO_MATCH"))
                .contentHandling(input.contentHandling())
                .timeoutInMillis(Objects.requireNonNullElse(input.timeoutInMillis(), DEFAULT_TIMEOUT))
                .cacheNamespace(Objects.requireNonNullElse(input.cacheNamespace(), input.resourceId()))
                .cacheKeyParameters(Objects.requireNonNullElse(input.cacheKeyParameters(), List.of()))
                .tlsConfig(input.tlsConfig())
                .build();
        return definitions.exclusively(() -> {
            place.method(definitions);
            IntegrationRules.check(integration);
            place.store(definitions, integration);
            return integration;
        });
    }

    Integration get(GetIntegrationRequest input, Call call) {
        return MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod())
                .integration(definitions);
    }

    Integration update(UpdateIntegrationRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            var patched = PATCH.apply(place.integration(definitions), input.patchOperations());
            IntegrationRules.check(patched);
            place.store(definitions, patched);
            return patched;
        });
    }

    Unit delete(DeleteIntegrationRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            place.integration(definitions);
            place.store(definitions, (Integration) null);
            return Unit.VALUE;
        });
    }

    IntegrationResponse putResponse(PutIntegrationResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        var response = new IntegrationResponse(
                input.statusCode(),
                input.selectionPattern(),
                input.responseParameters(),
                input.responseTemplates(),
                input.contentHandling());
        return definitions.exclusively(() -> {
            place.integration(definitions);
            place.response(definitions, input.statusCode());
            storeResponse(place, response);
            return response;
        });
    }

    IntegrationResponse getResponse(GetIntegrationResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return MethodPlace.entry(place.integration(definitions).integrationResponses(), input.statusCode());
    }

    IntegrationResponse updateResponse(UpdateIntegrationResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            var responses = place.integration(definitions).integrationResponses();
            var patched =
                    RESPONSE_PATCH.apply(MethodPlace.entry(responses, input.statusCode()), input.patchOperations());
            storeResponse(place, patched);
            return patched;
        });
    }

    Unit deleteResponse(DeleteIntegrationResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            var integration = place.integration(definitions);
            MethodPlace.entry(integration.integrationResponses(), input.statusCode());
            var fewer = MethodPlace.with(integration.integrationResponses(), input.statusCode(), null);
            place.store(definitions, Members.with(Integration.SHAPE, integration, "integrationResponses", fewer));
            return Unit.VALUE;
        });
    }

    private void storeResponse(MethodPlace place, IntegrationResponse response) {
        IntegrationRules.check(response);
        var integration = place.integration(definitions);
        var responses = MethodPlace.with(
                integration.integrationResponses(), Objects.requireNonNull(response.statusCode()), response);
        place.store(definitions, Members.with(Integration.SHAPE, integration, "integrationResponses", responses));
    }
}
