// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.conflictException;
import static dev.clew.gateway.api.ApigatewayErrors.notFoundException;

import dev.clew.core.IdSource;
import dev.clew.gateway.api.CreateModelRequest;
import dev.clew.gateway.api.DeleteModelRequest;
import dev.clew.gateway.api.GetModelRequest;
import dev.clew.gateway.api.GetModelsRequest;
import dev.clew.gateway.api.Model;
import dev.clew.gateway.api.UpdateModelRequest;
import dev.clew.gateway.definition.ApiDefinition;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Models: JSON schemas that describe bodies. They are kept for clients; nothing is validated with them. */
final class Models {
    private static final Patch<Model> PATCH =
            Patch.of(Model.SHAPE).replace("/schema").edit("/description").build();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+");

    private final Definitions definitions;
    private final IdSource ids;

    Models(Definitions definitions, IdSource ids) {
        this.definitions = definitions;
        this.ids = ids;
    }

    Model create(CreateModelRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        var model = new Model(
                RestApis.newId(ids, 6), input.name(), input.description(), input.schema(), input.contentType());
        return definitions.exclusively(() -> {
            if (definitions.api(key).models().containsKey(input.name())) {
                throw conflictException("Model name already exists for this REST API");
            }
            return store(key, model);
        });
    }

    Model get(GetModelRequest input, Call call) {
        return find(definitions.api(new ApiKey(call.scope(), input.restApiId())), input.modelName());
    }

    dev.clew.gateway.api.Models list(GetModelsRequest input, Call call) {
        var definition = definitions.api(new ApiKey(call.scope(), input.restApiId()));
        var sorted = definition.models().values().stream()
                .sorted(Comparator.comparing(Models::name))
                .toList();
        var page = Paging.page(sorted, Models::name, input.position(), input.limit());
        return new dev.clew.gateway.api.Models(page.position(), page.items());
    }

    Model update(UpdateModelRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            var model = find(definitions.api(key), input.modelName());
            return store(key, PATCH.apply(model, input.patchOperations()));
        });
    }

    Unit delete(DeleteModelRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            var definition = definitions.api(key);
            find(definition, input.modelName());
            definitions
                    .change()
                    .put(key, definition.withoutModel(input.modelName()))
                    .commit();
            return Unit.VALUE;
        });
    }

    private Model store(ApiKey key, Model model) {
        if (!NAME.matcher(name(model)).matches()) {
            throw badRequestException("Model name must be alphanumeric: " + model.name());
        }
        if (model.schema() != null) {
            checkSchema(model.schema());
        }
        definitions
                .change()
                .put(key, definitions.api(key).withModel(name(model), model))
                .commit();
        return model;
    }

    private static void checkSchema(String schema) {
        try {
            if (JsonMapper.shared().readTree(schema).isObject()) {
                return;
            }
        } catch (JacksonException notJson) {
            // refused like any other text that is not an object
        }
        throw badRequestException("Invalid model specified: the schema is not a JSON object");
    }

    private static Model find(ApiDefinition definition, String name) {
        var model = definition.models().get(name);
        if (model == null) {
            throw notFoundException("Invalid model name specified: " + name);
        }
        return model;
    }

    private static String name(Model model) {
        return Objects.requireNonNull(model.name());
    }
}
