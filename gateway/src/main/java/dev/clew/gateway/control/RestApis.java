// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.core.IdSource;
import dev.clew.gateway.api.CreateRestApiRequest;
import dev.clew.gateway.api.DeleteRestApiRequest;
import dev.clew.gateway.api.EndpointConfiguration;
import dev.clew.gateway.api.GetRestApiRequest;
import dev.clew.gateway.api.GetRestApisRequest;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.UpdateRestApiRequest;
import dev.clew.gateway.definition.ApiDefinition;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** REST APIs themselves. */
final class RestApis {
    private static final Patch<RestApi> PATCH = Patch.of(RestApi.SHAPE)
            .replace(
                    "/name",
                    "/apiKeySource",
                    "/disableExecuteApiEndpoint",
                    "/endpointConfiguration/types/{type}",
                    "/endpointConfiguration/ipAddressType")
            .edit("/description", "/version", "/policy", "/minimumCompressionSize")
            .entries("/binaryMediaTypes/{mediaType}")
            .build();
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int MAX_COMPRESSION_SIZE = 10_485_760;

    private final Definitions definitions;
    private final IdSource ids;
    private final InstantSource time;

    RestApis(Definitions definitions, IdSource ids, InstantSource time) {
        this.definitions = definitions;
        this.ids = ids;
        this.time = time;
    }

    /** A fresh identifier in the alphabet of this service. */
    static String newId(IdSource ids, int length) {
        return ids.nextText(ID_ALPHABET, length);
    }

    RestApi create(CreateRestApiRequest input, Call call) {
        var api = RestApi.builder()
                .name(input.name())
                .description(input.description())
                .createdDate(time.instant().truncatedTo(ChronoUnit.SECONDS))
                .version(input.version())
                .binaryMediaTypes(input.binaryMediaTypes())
                .minimumCompressionSize(input.minimumCompressionSize())
                .apiKeySource(Objects.requireNonNullElse(input.apiKeySource(), "HEADER"))
                .endpointConfiguration(completed(input.endpointConfiguration()))
                .policy(input.policy())
                .tags(input.tags())
                .disableExecuteApiEndpoint(Boolean.TRUE.equals(input.disableExecuteApiEndpoint()))
                .build();
        check(api);
        return definitions.exclusively(() -> store(api, input.cloneFrom(), call));
    }

    private RestApi store(RestApi api, @Nullable String cloneFrom, Call call) {
        var key = new ApiKey(call.scope(), freeId());
        var identified = Members.with(RestApi.SHAPE, api, "id", key.id());
        var change = definitions.change();
        RestApi created;
        if (cloneFrom == null) {
            var root = Resource.builder().id(newId(ids, 10)).path("/").build();
            created = Members.with(RestApi.SHAPE, identified, "rootResourceId", root.id());
            change.put(key, root).put(key, ApiDefinition.of(created));
        } else {
            var source = new ApiKey(call.scope(), cloneFrom);
            var original = definitions.api(source);
            created = Members.with(RestApi.SHAPE, identified, "rootResourceId", original.rootResourceId());
            definitions.resources(source).forEach(resource -> change.put(key, resource));
            change.put(key, original.withApi(created));
        }
        change.commit();
        return created;
    }

    private String freeId() {
        while (true) {
            var id = newId(ids, 10);
            if (definitions.locate(id).isEmpty()) {
                return id;
            }
        }
    }

    RestApi get(GetRestApiRequest input, Call call) {
        return definitions.api(new ApiKey(call.scope(), input.restApiId())).api();
    }

    dev.clew.gateway.api.RestApis list(GetRestApisRequest input, Call call) {
        var page = Paging.page(definitions.apis(call.scope()), ApiDefinition::id, input.position(), input.limit());
        return new dev.clew.gateway.api.RestApis(
                page.position(), page.items().stream().map(ApiDefinition::api).toList());
    }

    RestApi update(UpdateRestApiRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            var definition = definitions.api(key);
            var patched = PATCH.apply(definition.api(), input.patchOperations());
            check(patched);
            definitions.change().put(key, definition.withApi(patched)).commit();
            return patched;
        });
    }

    Unit delete(DeleteRestApiRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            definitions.change().removeApi(key).commit();
            return Unit.VALUE;
        });
    }

    private static void check(RestApi api) {
        if (api.name() == null || api.name().isBlank()) {
            throw badRequestException("API name cannot be empty");
        }
        if ("".equals(api.description())) {
            throw badRequestException("Description cannot be an empty string");
        }
        if (api.policy() != null && !api.policy().isBlank()) {
            throw badRequestException("Resource policies of APIs are not supported yet, so none is accepted");
        }
        var size = api.minimumCompressionSize();
        if (size != null && (size < 0 || size > MAX_COMPRESSION_SIZE)) {
            throw badRequestException(
                    "Invalid minimum compression size, must be between 0 and " + MAX_COMPRESSION_SIZE);
        }
        check(api.endpointConfiguration());
        Tagging.check(api.tags());
    }

    private static void check(@Nullable EndpointConfiguration endpoint) {
        if (endpoint == null || endpoint.types() == null) {
            return;
        }
        if (endpoint.types().size() > 1) {
            throw badRequestException("Cannot create an api with multiple Endpoint Types.");
        }
        if (endpoint.types().contains("PRIVATE") || !isEmpty(endpoint.vpcEndpointIds())) {
            throw badRequestException("Private endpoints are not supported yet: there is no VPC to be reached from");
        }
    }

    /** What the caller asked for, with the service's defaults in place of what it left open. */
    private static EndpointConfiguration completed(@Nullable EndpointConfiguration endpoint) {
        var asked = endpoint == null ? EndpointConfiguration.builder().build() : endpoint;
        var types = asked.types();
        return EndpointConfiguration.builder()
                .types(types == null || types.isEmpty() ? List.of("EDGE") : types)
                .vpcEndpointIds(asked.vpcEndpointIds())
                .ipAddressType(Objects.requireNonNullElse(asked.ipAddressType(), "ipv4"))
                .build();
    }

    private static boolean isEmpty(@Nullable List<String> list) {
        return list == null || list.isEmpty();
    }
}
