// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Scope;
import java.time.Instant;

/**
 * Configuration and code of one version: {@code $LATEST}, which changes, or a published one, which never does.
 *
 * @param version {@code $LATEST} or a number
 * @param revision UUID that is new after each change
 */
public record FunctionVersion(
        Scope scope,
        String name,
        String version,
        Configuration configuration,
        CodePackage code,
        String revision,
        Instant lastModified) {
    /** The version that changes. */
    public static final String LATEST = "$LATEST";

    /** The function's ARN without version. */
    public String functionArn() {
        return FunctionReference.arn(scope, name);
    }

    /** The ARN of this version. */
    public String versionArn() {
        return functionArn() + ':' + version;
    }

    /** Names the runtime in the log; every build of it is the same here. */
    public String runtimeVersionArn() {
        return Configurations.runtimeVersionArn(scope.region(), String.valueOf(configuration.runtime()));
    }

    FunctionVersion with(Configuration newConfiguration, String newRevision, Instant now) {
        return new FunctionVersion(scope, name, version, newConfiguration, code, newRevision, now);
    }

    FunctionVersion with(CodePackage newCode, String newRevision, Instant now) {
        return new FunctionVersion(scope, name, version, configuration, newCode, newRevision, now);
    }

    FunctionVersion publishedAs(int number, Configuration newConfiguration, String newRevision, Instant now) {
        return new FunctionVersion(scope, name, String.valueOf(number), newConfiguration, code, newRevision, now);
    }
}
