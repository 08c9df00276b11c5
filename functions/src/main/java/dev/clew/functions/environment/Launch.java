// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import dev.clew.core.access.RoleSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an execution environment is made from.
 *
 * @param version {@code $LATEST} or a number
 * @param code the unpacked package
 * @param variables the owner's
 * @param credentials the execution role's session; null if the role cannot be assumed
 */
public record Launch(
        String functionName,
        String version,
        String functionArn,
        String handler,
        String runtime,
        int memoryMb,
        Duration timeout,
        Map<String, String> variables,
        Path code,
        String region,
        String logGroup,
        String logStream,
        RoleSessions.@Nullable Session credentials) {
    public Launch {
        variables = Map.copyOf(variables);
    }

    /** Leaves variables and credentials out. */
    @Override
    public String toString() {
        return "Launch[" + functionArn + ", " + runtime + ']';
    }
}
