// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.api.CreateResourceRequest;
import dev.clew.gateway.api.DeleteResourceRequest;
import dev.clew.gateway.api.GetResourceRequest;
import dev.clew.gateway.api.GetResourcesRequest;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.Resource;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.UpdateResourceRequest;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class ResourcesTest extends Fixture {
    final RestApi api = console.createApi("a");

    @Test
    void knowsItsPath() {
        var orders = console.call(CREATE_RESOURCE, new CreateResourceRequest(api.id(), api.rootResourceId(), "orders"));
        assertThat(orders.path()).isEqualTo("/orders");
        assertThat(orders.parentId()).isEqualTo(api.rootResourceId());
        var order = console.call(CREATE_RESOURCE, new CreateResourceRequest(api.id(), orders.id(), "{customerId}"));
        assertThat(order.path()).isEqualTo("/orders/{customerId}");
        assertThat(order.pathPart()).isEqualTo("{customerId}");
        assertThat(order.id()).matches("[a-z0-9]{6,10}");
    }

    @Test
    void listsTheRootFirst() {
        console.createPath(api, "a", "b");
        console.createPath(api, "-");
        assertThat(paths()).containsExactly("/", "/-", "/a", "/a/b");
    }

    @Test
    void showsMethodsByNameUnlessAskedToEmbedThem() {
        var resource = console.createPath(api, "a");
        console.putMethod(api.id(), resource, "POST");
        var shown = console.call(GET_RESOURCE, new GetResourceRequest(api.id(), resource, null));
        assertThat(shown.resourceMethods()).containsOnlyKeys("POST");
        assertThat(shown.resourceMethods().get("POST").httpMethod()).isNull();
        var embedded = console.call(GET_RESOURCE, new GetResourceRequest(api.id(), resource, List.of("methods")));
        assertThat(embedded.resourceMethods().get("POST").httpMethod()).isEqualTo("POST");
    }

    @Test
    void refusesWhatTheServiceRefuses() {
        refusesToCreate("nope", "x", "NotFoundException", "Invalid Resource identifier specified");
        console.createPath(api, "pets");
        refusesToCreate(
                api.rootResourceId(),
                "pets",
                "ConflictException",
                "Another resource with the same parent already has this name: pets");
        var greedy = console.createPath(api, "{proxy+}");
        refusesToCreate(
                api.rootResourceId(),
                "{id}",
                "BadRequestException",
                "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed");
        refusesToCreate(
                greedy,
                "x",
                "BadRequestException",
                "Cannot create a child of a resource with a greedy path variable: {proxy+}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "{a", "a}", "{}", "{+}", "{a+}b", "é", "{a++}", "a%20b"})
    void refusesPathPartsThatAreNeitherTextNorVariable(String pathPart) {
        refusesToCreate(
                api.rootResourceId(),
                pathPart,
                "BadRequestException",
                "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable"
                        + " and curly braces at the beginning and the end.");
    }

    @Test
    void takesItsChildrenAlongWhenItMoves() {
        var a = console.createPath(api, "a");
        var b = console.createResource(api.id(), a, "b");
        console.createResource(api.id(), b, "c");
        var d = console.createPath(api, "d");
        update(b, "/pathPart", "bb");
        assertThat(paths()).containsExactly("/", "/a", "/a/bb", "/a/bb/c", "/d");
        assertThat(update(b, "/parentId", d).path()).isEqualTo("/d/bb");
        assertThat(paths()).containsExactly("/", "/a", "/d", "/d/bb", "/d/bb/c");
    }

    @Test
    void refusesImpossibleMoves() {
        var a = console.createPath(api, "a");
        var b = console.createResource(api.id(), a, "b");
        refusesToUpdate(a, "replace", "/parentId", b, "Resources cannot be cyclical.");
        refusesToUpdate(a, "replace", "/parentId", a, "Resources cannot be cyclical.");
        refusesToUpdate(api.rootResourceId(), "replace", "/pathPart", "x", "Root resource cannot update its pathPart.");
        refusesToUpdate(api.rootResourceId(), "replace", "/parentId", a, "Root resource cannot update its parentId.");
    }

    @Test
    void refusesPatchesOfAnythingElse() {
        var a = console.createPath(api, "a");
        refusesToUpdate(
                a,
                "replace",
                "/x",
                "y",
                "Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/parentId, /pathPart]");
        refusesToUpdate(
                a,
                "add",
                "/x",
                "y",
                "Invalid patch path  '/x' specified for op 'add'. Please choose supported operations");
        refusesToUpdate(a, "remove", "/pathPart", "y", "Invalid patch operation specified. Must be one of: [replace]");
        refusesToUpdate(a, "replace", "x", "y", "Invalid patch path x");
    }

    @Test
    void deletesItsChildrenWithIt() {
        var a = console.createPath(api, "a");
        console.createResource(api.id(), a, "b");
        console.call(DELETE_RESOURCE, new DeleteResourceRequest(api.id(), a));
        assertThat(paths()).containsExactly("/");
        assertRefused(
                DELETE_RESOURCE,
                new DeleteResourceRequest(api.id(), api.rootResourceId()),
                "BadRequestException",
                "Root resource cannot be deleted.");
    }

    @Test
    void stopsAtTheLimit() {
        for (int i = 1; i < 300; i++) {
            console.createResource(api.id(), api.rootResourceId(), "r" + i);
        }
        refusesToCreate(
                api.rootResourceId(),
                "more",
                "LimitExceededException",
                "Maximum number of resources for this API has been reached: 300");
    }

    private List<String> paths() {
        return console
                .call(
                        GET_RESOURCES,
                        GetResourcesRequest.builder().restApiId(api.id()).build())
                .items()
                .stream()
                .map(Resource::path)
                .toList();
    }

    private Resource update(String id, String path, String value) {
        return console.call(
                UPDATE_RESOURCE,
                new UpdateResourceRequest(api.id(), id, List.of(new PatchOperation("replace", path, value, null))));
    }

    private void refusesToCreate(String parent, String pathPart, String code, String message) {
        assertRefused(CREATE_RESOURCE, new CreateResourceRequest(api.id(), parent, pathPart), code, message);
    }

    private void refusesToUpdate(String id, String op, String path, String value, String message) {
        assertRefused(
                UPDATE_RESOURCE,
                new UpdateResourceRequest(api.id(), id, List.of(new PatchOperation(op, path, value, null))),
                "BadRequestException",
                message);
    }
}
