// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.Console;
import dev.clew.gateway.api.DeleteIntegrationRequest;
import dev.clew.gateway.api.DeleteIntegrationResponseRequest;
import dev.clew.gateway.api.DeleteMethodRequest;
import dev.clew.gateway.api.DeleteMethodResponseRequest;
import dev.clew.gateway.api.GetIntegrationRequest;
import dev.clew.gateway.api.GetIntegrationResponseRequest;
import dev.clew.gateway.api.GetMethodRequest;
import dev.clew.gateway.api.GetMethodResponseRequest;
import dev.clew.gateway.api.Method;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.PutIntegrationRequest;
import dev.clew.gateway.api.PutIntegrationResponseRequest;
import dev.clew.gateway.api.PutMethodRequest;
import dev.clew.gateway.api.PutMethodResponseRequest;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.UpdateIntegrationRequest;
import dev.clew.gateway.api.UpdateIntegrationResponseRequest;
import dev.clew.gateway.api.UpdateMethodRequest;
import dev.clew.gateway.api.UpdateMethodResponseRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class MethodsTest extends Fixture {
    final RestApi api = console.createApi("a");
    final String resource = console.createPath(api, "orders");

    private PutMethodRequest.Builder method(String verb) {
        return PutMethodRequest.builder()
                .restApiId(api.id())
                .resourceId(resource)
                .httpMethod(verb)
                .authorizationType("NONE");
    }

    private PutIntegrationRequest.Builder integration() {
        return Console.lambda(api.id(), resource, "POST", Console.FUNCTION);
    }

    @Test
    void describesAMethodAsTheServiceDoes() {
        assertThat(console.call(PUT_METHOD, method("POST").build()))
                .isEqualTo(Method.builder()
                        .httpMethod("POST")
                        .authorizationType("NONE")
                        .apiKeyRequired(false)
                        .build());
    }

    @Test
    void refusesMethodsThatTheServiceRefuses() {
        assertRefused(
                PUT_METHOD,
                method("FETCH").build(),
                "BadRequestException",
                "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
        assertRefused(
                PUT_METHOD,
                method("GET").authorizationType("CUSTOM").build(),
                "BadRequestException",
                "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS"
                        + " requires a valid authorizer.");
        console.putMethod(api.id(), resource, "GET");
        assertRefused(
                PUT_METHOD, method("GET").build(), "ConflictException", "Method already exists for this resource");
        assertRefused(
                GET_METHOD,
                new GetMethodRequest(api.id(), resource, "POST"),
                "NotFoundException",
                "Invalid Method identifier specified");
    }

    @Test
    void neverOpensAMethodThatAsksForAuthorization() {
        assertRefused(
                PUT_METHOD,
                method("GET").authorizationType("AWS_IAM").build(),
                "BadRequestException",
                "Authorization type AWS_IAM is not supported yet (supported: NONE)");
        assertRefused(
                PUT_METHOD,
                method("GET").apiKeyRequired(true).build(),
                "BadRequestException",
                "API keys are not supported yet: apiKeyRequired must be false");
        console.putMethod(api.id(), resource, "GET");
        assertRefused(
                UPDATE_METHOD,
                new UpdateMethodRequest(
                        api.id(),
                        resource,
                        "GET",
                        List.of(new PatchOperation("replace", "/apiKeyRequired", "true", null))),
                "BadRequestException",
                "API keys are not supported yet: apiKeyRequired must be false");
    }

    @Test
    void patchesAndDeletesAMethod() {
        console.putMethod(api.id(), resource, "GET");
        var patched = console.call(
                UPDATE_METHOD,
                new UpdateMethodRequest(
                        api.id(),
                        resource,
                        "GET",
                        List.of(
                                new PatchOperation("add", "/requestParameters/method.request.header.a", "true", null),
                                new PatchOperation("replace", "/operationName", "listOrders", null))));
        assertThat(patched.requestParameters()).containsExactly(Map.entry("method.request.header.a", true));
        assertThat(patched.operationName()).isEqualTo("listOrders");
        console.call(DELETE_METHOD, new DeleteMethodRequest(api.id(), resource, "GET"));
        assertRefused(
                DELETE_METHOD,
                new DeleteMethodRequest(api.id(), resource, "GET"),
                "NotFoundException",
                "Invalid Method identifier specified");
    }

    @Test
    void describesAnIntegrationAsTheServiceDoes() {
        console.putMethod(api.id(), resource, "POST");
        var integration = console.call(PUT_INTEGRATION, integration().build());
        assertThat(integration.type()).isEqualTo("AWS_PROXY");
        assertThat(integration.httpMethod()).isEqualTo("POST");
        assertThat(integration.uri()).isEqualTo(Console.uri(Console.FUNCTION));
        assertThat(integration.passthroughBehavior()).isEqualTo("WHEN_NO_MATCH");
        assertThat(integration.timeoutInMillis()).isEqualTo(29_000);
        assertThat(integration.cacheNamespace()).isEqualTo(resource);
        assertThat(integration.cacheKeyParameters()).isEmpty();
        assertThat(console.call(GET_INTEGRATION, new GetIntegrationRequest(api.id(), resource, "POST")))
                .isEqualTo(integration);
        assertThat(restarted()
                        .call(GET_METHOD, new GetMethodRequest(api.id(), resource, "POST"))
                        .methodIntegration())
                .isEqualTo(integration);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nonsense                                                         | Invalid ARN specified in the request
        arn:aws:s3:::bucket                                              | Invalid ARN specified in the request
        arn:aws:apigateway:us-east-1:lambda:function/f                   | AWS ARN for integration must contain path or action
        arn:aws:apigateway:us-east-1:s3:path/bucket                      | Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.
        arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f  | Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.
        arn:aws:apigateway:us-east-1:firehose:action/PutRecord           | Integrations with Firehose streams are not supported yet
        """)
    void refusesUrisThatLeadToNoFunction(String uri, String message) {
        console.putMethod(api.id(), resource, "POST");
        assertRefused(PUT_INTEGRATION, integration().uri(uri).build(), "BadRequestException", message);
    }

    @Test
    void refusesIntegrationsThatWouldNotWork() {
        assertRefused(
                PUT_INTEGRATION, integration().build(), "NotFoundException", "Invalid Method identifier specified");
        console.putMethod(api.id(), resource, "POST");
        for (var type : List.of("HTTP", "AWS")) {
            assertRefused(
                    PUT_INTEGRATION,
                    integration().type(type).build(),
                    "BadRequestException",
                    "Integrations of type '" + type
                            + "' are not supported yet (supported: AWS_PROXY with a Lambda function, MOCK)");
        }
        assertRefused(
                PUT_INTEGRATION,
                integration().integrationHttpMethod(null).build(),
                "BadRequestException",
                "Enumeration value for HttpMethod must be non-empty");
        assertRefused(
                PUT_INTEGRATION,
                integration().timeoutInMillis(49).build(),
                "BadRequestException",
                "Timeout should be between 50 ms and 29000 ms");
        assertRefused(
                PUT_INTEGRATION,
                integration().credentials("arn:aws:iam::111111111111:role/r").build(),
                "BadRequestException",
                "Integration credentials are not supported yet:"
                        + " let the function's own policy allow apigateway.amazonaws.com");
        assertRefused(
                PUT_INTEGRATION,
                integration()
                        .type("MOCK")
                        .requestTemplates(Map.of("application/json", "#if(true){}#end"))
                        .build(),
                "BadRequestException",
                "The mapping template for application/json contains Velocity expressions,"
                        + " which are not supported yet");
    }

    @Test
    void patchesAndDeletesAnIntegration() {
        console.putMethod(api.id(), resource, "POST");
        console.call(PUT_INTEGRATION, integration().build());
        var patched = console.call(
                UPDATE_INTEGRATION,
                new UpdateIntegrationRequest(
                        api.id(),
                        resource,
                        "POST",
                        List.of(new PatchOperation("replace", "/timeoutInMillis", "500", null))));
        assertThat(patched.timeoutInMillis()).isEqualTo(500);
        assertRefused(
                UPDATE_INTEGRATION,
                new UpdateIntegrationRequest(
                        api.id(),
                        resource,
                        "POST",
                        List.of(new PatchOperation("replace", "/timeoutInMillis", "soon", null))),
                "BadRequestException",
                "Invalid value 'soon' for patch path /timeoutInMillis (expected: a number)");
        console.call(DELETE_INTEGRATION, new DeleteIntegrationRequest(api.id(), resource, "POST"));
        assertRefused(
                GET_INTEGRATION,
                new GetIntegrationRequest(api.id(), resource, "POST"),
                "NotFoundException",
                "Invalid Integration identifier specified");
    }

    @Test
    void keepsResponsesOfMethodsAndIntegrations() {
        console.putMethod(api.id(), resource, "OPTIONS");
        console.call(
                PUT_INTEGRATION,
                PutIntegrationRequest.builder()
                        .restApiId(api.id())
                        .resourceId(resource)
                        .httpMethod("OPTIONS")
                        .type("MOCK")
                        .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}"))
                        .build());
        var integrationResponse = PutIntegrationResponseRequest.builder()
                .restApiId(api.id())
                .resourceId(resource)
                .httpMethod("OPTIONS")
                .statusCode("200");
        assertRefused(
                PUT_INTEGRATION_RESPONSE,
                integrationResponse.build(),
                "NotFoundException",
                "Invalid Response status code specified");
        console.call(
                PUT_METHOD_RESPONSE,
                new PutMethodResponseRequest(
                        api.id(), resource, "OPTIONS", "200", Map.of("method.response.header.A", true), null));
        console.call(PUT_INTEGRATION_RESPONSE, integrationResponse.build());
        console.call(
                UPDATE_INTEGRATION_RESPONSE,
                new UpdateIntegrationResponseRequest(
                        api.id(),
                        resource,
                        "OPTIONS",
                        "200",
                        List.of(new PatchOperation(
                                "add", "/responseParameters/method.response.header.A", "'*'", null))));
        assertThat(console.call(
                                GET_INTEGRATION_RESPONSE,
                                new GetIntegrationResponseRequest(api.id(), resource, "OPTIONS", "200"))
                        .responseParameters())
                .containsExactly(Map.entry("method.response.header.A", "'*'"));
        console.call(
                UPDATE_METHOD_RESPONSE,
                new UpdateMethodResponseRequest(
                        api.id(),
                        resource,
                        "OPTIONS",
                        "200",
                        List.of(new PatchOperation(
                                "remove", "/responseParameters/method.response.header.A", null, null))));
        assertThat(console.call(GET_METHOD_RESPONSE, new GetMethodResponseRequest(api.id(), resource, "OPTIONS", "200"))
                        .responseParameters())
                .isEmpty();
        console.call(
                DELETE_INTEGRATION_RESPONSE,
                new DeleteIntegrationResponseRequest(api.id(), resource, "OPTIONS", "200"));
        console.call(DELETE_METHOD_RESPONSE, new DeleteMethodResponseRequest(api.id(), resource, "OPTIONS", "200"));
        assertRefused(
                GET_METHOD_RESPONSE,
                new GetMethodResponseRequest(api.id(), resource, "OPTIONS", "200"),
                "NotFoundException",
                "Invalid Response status code specified");
    }
}
