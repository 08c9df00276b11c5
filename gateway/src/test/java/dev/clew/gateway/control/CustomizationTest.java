// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayModel.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.gateway.api.CreateModelRequest;
import dev.clew.gateway.api.CreateRequestValidatorRequest;
import dev.clew.gateway.api.DeleteGatewayResponseRequest;
import dev.clew.gateway.api.DeleteModelRequest;
import dev.clew.gateway.api.DeleteRequestValidatorRequest;
import dev.clew.gateway.api.GetGatewayResponseRequest;
import dev.clew.gateway.api.GetGatewayResponsesRequest;
import dev.clew.gateway.api.GetModelRequest;
import dev.clew.gateway.api.GetModelsRequest;
import dev.clew.gateway.api.GetRequestValidatorRequest;
import dev.clew.gateway.api.GetRequestValidatorsRequest;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.api.PutGatewayResponseRequest;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.UpdateGatewayResponseRequest;
import dev.clew.gateway.api.UpdateModelRequest;
import dev.clew.gateway.api.UpdateRequestValidatorRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // optional members of the answers are asserted, not guarded
class CustomizationTest extends Fixture {
    final RestApi api = console.createApi("a");

    @Test
    void listsEveryGatewayResponseCustomizedOrNot() {
        console.call(
                PUT_GATEWAY_RESPONSE,
                new PutGatewayResponseRequest(api.id(), "THROTTLED", "503", null, Map.of("text/plain", "later")));
        var all = console.call(GET_GATEWAY_RESPONSES, new GetGatewayResponsesRequest(api.id(), null, null))
                .items();
        assertThat(all).hasSize(21);
        assertThat(all)
                .filteredOn(response -> !response.defaultResponse())
                .singleElement()
                .satisfies(response -> {
                    assertThat(response.responseType()).isEqualTo("THROTTLED");
                    assertThat(response.statusCode()).isEqualTo("503");
                });
    }

    @Test
    void customizesAndRestoresAGatewayResponse() {
        var patched = console.call(
                UPDATE_GATEWAY_RESPONSE,
                new UpdateGatewayResponseRequest(
                        api.id(),
                        "DEFAULT_4XX",
                        List.of(new PatchOperation(
                                "add",
                                "/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin",
                                "'*'",
                                null))));
        assertThat(patched.defaultResponse()).isFalse();
        assertThat(patched.responseParameters())
                .containsExactly(Map.entry("gatewayresponse.header.Access-Control-Allow-Origin", "'*'"));
        console.call(DELETE_GATEWAY_RESPONSE, new DeleteGatewayResponseRequest(api.id(), "DEFAULT_4XX"));
        assertThat(console.call(GET_GATEWAY_RESPONSE, new GetGatewayResponseRequest(api.id(), "DEFAULT_4XX"))
                        .defaultResponse())
                .isTrue();
        assertRefused(
                DELETE_GATEWAY_RESPONSE,
                new DeleteGatewayResponseRequest(api.id(), "DEFAULT_4XX"),
                "NotFoundException",
                "Gateway response type not defined on api");
        assertRefused(
                PUT_GATEWAY_RESPONSE,
                new PutGatewayResponseRequest(
                        api.id(), "THROTTLED", null, Map.of("gatewayresponse.header.X", "unquoted"), null),
                "BadRequestException",
                "Invalid mapping expression specified: unquoted");
    }

    @Test
    void keepsValidatorsOfParametersButRefusesThoseOfBodies() {
        var validator = console.call(
                CREATE_REQUEST_VALIDATOR, new CreateRequestValidatorRequest(api.id(), "params", null, true));
        assertThat(validator.validateRequestParameters()).isTrue();
        assertThat(validator.validateRequestBody()).isFalse();
        assertRefused(
                UPDATE_REQUEST_VALIDATOR,
                new UpdateRequestValidatorRequest(
                        api.id(),
                        validator.id(),
                        List.of(new PatchOperation("replace", "/validateRequestBody", "true", null))),
                "BadRequestException",
                "Validation of request bodies is not supported yet: validateRequestBody must be false");
        assertThat(restarted()
                        .call(GET_REQUEST_VALIDATORS, new GetRequestValidatorsRequest(api.id(), null, null))
                        .items())
                .containsExactly(validator);
        console.call(DELETE_REQUEST_VALIDATOR, new DeleteRequestValidatorRequest(api.id(), validator.id()));
        assertRefused(
                GET_REQUEST_VALIDATOR,
                new GetRequestValidatorRequest(api.id(), validator.id()),
                "NotFoundException",
                "Invalid Request Validator identifier specified");
    }

    @Test
    void keepsModels() {
        var model = console.call(
                CREATE_MODEL,
                new CreateModelRequest(api.id(), "Order", "d", "{\"type\":\"object\"}", "application/json"));
        assertThat(console.call(GET_MODEL, new GetModelRequest(api.id(), "Order", null)))
                .isEqualTo(model);
        assertThat(console.call(
                                UPDATE_MODEL,
                                new UpdateModelRequest(
                                        api.id(),
                                        "Order",
                                        List.of(new PatchOperation("replace", "/schema", "{}", null))))
                        .schema())
                .isEqualTo("{}");
        assertRefused(
                CREATE_MODEL,
                new CreateModelRequest(api.id(), "Other", null, "{nope", "application/json"),
                "BadRequestException",
                "Invalid model specified: the schema is not a JSON object");
        assertThat(console.call(GET_MODELS, new GetModelsRequest(api.id(), null, null))
                        .items())
                .hasSize(1);
        console.call(DELETE_MODEL, new DeleteModelRequest(api.id(), "Order"));
        assertRefused(
                GET_MODEL,
                new GetModelRequest(api.id(), "Order", null),
                "NotFoundException",
                "Invalid model name specified: Order");
    }
}
