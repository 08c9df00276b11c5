// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.conflictException;

import dev.clew.gateway.api.DeleteMethodRequest;
import dev.clew.gateway.api.DeleteMethodResponseRequest;
import dev.clew.gateway.api.GetMethodRequest;
import dev.clew.gateway.api.GetMethodResponseRequest;
import dev.clew.gateway.api.Method;
import dev.clew.gateway.api.MethodResponse;
import dev.clew.gateway.api.PutMethodRequest;
import dev.clew.gateway.api.PutMethodResponseRequest;
import dev.clew.gateway.api.UpdateMethodRequest;
import dev.clew.gateway.api.UpdateMethodResponseRequest;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Methods of resources, and the responses they declare. */
final class Methods {
    private static final Patch<Method> PATCH = Patch.of(Method.SHAPE)
            .replace("/authorizationType", "/apiKeyRequired")
            .edit("/operationName", "/requestValidatorId", "/authorizerId")
            .entries("/requestParameters/{name}", "/requestModels/{contentType}", "/authorizationScopes/{scope}")
            .build();
    private static final Patch<MethodResponse> RESPONSE_PATCH = Patch.of(MethodResponse.SHAPE)
            .entries("/responseParameters/{name}", "/responseModels/{contentType}")
            .build();
    private static final Pattern REQUEST_PARAMETER =
            Pattern.compile("method\\.request\\.(querystring|header|path)\\.[^\\s]+");
    private static final Pattern RESPONSE_PARAMETER = Pattern.compile("method\\.response\\.header\\.[^\\s]+");

    private final Definitions definitions;

    Methods(Definitions definitions) {
        this.definitions = definitions;
    }

    Method put(PutMethodRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        var method = Method.builder()
                .httpMethod(input.httpMethod())
                .authorizationType(input.authorizationType())
                .authorizerId(input.authorizerId())
                .apiKeyRequired(Boolean.TRUE.equals(input.apiKeyRequired()))
                .operationName(input.operationName())
                .requestParameters(input.requestParameters())
                .requestModels(input.requestModels())
                .requestValidatorId(input.requestValidatorId())
                .authorizationScopes(input.authorizationScopes())
                .build();
        return definitions.exclusively(() -> {
            place.resource(definitions);
            place.checkVerb();
            check(method, place);
            if (place.find(definitions).isPresent()) {
                throw conflictException("Method already exists for this resource");
            }
            place.store(definitions, method);
            return method;
        });
    }

    Method get(GetMethodRequest input, Call call) {
        return MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod())
                .method(definitions);
    }

    Method update(UpdateMethodRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            var patched = PATCH.apply(place.method(definitions), input.patchOperations());
            check(patched, place);
            place.store(definitions, patched);
            return patched;
        });
    }

    Unit delete(DeleteMethodRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            place.method(definitions);
            place.store(definitions, (Method) null);
            return Unit.VALUE;
        });
    }

    MethodResponse putResponse(PutMethodResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        var response = new MethodResponse(input.statusCode(), input.responseParameters(), input.responseModels());
        return definitions.exclusively(() -> {
            var method = place.method(definitions);
            if (responses(method).containsKey(input.statusCode())) {
                throw conflictException("Response already exists for this resource");
            }
            check(response, place);
            storeResponse(place, method, input.statusCode(), response);
            return response;
        });
    }

    MethodResponse getResponse(GetMethodResponseRequest input, Call call) {
        return MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod())
                .response(definitions, input.statusCode());
    }

    MethodResponse updateResponse(UpdateMethodResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            var patched =
                    RESPONSE_PATCH.apply(place.response(definitions, input.statusCode()), input.patchOperations());
            check(patched, place);
            storeResponse(place, place.method(definitions), input.statusCode(), patched);
            return patched;
        });
    }

    Unit deleteResponse(DeleteMethodResponseRequest input, Call call) {
        var place = MethodPlace.of(call.scope(), input.restApiId(), input.resourceId(), input.httpMethod());
        return definitions.exclusively(() -> {
            place.response(definitions, input.statusCode());
            var method = place.method(definitions);
            var fewer = MethodPlace.with(method.methodResponses(), input.statusCode(), null);
            place.store(definitions, Members.with(Method.SHAPE, method, "methodResponses", fewer));
            return Unit.VALUE;
        });
    }

    private void storeResponse(MethodPlace place, Method method, String status, MethodResponse response) {
        var responses = MethodPlace.with(method.methodResponses(), status, response);
        place.store(definitions, Members.with(Method.SHAPE, method, "methodResponses", responses));
    }

    private void check(Method method, MethodPlace place) {
        checkAuthorization(method);
        var definition = definitions.api(place.api());
        var validator = method.requestValidatorId();
        if (validator != null
                && !validator.isEmpty()
                && !definition.validators().containsKey(validator)) {
            throw badRequestException("Invalid Request Validator identifier specified");
        }
        checkModels(
                Objects.requireNonNullElse(method.requestModels(), Map.of()),
                definition.models().keySet());
        checkNames(Objects.requireNonNullElse(method.requestParameters(), Map.of()), REQUEST_PARAMETER);
    }

    private void check(MethodResponse response, MethodPlace place) {
        var models = definitions.api(place.api()).models().keySet();
        checkModels(Objects.requireNonNullElse(response.responseModels(), Map.of()), models);
        checkNames(Objects.requireNonNullElse(response.responseParameters(), Map.of()), RESPONSE_PARAMETER);
    }

    /** A method that asks for a check that nobody makes would be open to all: so it is refused. */
    private static void checkAuthorization(Method method) {
        switch (Objects.requireNonNullElse(method.authorizationType(), "NONE")) {
            case "NONE" -> {}
            case "AWS_IAM" ->
                throw badRequestException("Authorization type AWS_IAM is not supported yet (supported: NONE)");
            case "CUSTOM", "COGNITO_USER_POOLS" ->
                throw badRequestException("Invalid authorizer ID specified. Setting the authorization type to CUSTOM"
                        + " or COGNITO_USER_POOLS requires a valid authorizer.");
            default ->
                throw badRequestException("Invalid authorization type specified. Valid options are"
                        + " NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS");
        }
        if (Boolean.TRUE.equals(method.apiKeyRequired())) {
            throw badRequestException("API keys are not supported yet: apiKeyRequired must be false");
        }
    }

    private static void checkModels(Map<String, String> modelsByType, Set<String> known) {
        modelsByType.values().stream()
                .filter(model -> !model.equals("Empty") && !model.equals("Error") && !known.contains(model))
                .findFirst()
                .ifPresent(model -> {
                    throw badRequestException("Invalid model identifier specified: " + model);
                });
    }

    private static void checkNames(Map<String, Boolean> parameters, Pattern expected) {
        parameters.keySet().stream()
                .filter(name -> !expected.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw badRequestException("Invalid mapping expression parameter specified: " + name);
                });
    }

    private static Map<String, MethodResponse> responses(Method method) {
        return Objects.requireNonNullElse(method.methodResponses(), Map.of());
    }
}
