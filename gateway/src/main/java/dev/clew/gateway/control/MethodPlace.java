// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.notFoundException;

import dev.clew.core.Scope;
import dev.clew.gateway.api.Integration;
import dev.clew.gateway.api.Method;
import dev.clew.gateway.api.MethodResponse;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a method is: in which resource of which API, under which verb. */
record MethodPlace(ApiKey api, String resourceId, String verb) {
    private static final Set<String> VERBS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY");

    static MethodPlace of(Scope scope, String apiId, String resourceId, String verb) {
        return new MethodPlace(new ApiKey(scope, apiId), resourceId, verb);
    }

    /** @throws dev.clew.wire.ServiceException BadRequestException unless it is a verb that methods may have */
    void checkVerb() {
        if (!VERBS.contains(verb)) {
            throw badRequestException(
                    "Invalid HttpMethod specified. Valid options are" + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
        }
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if there is no such API or resource */
    Resource resource(Definitions definitions) {
        definitions.api(api);
        return definitions.resource(api, resourceId);
    }

    Optional<Method> find(Definitions definitions) {
        return Optional.ofNullable(methods(resource(definitions)).get(verb));
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if there is no such API, resource or method */
    Method method(Definitions definitions) {
        return find(definitions).orElseThrow(() -> notFoundException("Invalid Method identifier specified"));
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException also if the method has no integration */
    Integration integration(Definitions definitions) {
        var integration = method(definitions).methodIntegration();
        if (integration == null) {
            throw notFoundException("Invalid Integration identifier specified");
        }
        return integration;
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException also if the method has no response of this status */
    MethodResponse response(Definitions definitions, String statusCode) {
        return entry(method(definitions).methodResponses(), statusCode);
    }

    /** @throws dev.clew.wire.ServiceException NotFoundException if the responses do not have this status */
    static <R> R entry(@Nullable Map<String, R> responses, String statusCode) {
        var response = responses == null ? null : responses.get(statusCode);
        if (response == null) {
            throw notFoundException("Invalid Response status code specified");
        }
        return response;
    }

    /** A copy of {@code entries} where {@code key} has {@code value}, or is gone if that is null. */
    static <R> Map<String, R> with(@Nullable Map<String, R> entries, String key, @Nullable R value) {
        var changed = new TreeMap<String, R>(Objects.requireNonNullElse(entries, Map.of()));
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }

    /** Makes {@code method} what is at this place; null removes what is there. */
    void store(Definitions definitions, @Nullable Method method) {
        var resource = resource(definitions);
        var changed = Members.with(Resource.SHAPE, resource, "resourceMethods", with(methods(resource), verb, method));
        definitions.change().put(api, changed).commit();
    }

    /** Makes {@code integration} the method's own; null removes it. */
    void store(Definitions definitions, @Nullable Integration integration) {
        store(definitions, Members.with(Method.SHAPE, method(definitions), "methodIntegration", integration));
    }

    private static Map<String, Method> methods(Resource resource) {
        return Objects.requireNonNullElse(resource.resourceMethods(), Map.of());
    }
}
