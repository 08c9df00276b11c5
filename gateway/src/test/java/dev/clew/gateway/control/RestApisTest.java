// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.gateway.api.CreateRestApiRequest;
import dev.clew.gateway.api.DeleteRestApiRequest;
import dev.clew.gateway.api.EndpointConfiguration;
import dev.clew.gateway.api.GetResourcesRequest;
import dev.clew.gateway.api.GetRestApiRequest;
import dev.clew.gateway.api.GetRestApisRequest;
import dev.clew.gateway.api.GetTagsRequest;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.TagResourceRequest;
import dev.clew.gateway.api.UntagResourceRequest;
import dev.clew.gateway.api.UpdateRestApiRequest;
import dev.clew.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // optional members of the answers are asserted, not guarded
class RestApisTest extends Fixture {
    @Test
    void describesANewApiAsTheServiceDoes() {
        var api = console.call(
                CREATE_REST_API,
                CreateRestApiRequest.builder()
                        .name("n1")
                        .description("Distributed tracing demo API")
                        .build());
        assertThat(api.id()).matches("[a-z0-9]{10}");
        assertThat(api.rootResourceId()).matches("[a-z0-9]{6,10}");
        assertThat(api.name()).isEqualTo("n1");
        assertThat(api.description()).isEqualTo("Distributed tracing demo API");
        assertThat(api.apiKeySource()).isEqualTo("HEADER");
        assertThat(api.disableExecuteApiEndpoint()).isFalse();
        assertThat(api.endpointConfiguration().types()).containsExactly("EDGE");
        assertThat(api.createdDate()).isEqualTo(ManualClock.START);
    }

    @Test
    void beginsWithItsRootResourceAlone() {
        var api = console.createApi("a");
        var resources = console.call(
                GET_RESOURCES, GetResourcesRequest.builder().restApiId(api.id()).build());
        assertThat(resources.items()).singleElement().satisfies(root -> {
            assertThat(root.id()).isEqualTo(api.rootResourceId());
            assertThat(root.path()).isEqualTo("/");
            assertThat(root.parentId()).isNull();
            assertThat(root.resourceMethods()).isNull();
        });
    }

    @Test
    void refusesWhatTheServiceRefuses() {
        var request = CreateRestApiRequest.builder().name("a");
        assertRefused(
                CREATE_REST_API,
                request.description("").build(),
                "BadRequestException",
                "Description cannot be an empty string");
        assertRefused(
                CREATE_REST_API,
                CreateRestApiRequest.builder()
                        .name("a")
                        .endpointConfiguration(new EndpointConfiguration(List.of("EDGE", "REGIONAL"), null, null))
                        .build(),
                "BadRequestException",
                "Cannot create an api with multiple Endpoint Types.");
    }

    @Test
    void refusesWhatNobodyWouldEnforce() {
        var withPolicy = CreateRestApiRequest.builder()
                .name("a")
                .policy("{\"Version\":\"2012-10-17\"}")
                .build();
        assertThatThrownBy(() -> console.call(CREATE_REST_API, withPolicy)).hasMessageContaining("not supported yet");
        var isPrivate = CreateRestApiRequest.builder()
                .name("a")
                .endpointConfiguration(new EndpointConfiguration(List.of("PRIVATE"), null, null))
                .build();
        assertThatThrownBy(() -> console.call(CREATE_REST_API, isPrivate)).hasMessageContaining("not supported yet");
    }

    @Test
    void namesAccountAndIdOfAnUnknownApi() {
        assertRefused(
                GET_REST_API,
                new GetRestApiRequest("nope"),
                "NotFoundException",
                "Invalid API identifier specified 111111111111:nope");
    }

    @Test
    void findsAnIdInItsOwnCaseOnly() {
        var api = console.createApi("a");
        assertRefused(
                GET_REST_API,
                new GetRestApiRequest(api.id().toUpperCase(Locale.ROOT) + "A"),
                "NotFoundException",
                "Invalid API identifier specified 111111111111:" + api.id().toUpperCase(Locale.ROOT) + "A");
    }

    @Test
    void deletesEverythingAtOnceAndForGood() {
        var api = console.recipe();
        console.call(DELETE_REST_API, new DeleteRestApiRequest(api.id()));
        assertThat(definitions.locate(api.id())).isEmpty();
        for (var table : store.tables()) {
            assertThat(store.scan(table, new byte[0], null, 10)).as(table).isEmpty();
        }
        assertRefused(
                DELETE_REST_API,
                new DeleteRestApiRequest(api.id()),
                "NotFoundException",
                "Invalid API identifier specified 111111111111:" + api.id());
    }

    @Test
    void leavesOtherApisAlone() {
        var doomed = console.recipe();
        var other = console.recipe();
        console.call(DELETE_REST_API, new DeleteRestApiRequest(doomed.id()));
        assertThat(console.call(
                                GET_RESOURCES,
                                GetResourcesRequest.builder()
                                        .restApiId(other.id())
                                        .build())
                        .items())
                .hasSize(3);
    }

    @Test
    void survivesARestart() {
        var api = console.recipe();
        var restarted = restarted();
        assertThat(restarted.call(GET_REST_API, new GetRestApiRequest(api.id())))
                .isEqualTo(api);
        assertThat(restarted
                        .call(
                                GET_RESOURCES,
                                GetResourcesRequest.builder()
                                        .restApiId(api.id())
                                        .embed(List.of("methods"))
                                        .build())
                        .items())
                .extracting(resource -> resource.path())
                .containsExactly("/", "/orders", "/orders/{customerId}");
    }

    @Test
    void listsInPages() {
        var names = IntStream.range(0, 30).mapToObj(i -> "api-" + i).toList();
        names.forEach(console::createApi);
        var seen = new ArrayList<RestApi>();
        var first = console.call(GET_REST_APIS, new GetRestApisRequest(null, null));
        assertThat(first.items()).hasSize(25);
        seen.addAll(first.items());
        var second = console.call(GET_REST_APIS, new GetRestApisRequest(first.position(), null));
        assertThat(second.position()).isNull();
        seen.addAll(second.items());
        assertThat(seen).extracting(RestApi::name).containsExactlyInAnyOrderElementsOf(names);
        assertRefused(
                GET_REST_APIS,
                new GetRestApisRequest(null, 501),
                "BadRequestException",
                "limit: 501 (expected: 1 to 500)");
        assertRefused(
                GET_REST_APIS,
                new GetRestApisRequest("%%%", null),
                "BadRequestException",
                "Invalid position specified");
    }

    @Test
    void patchesItsSettings() {
        var api = console.createApi("a");
        var patched = console.call(
                UPDATE_REST_API,
                new UpdateRestApiRequest(
                        api.id(),
                        List.of(
                                new PatchOperation("replace", "/name", "b", null),
                                new PatchOperation("replace", "/description", "d", null),
                                new PatchOperation("add", "/binaryMediaTypes/image~1png", null, null),
                                new PatchOperation("replace", "/endpointConfiguration/types/EDGE", "REGIONAL", null),
                                new PatchOperation("replace", "/disableExecuteApiEndpoint", "true", null),
                                new PatchOperation("replace", "/minimumCompressionSize", "1024", null))));
        assertThat(patched.name()).isEqualTo("b");
        assertThat(patched.binaryMediaTypes()).containsExactly("image/png");
        assertThat(patched.endpointConfiguration().types()).containsExactly("REGIONAL");
        assertThat(patched.disableExecuteApiEndpoint()).isTrue();
        assertThat(patched.minimumCompressionSize()).isEqualTo(1024);
        assertThat(restarted().call(GET_REST_API, new GetRestApiRequest(api.id())))
                .isEqualTo(patched);
    }

    @Test
    void clonesAnotherApi() {
        var original = console.recipe();
        var clone = console.call(
                CREATE_REST_API,
                CreateRestApiRequest.builder()
                        .name("clone")
                        .cloneFrom(original.id())
                        .build());
        assertThat(clone.id()).isNotEqualTo(original.id());
        console.call(DELETE_REST_API, new DeleteRestApiRequest(original.id()));
        assertThat(console.call(
                                GET_RESOURCES,
                                GetResourcesRequest.builder()
                                        .restApiId(clone.id())
                                        .build())
                        .items())
                .hasSize(3);
    }

    @Test
    void keepsTagsOfApisAndStages() {
        var api = console.recipe();
        var apiArn = "arn:aws:apigateway:us-east-1::/restapis/" + api.id();
        var stageArn = apiArn + "/stages/prod";
        console.call(TAG_RESOURCE, new TagResourceRequest(apiArn, Map.of("team", "orders", "tier", "1")));
        console.call(TAG_RESOURCE, new TagResourceRequest(stageArn, Map.of("stage", "prod")));
        console.call(UNTAG_RESOURCE, new UntagResourceRequest(apiArn, List.of("tier", "absent")));
        assertThat(console.call(GET_TAGS, new GetTagsRequest(apiArn, null, null))
                        .tags())
                .containsExactly(Map.entry("team", "orders"));
        assertThat(console.call(GET_TAGS, new GetTagsRequest(stageArn, null, null))
                        .tags())
                .containsExactly(Map.entry("stage", "prod"));
        assertRefused(
                GET_TAGS,
                new GetTagsRequest("arn:aws:lambda:us-east-1::x", null, null),
                "BadRequestException",
                "Invalid ARN specified in the request");
        assertRefused(
                TAG_RESOURCE,
                new TagResourceRequest(apiArn, Map.of("aws:x", "y")),
                "BadRequestException",
                "Invalid tag 'aws:x': keys that begin with aws: are reserved");
    }
}
