// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.functions.api.GetFunctionCodeSigningConfigRequest;
import dev.clew.functions.api.GetFunctionCodeSigningConfigResponse;
import dev.clew.functions.api.GetFunctionRecursionConfigRequest;
import dev.clew.functions.api.GetFunctionRecursionConfigResponse;
import dev.clew.functions.api.GetRuntimeManagementConfigRequest;
import dev.clew.functions.api.GetRuntimeManagementConfigResponse;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.ListTagsRequest;
import dev.clew.functions.api.ListTagsResponse;
import dev.clew.functions.api.PutFunctionRecursionConfigRequest;
import dev.clew.functions.api.PutFunctionRecursionConfigResponse;
import dev.clew.functions.api.PutRuntimeManagementConfigRequest;
import dev.clew.functions.api.PutRuntimeManagementConfigResponse;
import dev.clew.functions.api.TagResourceRequest;
import dev.clew.functions.api.UntagResourceRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.HashMap;

/** The small settings around a function: tags, and what infrastructure tools ask about on every read. */
final class SettingsOperations {
    private static final int MAX_TAGS = 50;

    private final FunctionCatalog catalog;

    SettingsOperations(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    Unit tag(TagResourceRequest input, Call call) {
        var reference = FunctionReference.parse(input.resource(), null, call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var tags = new HashMap<>(function.tags());
            tags.putAll(input.tags());
            if (tags.size() > MAX_TAGS) {
                throw LambdaErrors.invalidParameterValueException("You cannot have more than " + MAX_TAGS + " tags");
            }
            catalog.put(function.withTags(tags));
            return Unit.VALUE;
        });
    }

    Unit untag(UntagResourceRequest input, Call call) {
        var reference = FunctionReference.parse(input.resource(), null, call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var tags = new HashMap<>(function.tags());
            input.tagKeys().forEach(tags::remove);
            catalog.put(function.withTags(tags));
            return Unit.VALUE;
        });
    }

    ListTagsResponse tags(ListTagsRequest input, Call call) {
        var function = catalog.require(FunctionReference.parse(input.resource(), null, call.scope()));
        return ListTagsResponse.builder().tags(function.tags()).build();
    }

    /** Packages are not signed here: the answer names no configuration. */
    GetFunctionCodeSigningConfigResponse codeSigning(GetFunctionCodeSigningConfigRequest input, Call call) {
        var function = catalog.require(FunctionReference.parse(input.functionName(), null, call.scope()));
        return GetFunctionCodeSigningConfigResponse.builder()
                .functionName(function.name())
                .build();
    }

    GetFunctionRecursionConfigResponse recursion(GetFunctionRecursionConfigRequest input, Call call) {
        var function = catalog.require(FunctionReference.parse(input.functionName(), null, call.scope()));
        return GetFunctionRecursionConfigResponse.builder()
                .recursiveLoop(function.recursiveLoop())
                .build();
    }

    PutFunctionRecursionConfigResponse putRecursion(PutFunctionRecursionConfigRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            catalog.put(catalog.require(reference).withRecursiveLoop(input.recursiveLoop()));
            return PutFunctionRecursionConfigResponse.builder()
                    .recursiveLoop(input.recursiveLoop())
                    .build();
        });
    }

    /** Functions always run on what the machine has. */
    GetRuntimeManagementConfigResponse runtimeManagement(GetRuntimeManagementConfigRequest input, Call call) {
        var version =
                catalog.requireVersion(FunctionReference.parse(input.functionName(), input.qualifier(), call.scope()));
        return GetRuntimeManagementConfigResponse.builder()
                .updateRuntimeOn("Auto")
                .functionArn(version.versionArn())
                .build();
    }

    PutRuntimeManagementConfigResponse putRuntimeManagement(PutRuntimeManagementConfigRequest input, Call call) {
        var version =
                catalog.requireVersion(FunctionReference.parse(input.functionName(), input.qualifier(), call.scope()));
        if (!input.updateRuntimeOn().equals("Auto")) {
            throw LambdaErrors.invalidParameterValueException("UpdateRuntimeOn: " + input.updateRuntimeOn()
                    + " (expected: Auto, since runtimes are those of this machine)");
        }
        return PutRuntimeManagementConfigResponse.builder()
                .updateRuntimeOn("Auto")
                .functionArn(version.versionArn())
                .build();
    }
}
