// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.input.TargetInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule sends events, and how. At most one of {@code input}, {@code inputPath} and {@code inputTemplate} is set.
 *
 * @param maximumRetryAttempts after the first attempt; null for the bus's default
 * @param maximumEventAgeInSeconds null for the bus's default
 * @param deadLetterArn queue for what cannot be delivered; null if it is only kept on record
 * @param messageGroupId for a FIFO queue
 * @param http for an HTTP target
 */
public record Target(
        String id,
        String arn,
        @Nullable String roleArn,
        @Nullable String input,
        @Nullable String inputPath,
        @Nullable Map<String, String> inputPathsMap,
        @Nullable String inputTemplate,
        @Nullable Integer maximumRetryAttempts,
        @Nullable Integer maximumEventAgeInSeconds,
        @Nullable String deadLetterArn,
        @Nullable String messageGroupId,
        @Nullable HttpOptions http) {
    public Target {
        inputPathsMap = inputPathsMap == null ? null : Map.copyOf(inputPathsMap);
    }

    /** A target that takes events as they are, with the defaults of retrying. */
    public static Target of(String id, String arn) {
        return new Target(id, arn, null, null, null, null, null, null, null, null, null, null);
    }

    /** What the kind of target may want to know beside the ARN. */
    public TargetOptions options() {
        return new TargetOptions(
                roleArn,
                messageGroupId,
                http == null || http.pathParameterValues() == null ? List.of() : http.pathParameterValues(),
                http == null || http.headerParameters() == null ? Map.of() : http.headerParameters(),
                http == null || http.queryStringParameters() == null ? Map.of() : http.queryStringParameters(),
                inputTemplate != null);
    }

    /** How its input is made. */
    public TargetInput shape() {
        if (input != null) {
            return new TargetInput.Constant(input);
        }
        if (inputPath != null) {
            return new TargetInput.Selected(inputPath);
        }
        if (inputTemplate != null) {
            return new TargetInput.Transformed(inputPathsMap == null ? Map.of() : inputPathsMap, inputTemplate);
        }
        return new TargetInput.Whole();
    }
}
