// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions;

import dev.clew.functions.environment.EnvironmentsConfig;
import dev.clew.functions.queue.AsyncConfig;
import dev.clew.functions.scaling.ScalingConfig;
import java.nio.file.Path;

/**
 * How functions are run.
 *
 * @param codeFolder for unpacked code; belongs to this process alone, and is emptied at start, as is the folder of
 *     {@code environments}
 * @param environments how processes are made
 * @param scaling how many there are
 * @param async how asynchronous invocations are kept and retried
 * @param recordPassThrough whether functions in PassThrough mode record requests that arrive sampled, as the original
 *     once did; off, they only hand the context on
 */
public record FunctionsConfig(
        Path codeFolder,
        EnvironmentsConfig environments,
        ScalingConfig scaling,
        AsyncConfig async,
        boolean recordPassThrough) {
    /** Defaults for all but where and what runs functions. */
    public static FunctionsConfig of(Path codeFolder, EnvironmentsConfig environments) {
        return new FunctionsConfig(codeFolder, environments, ScalingConfig.DEFAULTS, AsyncConfig.DEFAULTS, false);
    }

    /** The same with other limits. */
    public FunctionsConfig withScaling(ScalingConfig other) {
        return new FunctionsConfig(codeFolder, environments, other, async, recordPassThrough);
    }

    /** The same with other retries. */
    public FunctionsConfig withAsync(AsyncConfig other) {
        return new FunctionsConfig(codeFolder, environments, scaling, other, recordPassThrough);
    }
}
