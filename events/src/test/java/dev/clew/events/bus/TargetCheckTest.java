// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.InputTransformer;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.api.SqsParameters;
import dev.clew.events.api.Target;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TargetCheckTest extends ControlPlaneFixture {
    @BeforeEach
    void aRule() {
        putRule("r", null);
    }

    @Test
    void keepsEveryHonouredOption() {
        var full = Target.builder()
                .id("1")
                .arn(FUNCTION)
                .roleArn("arn:aws:iam::111111111111:role/r")
                .inputTransformer(new InputTransformer(Map.of("a", "$.detail.a"), "{\"a\": <a>}"))
                .retryPolicy(new RetryPolicy(3, 60))
                .build();
        putTarget("r", null, full);
        assertThat(targetsOf("r", null)).containsExactly(full);
    }

    @Test
    void theSameIdReplacesATarget() {
        putTarget("r", null, target("1"));
        var other = Target.builder().id("1").arn(FUNCTION + ":live").build();
        putTarget("r", null, other);
        assertThat(targetsOf("r", null)).containsExactly(other);
    }

    @Test
    void aRuleHoldsFiveTargets() {
        putTarget(
                "r", null, IntStream.range(0, 5).mapToObj(i -> target("t" + i)).toArray(Target[]::new));
        refused(
                "LimitExceededException",
                "The requested resource exceeds the maximum number allowed.",
                () -> putTarget("r", null, target("sixth")));
        putTarget("r", null, target("t4"));
    }

    @Test
    void refusesWhatItCannotDeliverTo() {
        refused(
                "ValidationException",
                "Parameter nonsense is not valid. Reason: Provided Arn is not in correct format.",
                () -> putTarget(
                        "r", null, Target.builder().id("1").arn("nonsense").build()));
        refused(
                "ValidationException",
                "Parameter arn:aws:sqs:us-east-1:111111111111:q is not valid. Reason: this server does not deliver"
                        + " to sqs targets like this one yet.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder()
                                .id("1")
                                .arn("arn:aws:sqs:us-east-1:111111111111:q")
                                .build()));
        refused(
                "ValidationException",
                "Parameter SqsParameters is not valid. Reason: it does not apply to the target 1 on this server.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder()
                                .id("1")
                                .arn(FUNCTION)
                                .sqsParameters(new SqsParameters("g"))
                                .build()));
        refused(
                "ValidationException",
                "Parameter DeadLetterConfig is not valid. Reason: this server has no queues, target 1.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder()
                                .id("1")
                                .arn(FUNCTION)
                                .deadLetterConfig(new DeadLetterConfig("arn:aws:sqs:us-east-1:111111111111:q"))
                                .build()));
        assertThat(targetsOf("r", null)).isEmpty();
    }

    @Test
    void refusesInputsThatContradictOrCannotWork() {
        refused(
                "ValidationException",
                "Only one of Input, InputPath, or InputTransformer must be provided for target 1.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder()
                                .id("1")
                                .arn(FUNCTION)
                                .input("{}")
                                .inputPath("$")
                                .build()));
        refused(
                "ValidationException",
                "InputTemplate for target 1 contains invalid placeholder nope.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder()
                                .id("1")
                                .arn(FUNCTION)
                                .inputTransformer(new InputTransformer(Map.of(), "{\"a\": <nope>}"))
                                .build()));
        refused(
                "ValidationException",
                "JSON syntax error in input for target 1.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder().id("1").arn(FUNCTION).input("{").build()));
        refused(
                "ValidationException",
                "Invalid InputPath for target 1.",
                () -> putTarget(
                        "r",
                        null,
                        Target.builder()
                                .id("1")
                                .arn(FUNCTION)
                                .inputPath("detail")
                                .build()));
    }
}
