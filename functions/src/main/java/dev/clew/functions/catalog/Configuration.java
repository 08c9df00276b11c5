// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.functions.api.FileSystemConfig;
import dev.clew.functions.api.ImageConfig;
import dev.clew.functions.api.LoggingConfig;
import dev.clew.functions.api.VpcConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What UpdateFunctionConfiguration can change, complete with defaults.
 *
 * @param runtime identifier such as {@code python3.12}; null for a container image
 * @param handler null for a container image
 * @param timeout seconds
 * @param memorySize MB
 * @param environment the owner's variables; null if none were ever given
 * @param tracing {@code Active} or {@code PassThrough}
 * @param ephemeralStorage MB
 * @param logging format and group are always there, levels only with JSON
 * @param deadLetterArn queue for asynchronous invocations that fail for good; null if none
 * @param snapStart {@code None} or {@code PublishedVersions}
 */
public record Configuration(
        @Nullable String runtime,
        String role,
        @Nullable String handler,
        String description,
        int timeout,
        int memorySize,
        @Nullable Map<String, String> environment,
        String tracing,
        int ephemeralStorage,
        LoggingConfig logging,
        @Nullable String deadLetterArn,
        @Nullable String kmsKeyArn,
        @Nullable VpcConfig vpc,
        @Nullable List<FileSystemConfig> fileSystems,
        @Nullable ImageConfig image,
        String snapStart) {
    public Configuration {
        environment = environment == null ? null : Map.copyOf(environment);
        fileSystems = fileSystems == null ? null : List.copyOf(fileSystems);
    }

    /** Whether the function itself decides about tracing when nobody before it did. */
    public boolean tracesActively() {
        return tracing.equals("Active");
    }

    /** The owner's variables, perhaps none. */
    public Map<String, String> variables() {
        return environment == null ? Map.of() : environment;
    }

    /** Leaves the variables out: they may be secrets. */
    @Override
    public String toString() {
        return "Configuration[" + runtime + ", " + handler + ']';
    }
}
