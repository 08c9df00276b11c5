// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Arn;
import dev.clew.wire.ServiceException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns targets as they are asked for into targets as they are kept. What would not be honoured is refused: a target
 * that silently ignored an option would deliver something else than was asked.
 */
final class TargetCheck {
    private final Predicate<Arn> deliverable;

    TargetCheck(Predicate<Arn> deliverable) {
        this.deliverable = deliverable;
    }

    /** @throws ServiceException {@code ValidationException} that names the target and what is wrong with it */
    Target checked(dev.clew.events.api.Target asked) {
        checkArn(asked.arn());
        checkOptions(asked);
        var transformer = asked.inputTransformer();
        var retries = asked.retryPolicy();
        var target = new Target(
                asked.id(),
                asked.arn(),
                asked.roleArn(),
                asked.input(),
                asked.inputPath(),
                transformer == null ? null : transformer.inputPathsMap(),
                transformer == null ? null : transformer.inputTemplate(),
                retries == null ? null : retries.maximumRetryAttempts(),
                retries == null ? null : retries.maximumEventAgeInSeconds());
        if (Stream.of(target.input(), target.inputPath(), target.inputTemplate())
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw Invalid.request("Only one of Input, InputPath, or InputTransformer must be provided for target "
                    + target.id() + ".");
        }
        target.shape().problem(target.id()).ifPresent(problem -> {
            throw Invalid.request(problem);
        });
        return target;
    }

    private void checkArn(String text) {
        var arn = Arn.parse(text).orElseThrow(() -> notValid(text, "Provided Arn is not in correct format."));
        if (!deliverable.test(arn)) {
            throw notValid(text, "this server does not deliver to " + arn.service() + " targets like this one yet.");
        }
    }

    private static void checkOptions(dev.clew.events.api.Target asked) {
        var options = new LinkedHashMap<String, @Nullable Object>();
        options.put("KinesisParameters", asked.kinesisParameters());
        options.put("RunCommandParameters", asked.runCommandParameters());
        options.put("EcsParameters", asked.ecsParameters());
        options.put("BatchParameters", asked.batchParameters());
        options.put("SqsParameters", asked.sqsParameters());
        options.put("HttpParameters", asked.httpParameters());
        options.put("RedshiftDataParameters", asked.redshiftDataParameters());
        options.put("SageMakerPipelineParameters", asked.sageMakerPipelineParameters());
        options.put("AppSyncParameters", asked.appSyncParameters());
        options.forEach((name, value) -> {
            if (value != null) {
                throw notValid(name, "it does not apply to the target " + asked.id() + " on this server.");
            }
        });
        var letters = asked.deadLetterConfig();
        if (letters != null && letters.arn() != null) {
            throw notValid("DeadLetterConfig", "this server has no dead-letter queues yet, target " + asked.id() + ".");
        }
    }

    private static ServiceException notValid(String parameter, String reason) {
        return Invalid.request("Parameter " + parameter + " is not valid. Reason: " + reason);
    }
}
