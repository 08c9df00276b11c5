// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.IdSource;
import dev.clew.core.access.RoleSessions;
import dev.clew.functions.api.LambdaModel;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;

/** Binds every operation that manages functions. */
public final class ControlPlane {
    private final FunctionOperations functions;
    private final UpdateOperations updates;
    private final VersionOperations versions;
    private final AliasOperations aliases;
    private final PolicyOperations policies;
    private final ConcurrencyOperations concurrency;
    private final EventInvokeOperations eventInvokes;
    private final SettingsOperations settings;

    /** @param accountConcurrency invocations that may run at once in one account and region */
    public ControlPlane(
            FunctionCatalog catalog,
            CodeStore codes,
            CodeDownloads downloads,
            RoleSessions roles,
            InstantSource time,
            IdSource ids,
            int accountConcurrency) {
        var intake = new CodeIntake(codes);
        var rules = new ConfigurationRules(roles);
        functions = new FunctionOperations(catalog, intake, downloads, rules, time, ids);
        versions = new VersionOperations(catalog, time, ids);
        updates = new UpdateOperations(catalog, intake, rules, versions, time, ids);
        aliases = new AliasOperations(catalog, ids);
        policies = new PolicyOperations(catalog, ids);
        concurrency = new ConcurrencyOperations(catalog, accountConcurrency);
        eventInvokes = new EventInvokeOperations(catalog, time);
        settings = new SettingsOperations(catalog);
    }

    /** Adds the operations to {@code binding}. */
    public void bind(ServiceBinding.Builder binding) {
        binding.bind(LambdaModel.CREATE_FUNCTION, functions::create)
                .bind(LambdaModel.GET_FUNCTION, functions::get)
                .bind(LambdaModel.GET_FUNCTION_CONFIGURATION, functions::getConfiguration)
                .bind(LambdaModel.LIST_FUNCTIONS, functions::list)
                .bind(LambdaModel.DELETE_FUNCTION, functions::delete)
                .bind(LambdaModel.UPDATE_FUNCTION_CODE, updates::updateCode)
                .bind(LambdaModel.UPDATE_FUNCTION_CONFIGURATION, updates::updateConfiguration)
                .bind(LambdaModel.PUBLISH_VERSION, versions::publish)
                .bind(LambdaModel.LIST_VERSIONS_BY_FUNCTION, versions::list)
                .bind(LambdaModel.CREATE_ALIAS, aliases::create)
                .bind(LambdaModel.GET_ALIAS, aliases::get)
                .bind(LambdaModel.UPDATE_ALIAS, aliases::update)
                .bind(LambdaModel.DELETE_ALIAS, aliases::delete)
                .bind(LambdaModel.LIST_ALIASES, aliases::list)
                .bind(LambdaModel.ADD_PERMISSION, policies::add)
                .bind(LambdaModel.REMOVE_PERMISSION, policies::remove)
                .bind(LambdaModel.GET_POLICY, policies::get)
                .bind(LambdaModel.PUT_FUNCTION_CONCURRENCY, concurrency::put)
                .bind(LambdaModel.GET_FUNCTION_CONCURRENCY, concurrency::get)
                .bind(LambdaModel.DELETE_FUNCTION_CONCURRENCY, concurrency::delete)
                .bind(LambdaModel.GET_ACCOUNT_SETTINGS, concurrency::accountSettings)
                .bind(LambdaModel.PUT_FUNCTION_EVENT_INVOKE_CONFIG, eventInvokes::put)
                .bind(LambdaModel.UPDATE_FUNCTION_EVENT_INVOKE_CONFIG, eventInvokes::update)
                .bind(LambdaModel.GET_FUNCTION_EVENT_INVOKE_CONFIG, eventInvokes::get)
                .bind(LambdaModel.DELETE_FUNCTION_EVENT_INVOKE_CONFIG, eventInvokes::delete)
                .bind(LambdaModel.LIST_FUNCTION_EVENT_INVOKE_CONFIGS, eventInvokes::list)
                .bind(LambdaModel.TAG_RESOURCE, settings::tag)
                .bind(LambdaModel.UNTAG_RESOURCE, settings::untag)
                .bind(LambdaModel.LIST_TAGS, settings::tags)
                .bind(LambdaModel.GET_FUNCTION_CODE_SIGNING_CONFIG, settings::codeSigning)
                .bind(LambdaModel.GET_FUNCTION_RECURSION_CONFIG, settings::recursion)
                .bind(LambdaModel.PUT_FUNCTION_RECURSION_CONFIG, settings::putRecursion)
                .bind(LambdaModel.GET_RUNTIME_MANAGEMENT_CONFIG, settings::runtimeManagement)
                .bind(LambdaModel.PUT_RUNTIME_MANAGEMENT_CONFIG, settings::putRuntimeManagement);
    }
}
