// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.gateway.api.GatewayResponse;
import dev.clew.gateway.api.Model;
import dev.clew.gateway.api.RequestValidator;
import dev.clew.gateway.api.RestApi;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One REST API, apart from its resources: those are records of their own, because there may be hundreds.
 *
 * @param api as clients see it
 * @param responses customized gateway responses by type
 * @param validators by id
 * @param models by name
 */
public record ApiDefinition(
        RestApi api,
        Map<String, GatewayResponse> responses,
        Map<String, RequestValidator> validators,
        Map<String, Model> models) {
    /** An API without responses, validators and models of its own. */
    public static ApiDefinition of(RestApi api) {
        return new ApiDefinition(api, Map.of(), Map.of(), Map.of());
    }

    public String id() {
        return Objects.requireNonNull(api.id());
    }

    public String name() {
        return Objects.requireNonNull(api.name());
    }

    public String rootResourceId() {
        return Objects.requireNonNull(api.rootResourceId());
    }

    public ApiDefinition withApi(RestApi changed) {
        return new ApiDefinition(changed, responses, validators, models);
    }

    public ApiDefinition withResponse(String type, GatewayResponse response) {
        return new ApiDefinition(api, plus(responses, type, response), validators, models);
    }

    public ApiDefinition withoutResponse(String type) {
        return new ApiDefinition(api, minus(responses, type), validators, models);
    }

    public ApiDefinition withValidator(String id, RequestValidator validator) {
        return new ApiDefinition(api, responses, plus(validators, id, validator), models);
    }

    public ApiDefinition withoutValidator(String id) {
        return new ApiDefinition(api, responses, minus(validators, id), models);
    }

    public ApiDefinition withModel(String name, Model model) {
        return new ApiDefinition(api, responses, validators, plus(models, name, model));
    }

    public ApiDefinition withoutModel(String name) {
        return new ApiDefinition(api, responses, validators, minus(models, name));
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        var changed = new TreeMap<>(map);
        changed.put(key, value);
        return changed;
    }

    private static <V> Map<String, V> minus(Map<String, V> map, String key) {
        var changed = new TreeMap<>(map);
        changed.remove(key);
        return changed;
    }
}
