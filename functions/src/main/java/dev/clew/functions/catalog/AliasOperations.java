// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.IdSource;
import dev.clew.functions.api.AliasConfiguration;
import dev.clew.functions.api.AliasRoutingConfiguration;
import dev.clew.functions.api.CreateAliasRequest;
import dev.clew.functions.api.DeleteAliasRequest;
import dev.clew.functions.api.GetAliasRequest;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.ListAliasesRequest;
import dev.clew.functions.api.ListAliasesResponse;
import dev.clew.functions.api.UpdateAliasRequest;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names for versions, which may divide invocations between two. */
final class AliasOperations {
    private final FunctionCatalog catalog;
    private final IdSource ids;

    AliasOperations(FunctionCatalog catalog, IdSource ids) {
        this.catalog = catalog;
        this.ids = ids;
    }

    AliasConfiguration create(CreateAliasRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            if (function.aliases().containsKey(input.name())) {
                throw LambdaErrors.resourceConflictException("Alias already exists: " + arn(function, input.name()));
            }
            var description = input.description() == null ? "" : input.description();
            return put(function, input.name(), input.functionVersion(), description, second(input.routingConfig()));
        });
    }

    AliasConfiguration get(GetAliasRequest input, Call call) {
        var function = catalog.require(FunctionReference.parse(input.functionName(), null, call.scope()));
        return answer(function, require(function, input.name()));
    }

    AliasConfiguration update(UpdateAliasRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var old = require(function, input.name());
            UpdateOperations.checkRevision(old.revision(), input.revisionId());
            return put(
                    function,
                    old.name(),
                    input.functionVersion() == null ? old.version() : input.functionVersion(),
                    input.description() == null ? old.description() : input.description(),
                    input.routingConfig() == null
                            ? new Second(old.secondVersion(), old.secondWeight())
                            : second(input.routingConfig()));
        });
    }

    Unit delete(DeleteAliasRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            catalog.put(catalog.require(reference).withAlias(input.name(), null));
            return Unit.VALUE;
        });
    }

    ListAliasesResponse list(ListAliasesRequest input, Call call) {
        var function = catalog.require(FunctionReference.parse(input.functionName(), null, call.scope()));
        var version = input.functionVersion();
        var aliases = function.sortedAliases().stream()
                .filter(alias ->
                        version == null || alias.version().equals(version) || version.equals(alias.secondVersion()))
                .toList();
        var page = Page.of(aliases, FunctionRecord.Alias::name, input.marker(), input.maxItems());
        return ListAliasesResponse.builder()
                .aliases(page.items().stream()
                        .map(alias -> answer(function, alias))
                        .toList())
                .nextMarker(page.next())
                .build();
    }

    private record Second(@Nullable String version, double weight) {}

    private static Second second(@Nullable AliasRoutingConfiguration routing) {
        var weights = routing == null || routing.additionalVersionWeights() == null
                ? Map.<String, Double>of()
                : routing.additionalVersionWeights();
        if (weights.isEmpty()) {
            return new Second(null, 0);
        }
        if (weights.size() > 1) {
            throw LambdaErrors.invalidParameterValueException(
                    "Number of items in AdditionalVersionWeights cannot be greater than 1");
        }
        var only = weights.entrySet().iterator().next();
        if (only.getValue() < 0 || only.getValue() > 1) {
            throw LambdaErrors.invalidParameterValueException(
                    "AdditionalVersionWeights: " + only.getValue() + " (expected: 0.0 to 1.0)");
        }
        return new Second(only.getKey(), only.getValue());
    }

    private AliasConfiguration put(
            FunctionRecord function, String name, String version, String description, Second second) {
        requireVersion(function, version);
        if (second.version() != null) {
            requireVersion(function, second.version());
            if (second.version().equals(version)
                    || version.equals(FunctionVersion.LATEST)
                    || second.version().equals(FunctionVersion.LATEST)) {
                throw LambdaErrors.invalidParameterValueException("Invalid function version '" + second.version()
                        + "' in AdditionalVersionWeights: " + "both versions must be published, and differ");
            }
        }
        var alias = new FunctionRecord.Alias(
                name,
                version,
                description,
                second.version(),
                second.weight(),
                ids.nextUuid().toString());
        catalog.put(function.withAlias(name, alias));
        return answer(function, alias);
    }

    private void requireVersion(FunctionRecord function, String version) {
        catalog.requireVersion(new FunctionReference(function.scope(), function.name(), version));
    }

    private static FunctionRecord.Alias require(FunctionRecord function, String name) {
        var alias = function.aliases().get(name);
        if (alias == null) {
            throw LambdaErrors.resourceNotFoundException("Cannot find alias arn: " + arn(function, name));
        }
        return alias;
    }

    private static AliasConfiguration answer(FunctionRecord function, FunctionRecord.Alias alias) {
        return AliasConfiguration.builder()
                .aliasArn(arn(function, alias.name()))
                .name(alias.name())
                .functionVersion(alias.version())
                .description(alias.description())
                .routingConfig(
                        alias.secondVersion() == null
                                ? null
                                : AliasRoutingConfiguration.builder()
                                        .additionalVersionWeights(Map.of(alias.secondVersion(), alias.secondWeight()))
                                        .build())
                .revisionId(alias.revision())
                .build();
    }

    private static String arn(FunctionRecord function, String alias) {
        return FunctionReference.arn(function.scope(), function.name()) + ':' + alias;
    }
}
