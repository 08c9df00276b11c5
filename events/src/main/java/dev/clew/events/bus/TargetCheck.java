// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Arn;
import dev.clew.events.api.HttpParameters;
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
    private static final String QUEUES = "sqs";
    private static final String FIFO = ".fifo";

    private final Predicate<Arn> deliverable;

    TargetCheck(Predicate<Arn> deliverable) {
        this.deliverable = deliverable;
    }

    /** @throws ServiceException {@code ValidationException} that names the target and what is wrong with it */
    Target checked(dev.clew.events.api.Target asked) {
        var arn = checkArn(asked.arn());
        checkOptions(asked, arn);
        checkInput(asked, arn);
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
                retries == null ? null : retries.maximumEventAgeInSeconds(),
                asked.deadLetterConfig() == null
                        ? null
                        : asked.deadLetterConfig().arn(),
                asked.sqsParameters() == null ? null : asked.sqsParameters().messageGroupId(),
                http(asked.httpParameters()));
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

    private static @Nullable HttpOptions http(@Nullable HttpParameters asked) {
        return asked == null
                ? null
                : new HttpOptions(asked.pathParameterValues(), asked.headerParameters(), asked.queryStringParameters());
    }

    private Arn checkArn(String text) {
        var arn = Arn.parse(text).orElseThrow(() -> notValid(text, "Provided Arn is not in correct format."));
        if (!deliverable.test(arn)) {
            throw notValid(text, "this server does not deliver to " + arn.service() + " targets like this one yet.");
        }
        return arn;
    }

    private void checkOptions(dev.clew.events.api.Target asked, Arn arn) {
        var options = new LinkedHashMap<String, @Nullable Object>();
        options.put("KinesisParameters", asked.kinesisParameters());
        options.put("RunCommandParameters", asked.runCommandParameters());
        options.put("EcsParameters", asked.ecsParameters());
        options.put("BatchParameters", asked.batchParameters());
        if (!arn.service().equals(QUEUES)) {
            options.put("SqsParameters", asked.sqsParameters());
        }
        if (!isApiDestination(arn)) {
            options.put("HttpParameters", asked.httpParameters());
        }
        options.put("RedshiftDataParameters", asked.redshiftDataParameters());
        options.put("SageMakerPipelineParameters", asked.sageMakerPipelineParameters());
        options.put("AppSyncParameters", asked.appSyncParameters());
        options.forEach((name, value) -> {
            if (value != null) {
                throw notValid(name, "it does not apply to the target " + asked.id() + " on this server.");
            }
        });
        if (arn.service().equals(QUEUES)
                && arn.resource().endsWith(FIFO)
                && (asked.sqsParameters() == null || asked.sqsParameters().messageGroupId() == null)) {
            throw notValid("SqsParameters", "the FIFO queue of target " + asked.id() + " needs a MessageGroupId.");
        }
        var letters = asked.deadLetterConfig();
        if (letters != null && letters.arn() != null) {
            checkLetters(letters.arn(), asked.id());
        }
    }

    private void checkLetters(String text, String id) {
        var queue = Arn.parse(text)
                .filter(arn -> arn.service().equals(QUEUES))
                .orElseThrow(() ->
                        notValid("DeadLetterConfig", "target " + id + " needs the ARN of a queue, not " + text + "."));
        if (queue.resource().endsWith(FIFO)) {
            throw notValid("DeadLetterConfig", "the dead-letter queue of target " + id + " must be a standard queue.");
        }
        if (!deliverable.test(queue)) {
            throw notValid("DeadLetterConfig", "this server has no queues, target " + id + ".");
        }
    }

    /** What a bus passes on is the event itself: another shape would have no place in its envelope. */
    private static void checkInput(dev.clew.events.api.Target asked, Arn arn) {
        boolean shaped = asked.input() != null || asked.inputPath() != null || asked.inputTransformer() != null;
        if (shaped && arn.service().equals("events") && arn.resource().startsWith("event-bus/")) {
            throw Invalid.request("Input, InputPath and InputTransformer are not available for the event bus target "
                    + asked.id() + ".");
        }
    }

    private static boolean isApiDestination(Arn arn) {
        return arn.service().equals("events") && arn.resource().startsWith("api-destination/");
    }

    private static ServiceException notValid(String parameter, String reason) {
        return Invalid.request("Parameter " + parameter + " is not valid. Reason: " + reason);
    }
}
