// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.notFoundException;

import dev.clew.core.IdSource;
import dev.clew.gateway.api.CreateRequestValidatorRequest;
import dev.clew.gateway.api.DeleteRequestValidatorRequest;
import dev.clew.gateway.api.GetRequestValidatorRequest;
import dev.clew.gateway.api.GetRequestValidatorsRequest;
import dev.clew.gateway.api.RequestValidator;
import dev.clew.gateway.api.RequestValidators;
import dev.clew.gateway.api.UpdateRequestValidatorRequest;
import dev.clew.gateway.definition.ApiDefinition;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Comparator;
import java.util.Objects;

/** Request validators: they refuse requests that lack required parameters. Bodies are not validated. */
final class Validators {
    private static final Patch<RequestValidator> PATCH = Patch.of(RequestValidator.SHAPE)
            .replace("/name", "/validateRequestBody", "/validateRequestParameters")
            .build();

    private final Definitions definitions;
    private final IdSource ids;

    Validators(Definitions definitions, IdSource ids) {
        this.definitions = definitions;
        this.ids = ids;
    }

    RequestValidator create(CreateRequestValidatorRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            return store(
                    key,
                    new RequestValidator(
                            RestApis.newId(ids, 6),
                            input.name(),
                            Boolean.TRUE.equals(input.validateRequestBody()),
                            Boolean.TRUE.equals(input.validateRequestParameters())));
        });
    }

    RequestValidator get(GetRequestValidatorRequest input, Call call) {
        return find(definitions.api(new ApiKey(call.scope(), input.restApiId())), input.requestValidatorId());
    }

    RequestValidators list(GetRequestValidatorsRequest input, Call call) {
        var definition = definitions.api(new ApiKey(call.scope(), input.restApiId()));
        var sorted = definition.validators().values().stream()
                .sorted(Comparator.comparing(Validators::id))
                .toList();
        var page = Paging.page(sorted, Validators::id, input.position(), input.limit());
        return new RequestValidators(page.position(), page.items());
    }

    RequestValidator update(UpdateRequestValidatorRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            var validator = find(definitions.api(key), input.requestValidatorId());
            return store(key, PATCH.apply(validator, input.patchOperations()));
        });
    }

    Unit delete(DeleteRequestValidatorRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            var definition = definitions.api(key);
            find(definition, input.requestValidatorId());
            definitions
                    .change()
                    .put(key, definition.withoutValidator(input.requestValidatorId()))
                    .commit();
            return Unit.VALUE;
        });
    }

    private RequestValidator store(ApiKey key, RequestValidator validator) {
        if (Boolean.TRUE.equals(validator.validateRequestBody())) {
            throw badRequestException(
                    "Validation of request bodies is not supported yet:" + " validateRequestBody must be false");
        }
        definitions
                .change()
                .put(key, definitions.api(key).withValidator(id(validator), validator))
                .commit();
        return validator;
    }

    private static RequestValidator find(ApiDefinition definition, String id) {
        var validator = definition.validators().get(id);
        if (validator == null) {
            throw notFoundException("Invalid Request Validator identifier specified");
        }
        return validator;
    }

    private static String id(RequestValidator validator) {
        return Objects.requireNonNull(validator.id());
    }
}
