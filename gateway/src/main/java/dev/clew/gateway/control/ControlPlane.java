// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import dev.clew.core.IdSource;
import dev.clew.gateway.api.ApigatewayModel;
import dev.clew.gateway.definition.Definitions;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;

/** Binds the operations of the service to what carries them out. */
public final class ControlPlane {
    private ControlPlane() {}

    /** @param tracedByDefault whether a stage traces if its creator does not say */
    public static ServiceBinding binding(
            Definitions definitions, IdSource ids, InstantSource time, boolean tracedByDefault) {
        var binding = ServiceBinding.builder(ApigatewayModel.SERVICE);
        bind(binding, new RestApis(definitions, ids, time));
        bind(binding, new Resources(definitions, ids));
        bind(binding, new Methods(definitions));
        bind(binding, new Integrations(definitions));
        var stages = new Stages(definitions, time, tracedByDefault);
        bind(binding, stages);
        bind(binding, new Deployments(definitions, stages, ids, time));
        bind(binding, new ErrorResponses(definitions));
        bind(binding, new Validators(definitions, ids));
        bind(binding, new Models(definitions, ids));
        bind(binding, new Accounts(definitions));
        bind(binding, new Tagging(definitions));
        return binding.build();
    }

    private static void bind(ServiceBinding.Builder binding, RestApis apis) {
        binding.bind(ApigatewayModel.CREATE_REST_API, apis::create)
                .bind(ApigatewayModel.GET_REST_API, apis::get)
                .bind(ApigatewayModel.GET_REST_APIS, apis::list)
                .bind(ApigatewayModel.UPDATE_REST_API, apis::update)
                .bind(ApigatewayModel.DELETE_REST_API, apis::delete);
    }

    private static void bind(ServiceBinding.Builder binding, Resources resources) {
        binding.bind(ApigatewayModel.CREATE_RESOURCE, resources::create)
                .bind(ApigatewayModel.GET_RESOURCE, resources::get)
                .bind(ApigatewayModel.GET_RESOURCES, resources::list)
                .bind(ApigatewayModel.UPDATE_RESOURCE, resources::update)
                .bind(ApigatewayModel.DELETE_RESOURCE, resources::delete);
    }

    private static void bind(ServiceBinding.Builder binding, Methods methods) {
        binding.bind(ApigatewayModel.PUT_METHOD, methods::put)
                .bind(ApigatewayModel.GET_METHOD, methods::get)
                .bind(ApigatewayModel.UPDATE_METHOD, methods::update)
                .bind(ApigatewayModel.DELETE_METHOD, methods::delete)
                .bind(ApigatewayModel.PUT_METHOD_RESPONSE, methods::putResponse)
                .bind(ApigatewayModel.GET_METHOD_RESPONSE, methods::getResponse)
                .bind(ApigatewayModel.UPDATE_METHOD_RESPONSE, methods::updateResponse)
                .bind(ApigatewayModel.DELETE_METHOD_RESPONSE, methods::deleteResponse);
    }

    private static void bind(ServiceBinding.Builder binding, Integrations integrations) {
        binding.bind(ApigatewayModel.PUT_INTEGRATION, integrations::put)
                .bind(ApigatewayModel.GET_INTEGRATION, integrations::get)
                .bind(ApigatewayModel.UPDATE_INTEGRATION, integrations::update)
                .bind(ApigatewayModel.DELETE_INTEGRATION, integrations::delete)
                .bind(ApigatewayModel.PUT_INTEGRATION_RESPONSE, integrations::putResponse)
                .bind(ApigatewayModel.GET_INTEGRATION_RESPONSE, integrations::getResponse)
                .bind(ApigatewayModel.UPDATE_INTEGRATION_RESPONSE, integrations::updateResponse)
                .bind(ApigatewayModel.DELETE_INTEGRATION_RESPONSE, integrations::deleteResponse);
    }

    private static void bind(ServiceBinding.Builder binding, Stages stages) {
        binding.bind(ApigatewayModel.CREATE_STAGE, stages::create)
                .bind(ApigatewayModel.GET_STAGE, stages::get)
                .bind(ApigatewayModel.GET_STAGES, stages::list)
                .bind(ApigatewayModel.UPDATE_STAGE, stages::update)
                .bind(ApigatewayModel.DELETE_STAGE, stages::delete);
    }

    private static void bind(ServiceBinding.Builder binding, Deployments deployments) {
        binding.bind(ApigatewayModel.CREATE_DEPLOYMENT, deployments::create)
                .bind(ApigatewayModel.GET_DEPLOYMENT, deployments::get)
                .bind(ApigatewayModel.GET_DEPLOYMENTS, deployments::list)
                .bind(ApigatewayModel.UPDATE_DEPLOYMENT, deployments::update)
                .bind(ApigatewayModel.DELETE_DEPLOYMENT, deployments::delete);
    }

    private static void bind(ServiceBinding.Builder binding, ErrorResponses responses) {
        binding.bind(ApigatewayModel.PUT_GATEWAY_RESPONSE, responses::put)
                .bind(ApigatewayModel.GET_GATEWAY_RESPONSE, responses::get)
                .bind(ApigatewayModel.GET_GATEWAY_RESPONSES, responses::list)
                .bind(ApigatewayModel.UPDATE_GATEWAY_RESPONSE, responses::update)
                .bind(ApigatewayModel.DELETE_GATEWAY_RESPONSE, responses::delete);
    }

    private static void bind(ServiceBinding.Builder binding, Validators validators) {
        binding.bind(ApigatewayModel.CREATE_REQUEST_VALIDATOR, validators::create)
                .bind(ApigatewayModel.GET_REQUEST_VALIDATOR, validators::get)
                .bind(ApigatewayModel.GET_REQUEST_VALIDATORS, validators::list)
                .bind(ApigatewayModel.UPDATE_REQUEST_VALIDATOR, validators::update)
                .bind(ApigatewayModel.DELETE_REQUEST_VALIDATOR, validators::delete);
    }

    private static void bind(ServiceBinding.Builder binding, Models models) {
        binding.bind(ApigatewayModel.CREATE_MODEL, models::create)
                .bind(ApigatewayModel.GET_MODEL, models::get)
                .bind(ApigatewayModel.GET_MODELS, models::list)
                .bind(ApigatewayModel.UPDATE_MODEL, models::update)
                .bind(ApigatewayModel.DELETE_MODEL, models::delete);
    }

    private static void bind(ServiceBinding.Builder binding, Accounts accounts) {
        binding.bind(ApigatewayModel.GET_ACCOUNT, accounts::get).bind(ApigatewayModel.UPDATE_ACCOUNT, accounts::update);
    }

    private static void bind(ServiceBinding.Builder binding, Tagging tags) {
        binding.bind(ApigatewayModel.TAG_RESOURCE, tags::tag)
                .bind(ApigatewayModel.UNTAG_RESOURCE, tags::untag)
                .bind(ApigatewayModel.GET_TAGS, tags::get);
    }
}
