// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.IdSource;
import dev.clew.functions.api.FunctionConfiguration;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.UpdateFunctionCodeRequest;
import dev.clew.functions.api.UpdateFunctionConfigurationRequest;
import dev.clew.wire.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes the code and the configuration of {@code $LATEST}. */
final class UpdateOperations {
    private final FunctionCatalog catalog;
    private final CodeIntake intake;
    private final ConfigurationRules rules;
    private final VersionOperations versions;
    private final InstantSource time;
    private final IdSource ids;

    UpdateOperations(
            FunctionCatalog catalog,
            CodeIntake intake,
            ConfigurationRules rules,
            VersionOperations versions,
            InstantSource time,
            IdSource ids) {
        this.catalog = catalog;
        this.intake = intake;
        this.rules = rules;
        this.versions = versions;
        this.time = time;
        this.ids = ids;
    }

    FunctionConfiguration updateCode(UpdateFunctionCodeRequest input, Call call) {
        var reference = latest(input.functionName(), call);
        var before = catalog.requireVersion(reference);
        if (before.code().isZip() != (input.imageUri() == null)) {
            throw LambdaErrors.invalidParameterValueException(
                    "Please provide ImageUri when updating a function with packageType Image, and only then.");
        }
        var source = new CodeIntake.Source(input.zipFile(), input.s3Bucket(), input.imageUri());
        var architectures =
                input.architectures() == null ? List.of(before.code().architecture()) : input.architectures();
        var code = intake.take(source, architectures);
        return catalog.change(() -> {
            var old = catalog.requireVersion(reference);
            checkRevision(old.revision(), input.revisionId());
            var updated = old.with(code, ids.nextUuid().toString(), time.instant());
            if (Boolean.TRUE.equals(input.dryRun())) {
                return Configurations.settled(updated, updated.functionArn());
            }
            catalog.commit(new FunctionCatalog.Changes().version(updated).code(code.id(), source.zip()));
            if (Boolean.TRUE.equals(input.publish())) {
                var published = versions.publish(catalog.require(reference), updated, null);
                return Configurations.updating(published, published.versionArn());
            }
            return Configurations.updating(updated, updated.functionArn());
        });
    }

    FunctionConfiguration updateConfiguration(UpdateFunctionConfigurationRequest input, Call call) {
        var reference = latest(input.functionName(), call);
        return catalog.change(() -> {
            var old = catalog.requireVersion(reference);
            checkRevision(old.revision(), input.revisionId());
            var configuration = changed(old.name(), old.configuration(), input);
            var updated = old.with(configuration, ids.nextUuid().toString(), time.instant());
            catalog.commit(new FunctionCatalog.Changes().version(updated));
            return Configurations.updating(updated, updated.functionArn());
        });
    }

    private Configuration changed(String name, Configuration old, UpdateFunctionConfigurationRequest input) {
        if (input.runtime() != null) {
            Runtimes.check(input.runtime());
        }
        if (input.role() != null) {
            rules.role(input.role());
        }
        ConfigurationRules.layers(input.layers());
        int timeout = orElse(input.timeout(), old.timeout());
        ConfigurationRules.timeout(timeout);
        int storage = input.ephemeralStorage() == null
                ? old.ephemeralStorage()
                : input.ephemeralStorage().size();
        ConfigurationRules.ephemeralStorage(storage);
        var variables = input.environment() == null
                ? old.environment()
                : input.environment().variables();
        if (variables != null) {
            ConfigurationRules.environment(variables);
        }
        var tracing =
                input.tracingConfig() == null ? null : input.tracingConfig().mode();
        var snapStart = input.snapStart() == null ? null : input.snapStart().applyOn();
        return new Configuration(
                given(input.runtime(), old.runtime()),
                orElse(input.role(), old.role()),
                given(input.handler(), old.handler()),
                orElse(input.description(), old.description()),
                timeout,
                orElse(input.memorySize(), old.memorySize()),
                variables,
                orElse(tracing, old.tracing()),
                storage,
                input.loggingConfig() == null ? old.logging() : ConfigurationRules.logging(name, input.loggingConfig()),
                input.deadLetterConfig() == null
                        ? old.deadLetterArn()
                        : ConfigurationRules.deadLetter(input.deadLetterConfig()),
                given(input.kmsKeyArn(), old.kmsKeyArn()),
                given(input.vpcConfig(), old.vpc()),
                given(input.fileSystemConfigs(), old.fileSystems()),
                given(input.imageConfig(), old.image()),
                orElse(snapStart, old.snapStart()));
    }

    private static FunctionReference latest(String functionName, Call call) {
        var reference = FunctionReference.parse(functionName, null, call.scope());
        if (reference.qualifier() != null && !reference.qualifier().equals(FunctionVersion.LATEST)) {
            throw LambdaErrors.invalidParameterValueException("The function name must not carry the qualifier '"
                    + reference.qualifier() + "': only $LATEST can be updated.");
        }
        return reference;
    }

    static void checkRevision(String actual, @Nullable String expected) {
        if (expected != null && !expected.equals(actual)) {
            throw LambdaErrors.preconditionFailedException(
                    "The Revision Id provided does not match the latest Revision Id. "
                            + "Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
        }
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }

    private static <T> @Nullable T given(@Nullable T value, @Nullable T otherwise) {
        return value == null ? otherwise : value;
    }
}
