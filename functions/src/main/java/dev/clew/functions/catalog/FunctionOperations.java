// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.IdSource;
import dev.clew.functions.api.Concurrency;
import dev.clew.functions.api.CreateFunctionRequest;
import dev.clew.functions.api.DeleteFunctionRequest;
import dev.clew.functions.api.FunctionCodeLocation;
import dev.clew.functions.api.FunctionConfiguration;
import dev.clew.functions.api.GetFunctionConfigurationRequest;
import dev.clew.functions.api.GetFunctionRequest;
import dev.clew.functions.api.GetFunctionResponse;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.ListFunctionsRequest;
import dev.clew.functions.api.ListFunctionsResponse;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates, reads, lists and deletes functions. */
final class FunctionOperations {
    private final FunctionCatalog catalog;
    private final CodeIntake intake;
    private final CodeDownloads downloads;
    private final ConfigurationRules rules;
    private final InstantSource time;
    private final IdSource ids;

    FunctionOperations(
            FunctionCatalog catalog,
            CodeIntake intake,
            CodeDownloads downloads,
            ConfigurationRules rules,
            InstantSource time,
            IdSource ids) {
        this.catalog = catalog;
        this.intake = intake;
        this.downloads = downloads;
        this.rules = rules;
        this.time = time;
        this.ids = ids;
    }

    FunctionConfiguration create(CreateFunctionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        ConfigurationRules.name(reference.name());
        if (catalog.function(reference.scope(), reference.name()).isPresent()) {
            throw exists(reference);
        }
        var configuration = configuration(reference.name(), input);
        var source = new CodeIntake.Source(
                input.code().zipFile(), input.code().s3Bucket(), input.code().imageUri());
        var code = intake.take(source, input.architectures());
        return catalog.change(() -> {
            if (catalog.function(reference.scope(), reference.name()).isPresent()) {
                throw exists(reference);
            }
            var latest = new FunctionVersion(
                    reference.scope(),
                    reference.name(),
                    FunctionVersion.LATEST,
                    configuration,
                    code,
                    ids.nextUuid().toString(),
                    time.instant());
            var tags = input.tags() == null ? Map.<String, String>of() : input.tags();
            var function = FunctionRecord.fresh(reference.scope(), reference.name(), tags);
            var changes = new FunctionCatalog.Changes().version(latest).code(code.id(), source.zip());
            if (!Boolean.TRUE.equals(input.publish())) {
                catalog.commit(changes.function(function));
                return Configurations.pending(latest, latest.functionArn());
            }
            var first = latest.publishedAs(1, configuration, ids.nextUuid().toString(), time.instant());
            catalog.commit(changes.function(function.withLastVersion(1)).version(first));
            return Configurations.pending(first, first.versionArn());
        });
    }

    private static RuntimeException exists(FunctionReference reference) {
        return LambdaErrors.resourceConflictException("Function already exist: " + reference.name());
    }

    private Configuration configuration(String name, CreateFunctionRequest input) {
        var image = "Image".equals(input.packageType());
        if (image != (input.code().imageUri() != null)) {
            throw LambdaErrors.invalidParameterValueException(
                    "Please provide ImageUri when updating a function with packageType Image, and only then.");
        }
        if (!image && (input.runtime() == null || input.handler() == null)) {
            throw LambdaErrors.invalidParameterValueException(
                    "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }
        if (input.runtime() != null) {
            Runtimes.check(input.runtime());
        }
        rules.role(input.role());
        ConfigurationRules.layers(input.layers());
        int timeout = orElse(input.timeout(), 3);
        ConfigurationRules.timeout(timeout);
        int storage = input.ephemeralStorage() == null
                ? 512
                : input.ephemeralStorage().size();
        ConfigurationRules.ephemeralStorage(storage);
        var variables = input.environment() == null ? null : input.environment().variables();
        if (variables != null) {
            ConfigurationRules.environment(variables);
        }
        var tracing =
                input.tracingConfig() == null ? null : input.tracingConfig().mode();
        var snapStart = input.snapStart() == null ? null : input.snapStart().applyOn();
        return new Configuration(
                input.runtime(),
                input.role(),
                input.handler(),
                orElse(input.description(), ""),
                timeout,
                orElse(input.memorySize(), 128),
                variables,
                orElse(tracing, "PassThrough"),
                storage,
                ConfigurationRules.logging(name, input.loggingConfig()),
                input.deadLetterConfig() == null ? null : ConfigurationRules.deadLetter(input.deadLetterConfig()),
                input.kmsKeyArn(),
                input.vpcConfig(),
                input.fileSystemConfigs(),
                input.imageConfig(),
                orElse(snapStart, "None"));
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }

    GetFunctionResponse get(GetFunctionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        var version = catalog.requireVersion(reference);
        var function = catalog.require(reference);
        return GetFunctionResponse.builder()
                .configuration(Configurations.settled(version, reference.arn()))
                .code(location(version.code(), call))
                .tags(function.tags().isEmpty() ? null : function.tags())
                .concurrency(
                        function.reservedConcurrency() == null
                                ? null
                                : Concurrency.builder()
                                        .reservedConcurrentExecutions(function.reservedConcurrency())
                                        .build())
                .build();
    }

    private FunctionCodeLocation location(CodePackage code, Call call) {
        return code.isZip()
                ? FunctionCodeLocation.builder()
                        .repositoryType("S3")
                        .location(downloads.link(call.endpoint(), code.id()))
                        .build()
                : FunctionCodeLocation.builder()
                        .repositoryType("ECR")
                        .imageUri(code.imageUri())
                        .resolvedImageUri(code.imageUri())
                        .build();
    }

    FunctionConfiguration getConfiguration(GetFunctionConfigurationRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        return Configurations.settled(catalog.requireVersion(reference), reference.arn());
    }

    ListFunctionsResponse list(ListFunctionsRequest input, Call call) {
        var all = "ALL".equals(input.functionVersion());
        var listed = new ArrayList<FunctionVersion>();
        for (var function : catalog.functions(call.scope())) {
            var versions = catalog.versions(function.scope(), function.name());
            listed.addAll(all ? versions : versions.subList(0, Math.min(1, versions.size())));
        }
        var page = Page.of(listed, FunctionVersion::versionArn, input.marker(), input.maxItems());
        return ListFunctionsResponse.builder()
                .functions(page.items().stream()
                        .map(version ->
                                Configurations.listed(version, all ? version.versionArn() : version.functionArn()))
                        .toList())
                .nextMarker(page.next())
                .build();
    }

    Unit delete(DeleteFunctionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), input.qualifier(), call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var qualifier = reference.qualifier();
            catalog.commit(qualifier == null ? catalog.removal(function) : removal(function, qualifier, reference));
            return Unit.VALUE;
        });
    }

    private FunctionCatalog.Changes removal(FunctionRecord function, String qualifier, FunctionReference reference) {
        if (qualifier.equals(FunctionVersion.LATEST)) {
            throw LambdaErrors.invalidParameterValueException(
                    "$LATEST version cannot be deleted without deleting the function.");
        }
        if (function.aliases().containsKey(qualifier)) {
            throw LambdaErrors.invalidParameterValueException("Deletion of aliases is not currently supported.");
        }
        var aliases = function.sortedAliases().stream()
                .filter(alias -> alias.version().equals(qualifier) || qualifier.equals(alias.secondVersion()))
                .map(FunctionRecord.Alias::name)
                .toList();
        if (!aliases.isEmpty()) {
            throw LambdaErrors.resourceConflictException("Version: " + qualifier + " of function " + reference.name()
                    + " is referred to by the aliases " + List.copyOf(aliases));
        }
        return new FunctionCatalog.Changes()
                .remove(catalog.requireVersion(reference))
                .function(function.withPolicy(qualifier, null));
    }
}
