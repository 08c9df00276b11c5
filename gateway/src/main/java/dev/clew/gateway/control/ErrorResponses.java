// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.notFoundException;

import dev.clew.gateway.api.DeleteGatewayResponseRequest;
import dev.clew.gateway.api.GatewayResponse;
import dev.clew.gateway.api.GatewayResponses;
import dev.clew.gateway.api.GetGatewayResponseRequest;
import dev.clew.gateway.api.GetGatewayResponsesRequest;
import dev.clew.gateway.api.PutGatewayResponseRequest;
import dev.clew.gateway.api.UpdateGatewayResponseRequest;
import dev.clew.gateway.definition.ApiDefinition;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.ErrorType;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Gateway responses: what an API's stages answer in place of an integration. They hold from the next deployment on. */
final class ErrorResponses {
    private static final Patch<GatewayResponse> PATCH = Patch.of(GatewayResponse.SHAPE)
            .edit("/statusCode")
            .entries("/responseParameters/{name}", "/responseTemplates/{contentType}")
            .build();
    private static final Pattern PARAMETER = Pattern.compile("gatewayresponse\\.header\\.[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

    private final Definitions definitions;

    ErrorResponses(Definitions definitions) {
        this.definitions = definitions;
    }

    GatewayResponse put(PutGatewayResponseRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        var type = type(input.responseType());
        var response = GatewayResponse.builder()
                .responseType(type.name())
                .statusCode(input.statusCode() == null ? type.uncustomized().statusCode() : input.statusCode())
                .responseParameters(Objects.requireNonNullElse(input.responseParameters(), Map.of()))
                .responseTemplates(Objects.requireNonNullElseGet(
                        input.responseTemplates(), () -> type.uncustomized().responseTemplates()))
                .defaultResponse(false)
                .build();
        return definitions.exclusively(() -> store(key, response));
    }

    GatewayResponse get(GetGatewayResponseRequest input, Call call) {
        var definition = definitions.api(new ApiKey(call.scope(), input.restApiId()));
        return current(definition, type(input.responseType()));
    }

    GatewayResponses list(GetGatewayResponsesRequest input, Call call) {
        var definition = definitions.api(new ApiKey(call.scope(), input.restApiId()));
        var page = Paging.page(Arrays.asList(ErrorType.values()), ErrorType::name, input.position(), input.limit());
        return new GatewayResponses(
                page.position(),
                page.items().stream().map(type -> current(definition, type)).toList());
    }

    GatewayResponse update(UpdateGatewayResponseRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            var current = current(definitions.api(key), type(input.responseType()));
            var patched = PATCH.apply(current, input.patchOperations());
            return store(key, Members.with(GatewayResponse.SHAPE, patched, "defaultResponse", false));
        });
    }

    Unit delete(DeleteGatewayResponseRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        var type = type(input.responseType()).name();
        return definitions.exclusively(() -> {
            var definition = definitions.api(key);
            if (!definition.responses().containsKey(type)) {
                throw notFoundException("Gateway response type not defined on api");
            }
            definitions.change().put(key, definition.withoutResponse(type)).commit();
            return Unit.VALUE;
        });
    }

    private GatewayResponse store(ApiKey key, GatewayResponse response) {
        var definition = definitions.api(key);
        check(response);
        var type = Objects.requireNonNull(response.responseType());
        definitions.change().put(key, definition.withResponse(type, response)).commit();
        return response;
    }

    private static void check(GatewayResponse response) {
        var status = response.statusCode();
        if (status != null && !STATUS.matcher(status).matches()) {
            throw badRequestException("Invalid status code specified: " + status);
        }
        Objects.requireNonNullElse(response.responseParameters(), Map.<String, String>of())
                .forEach((name, expression) -> {
                    if (!PARAMETER.matcher(name).matches()) {
                        throw badRequestException("Invalid mapping expression parameter specified: " + name);
                    }
                    IntegrationRules.checkExpression(expression);
                });
    }

    private static GatewayResponse current(ApiDefinition definition, ErrorType type) {
        var customized = definition.responses().get(type.name());
        return customized == null ? type.uncustomized() : customized;
    }

    private static ErrorType type(String name) {
        return Arrays.stream(ErrorType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> badRequestException("Invalid gateway response type specified: " + name));
    }
}
