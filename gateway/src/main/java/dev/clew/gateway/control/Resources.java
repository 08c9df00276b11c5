// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.conflictException;
import static dev.clew.gateway.api.ApigatewayErrors.limitExceededException;

import dev.clew.core.IdSource;
import dev.clew.gateway.api.CreateResourceRequest;
import dev.clew.gateway.api.DeleteResourceRequest;
import dev.clew.gateway.api.GetResourceRequest;
import dev.clew.gateway.api.GetResourcesRequest;
import dev.clew.gateway.api.Method;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.UpdateResourceRequest;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.gateway.patch.Patch;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tree of an API's resources. */
final class Resources {
    private static final Patch<Resource> PATCH =
            Patch.of(Resource.SHAPE).replace("/parentId", "/pathPart").build();
    private static final Pattern PATH_PART = Pattern.compile("[a-zA-Z0-9._\\-:]+|\\{[a-zA-Z0-9._\\-:]+\\+?}");
    private static final int MAX_RESOURCES = 300;

    private final Definitions definitions;
    private final IdSource ids;

    Resources(Definitions definitions, IdSource ids) {
        this.definitions = definitions;
        this.ids = ids;
    }

    Resource create(CreateResourceRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            var parent = definitions.resource(key, input.parentId());
            var all = definitions.resources(key);
            if (all.size() >= MAX_RESOURCES) {
                throw limitExceededException(
                        "Maximum number of resources for this API has been reached: " + MAX_RESOURCES);
            }
            var created = Resource.builder()
                    .id(freeId(key))
                    .parentId(parent.id())
                    .pathPart(input.pathPart())
                    .path(path(parent, input.pathPart()))
                    .build();
            checkPlace(created, parent, all);
            definitions.change().put(key, created).commit();
            return created;
        });
    }

    private String freeId(ApiKey key) {
        while (true) {
            var id = RestApis.newId(ids, 6);
            if (definitions.resources(key).stream().noneMatch(resource -> id.equals(resource.id()))) {
                return id;
            }
        }
    }

    Resource get(GetResourceRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        definitions.api(key);
        return shown(definitions.resource(key, input.resourceId()), input.embed());
    }

    dev.clew.gateway.api.Resources list(GetResourcesRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        definitions.api(key);
        var page = Paging.page(definitions.resources(key), Resources::pathOf, input.position(), input.limit());
        return new dev.clew.gateway.api.Resources(
                page.position(),
                page.items().stream()
                        .map(resource -> shown(resource, input.embed()))
                        .toList());
    }

    Resource update(UpdateResourceRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            var resource = definitions.resource(key, input.resourceId());
            var patched = PATCH.apply(resource, input.patchOperations());
            var moved = patched.equals(resource) ? resource : move(key, resource, patched);
            return shown(moved, null);
        });
    }

    private Resource move(ApiKey key, Resource resource, Resource patched) {
        if (resource.parentId() == null) {
            throw badRequestException(
                    "Root resource cannot update its " + (patched.parentId() == null ? "pathPart." : "parentId."));
        }
        var parent = definitions.resource(key, Objects.requireNonNull(patched.parentId()));
        var all = definitions.resources(key);
        var below = descendants(resource, all);
        if (Objects.equals(parent.id(), resource.id()) || below.contains(parent)) {
            throw badRequestException("Resources cannot be cyclical.");
        }
        var pathPart = Objects.requireNonNull(patched.pathPart());
        checkPlace(patched, parent, all);
        if (isGreedy(pathPart) && !below.isEmpty()) {
            throw badRequestException(greedyParent(pathPart));
        }
        var path = path(parent, pathPart);
        var moved = Members.with(Resource.SHAPE, patched, "path", path);
        var change = definitions.change().put(key, moved);
        int oldLength = pathOf(resource).length();
        for (var child : below) {
            var childPath = path + pathOf(child).substring(oldLength);
            change.put(key, Members.with(Resource.SHAPE, child, "path", childPath));
        }
        change.commit();
        return moved;
    }

    Unit delete(DeleteResourceRequest input, Call call) {
        var key = new ApiKey(call.scope(), input.restApiId());
        return definitions.exclusively(() -> {
            definitions.api(key);
            var resource = definitions.resource(key, input.resourceId());
            if (resource.parentId() == null) {
                throw badRequestException("Root resource cannot be deleted.");
            }
            var change = definitions.change().removeResource(key, input.resourceId());
            descendants(resource, definitions.resources(key))
                    .forEach(child -> change.removeResource(key, Objects.requireNonNull(child.id())));
            change.commit();
            return Unit.VALUE;
        });
    }

    private static void checkPlace(Resource resource, Resource parent, List<Resource> all) {
        var pathPart = Objects.requireNonNull(resource.pathPart());
        if (!PATH_PART.matcher(pathPart).matches()) {
            throw badRequestException("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable"
                    + " and curly braces at the beginning and the end.");
        }
        for (var sibling : all) {
            if (!Objects.equals(sibling.parentId(), parent.id()) || Objects.equals(sibling.id(), resource.id())) {
                continue;
            }
            var other = Objects.requireNonNull(sibling.pathPart());
            if (other.equals(pathPart)) {
                throw conflictException("Another resource with the same parent already has this name: " + pathPart);
            }
            if (isVariable(pathPart) && isVariable(other)) {
                throw badRequestException("A sibling (" + other
                        + ") of this resource already has a variable path part -- only one is allowed");
            }
        }
        var parentPart = parent.pathPart();
        if (parentPart != null && isGreedy(parentPart)) {
            throw badRequestException(greedyParent(parentPart));
        }
    }

    private static String greedyParent(String pathPart) {
        return "Cannot create a child of a resource with a greedy path variable: " + pathPart;
    }

    private static boolean isVariable(String pathPart) {
        return pathPart.startsWith("{");
    }

    private static boolean isGreedy(String pathPart) {
        return pathPart.endsWith("+}");
    }

    private static List<Resource> descendants(Resource ancestor, List<Resource> all) {
        var below = new ArrayList<Resource>();
        for (var resource : all) {
            if (Objects.equals(resource.parentId(), ancestor.id())) {
                below.add(resource);
                below.addAll(descendants(resource, all));
            }
        }
        return below;
    }

    private static String path(Resource parent, String pathPart) {
        var above = pathOf(parent);
        return (above.equals("/") ? "" : above) + '/' + pathPart;
    }

    private static String pathOf(Resource resource) {
        return Objects.requireNonNull(resource.path());
    }

    /** Methods by name only, unless the caller asks to embed them. */
    private static Resource shown(Resource resource, @Nullable List<String> embed) {
        var methods = resource.resourceMethods();
        if (methods == null || methods.isEmpty()) {
            return Members.with(Resource.SHAPE, resource, "resourceMethods", null);
        }
        if (embed != null && embed.contains("methods")) {
            return resource;
        }
        Map<String, Method> names = new TreeMap<>();
        methods.keySet().forEach(verb -> names.put(verb, Method.builder().build()));
        return Members.with(Resource.SHAPE, resource, "resourceMethods", names);
    }
}
