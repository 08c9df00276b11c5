// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.IdSource;
import dev.clew.functions.api.FunctionConfiguration;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.ListVersionsByFunctionRequest;
import dev.clew.functions.api.ListVersionsByFunctionResponse;
import dev.clew.functions.api.PublishVersionRequest;
import dev.clew.wire.Call;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Publishes and lists versions. */
final class VersionOperations {
    private final FunctionCatalog catalog;
    private final InstantSource time;
    private final IdSource ids;

    VersionOperations(FunctionCatalog catalog, InstantSource time, IdSource ids) {
        this.catalog = catalog;
        this.time = time;
        this.ids = ids;
    }

    FunctionConfiguration publish(PublishVersionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        return catalog.change(() -> {
            var function = catalog.require(reference);
            var latest = catalog.version(function.scope(), function.name(), FunctionVersion.LATEST)
                    .orElseThrow(() -> FunctionCatalog.notFound(reference));
            UpdateOperations.checkRevision(latest.revision(), input.revisionId());
            if (input.codeSha256() != null
                    && !input.codeSha256().equals(latest.code().sha256())) {
                throw LambdaErrors.invalidParameterValueException("CodeSHA256 (" + input.codeSha256()
                        + ") is different from current CodeSHA256 in $LATEST ("
                        + latest.code().sha256() + "). Please try again with the CodeSHA256 in $LATEST.");
            }
            var published = publish(function, latest, input.description());
            return Configurations.settled(published, published.versionArn());
        });
    }

    /** A snapshot of {@code latest}; the last one if nothing changed since. Only inside a change of the catalog. */
    FunctionVersion publish(FunctionRecord function, FunctionVersion latest, @Nullable String description) {
        var last = catalog.version(function.scope(), function.name(), String.valueOf(function.lastVersion()));
        if (last.isPresent() && same(last.get(), latest)) {
            return last.get();
        }
        int number = function.lastVersion() + 1;
        var configuration =
                description == null ? latest.configuration() : described(latest.configuration(), description);
        var published = latest.publishedAs(number, configuration, ids.nextUuid().toString(), time.instant());
        catalog.commit(new FunctionCatalog.Changes()
                .function(function.withLastVersion(number))
                .version(published));
        return published;
    }

    private static boolean same(FunctionVersion one, FunctionVersion other) {
        return one.code().equals(other.code())
                && described(one.configuration(), "").equals(described(other.configuration(), ""));
    }

    private static Configuration described(Configuration from, String description) {
        return new Configuration(
                from.runtime(),
                from.role(),
                from.handler(),
                description,
                from.timeout(),
                from.memorySize(),
                from.environment(),
                from.tracing(),
                from.ephemeralStorage(),
                from.logging(),
                from.deadLetterArn(),
                from.kmsKeyArn(),
                from.vpc(),
                from.fileSystems(),
                from.image(),
                from.snapStart());
    }

    ListVersionsByFunctionResponse list(ListVersionsByFunctionRequest input, Call call) {
        var reference = FunctionReference.parse(input.functionName(), null, call.scope());
        var function = catalog.require(reference);
        var page = Page.of(
                catalog.versions(function.scope(), function.name()),
                FunctionVersion::version,
                input.marker(),
                input.maxItems());
        return ListVersionsByFunctionResponse.builder()
                .versions(page.items().stream()
                        .map(version -> Configurations.listed(version, version.versionArn()))
                        .toList())
                .nextMarker(page.next())
                .build();
    }
}
