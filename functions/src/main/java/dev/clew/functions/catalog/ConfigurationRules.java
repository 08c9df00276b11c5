// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.core.Arn;
import dev.clew.core.access.RoleSessions;
import dev.clew.functions.api.DeadLetterConfig;
import dev.clew.functions.api.LambdaErrors;
import dev.clew.functions.api.LoggingConfig;
import dev.clew.wire.ServiceException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a configuration must satisfy beyond the service model. Each method throws {@link ServiceException} if not. */
final class ConfigurationRules {
    private static final int MAX_NAME = 64;
    private static final int MAX_TIMEOUT = 900;
    private static final int MAX_EPHEMERAL_STORAGE = 10_240;
    private static final int MAX_ENVIRONMENT = 4_096;
    private static final int MAX_LAYERS = 5;
    private static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");

    private final RoleSessions roles;

    ConfigurationRules(RoleSessions roles) {
        this.roles = roles;
    }

    static void name(String name) {
        if (name.length() > MAX_NAME) {
            throw violation(name, "functionName", "Member must have length less than or equal to " + MAX_NAME);
        }
    }

    void role(String arn) {
        if (!roles.trusts(arn, "lambda.amazonaws.com")) {
            throw LambdaErrors.invalidParameterValueException(
                    "The role defined for the function cannot be assumed by Lambda.");
        }
    }

    static void timeout(int seconds) {
        if (seconds > MAX_TIMEOUT) {
            throw violation(seconds, "timeout", "Member must have value less than or equal to " + MAX_TIMEOUT);
        }
    }

    static void ephemeralStorage(int megabytes) {
        if (megabytes > MAX_EPHEMERAL_STORAGE) {
            throw violation(
                    megabytes,
                    "ephemeralStorage.size",
                    "Member must have value less than or equal to " + MAX_EPHEMERAL_STORAGE);
        }
    }

    static void environment(Map<String, String> variables) {
        var measured = JsonMapper.shared().writeValueAsString(new TreeMap<>(variables));
        if (measured.length() > MAX_ENVIRONMENT) {
            throw LambdaErrors.invalidParameterValueException(
                    "Lambda was unable to configure your environment variables because the environment variables you"
                            + " have provided exceeded the 4KB limit. String measured: " + measured);
        }
        var reserved = variables.keySet().stream()
                .filter(ConfigurationRules::isReserved)
                .sorted()
                .toList();
        if (!reserved.isEmpty()) {
            throw LambdaErrors.invalidParameterValueException(
                    "Lambda was unable to configure your environment variables because the environment variables you"
                            + " have provided contains reserved keys that are currently not supported for modification."
                            + " Reserved keys used in this request: "
                            + String.join(", ", reserved));
        }
    }

    private static boolean isReserved(String name) {
        return RESERVED.contains(name) || name.startsWith("AWS_LAMBDA_");
    }

    /** The queue that {@code config} names; null if it names none. */
    static @Nullable String deadLetter(DeadLetterConfig config) {
        var arn = config.targetArn();
        if (arn == null || arn.isEmpty()) {
            return null;
        }
        if (Arn.parse(arn).filter(target -> target.service().equals("sqs")).isEmpty()) {
            throw LambdaErrors.invalidParameterValueException("DeadLetterConfig.TargetArn: '" + arn
                    + "' (expected: the ARN of an SQS queue; topics are not served)");
        }
        return arn;
    }

    /** There are no layers here, so none that a function could refer to. */
    static void layers(@Nullable List<String> arns) {
        if (arns == null || arns.isEmpty()) {
            return;
        }
        if (arns.size() > MAX_LAYERS) {
            throw LambdaErrors.invalidParameterValueException("Cannot reference more than " + MAX_LAYERS + " layers.");
        }
        var layers = new HashSet<String>();
        for (var arn : arns) {
            if (!layers.add(arn.substring(0, arn.lastIndexOf(':')))) {
                throw LambdaErrors.invalidParameterValueException(
                        "Two different versions of the same layer are not allowed to be referenced in the same"
                                + " function. "
                                + String.join(", ", arns));
            }
        }
        throw LambdaErrors.invalidParameterValueException("Layer version " + arns.getFirst() + " does not exist.");
    }

    /** What {@code given} leaves open becomes the default. */
    static LoggingConfig logging(String function, @Nullable LoggingConfig given) {
        var format = given == null || given.logFormat() == null ? "Text" : given.logFormat();
        var group = given == null || given.logGroup() == null ? "/aws/lambda/" + function : given.logGroup();
        var json = format.equals("JSON");
        var applicationLevel = given == null ? null : given.applicationLogLevel();
        var systemLevel = given == null ? null : given.systemLogLevel();
        if (!json && (applicationLevel != null || systemLevel != null)) {
            throw LambdaErrors.invalidParameterValueException(
                    "To set log levels, the log format must be JSON: LogFormat: Text (expected: JSON)");
        }
        return LoggingConfig.builder()
                .logFormat(format)
                .logGroup(group)
                .applicationLogLevel(json && applicationLevel == null ? "INFO" : applicationLevel)
                .systemLogLevel(json && systemLevel == null ? "INFO" : systemLevel)
                .build();
    }

    private static ServiceException violation(Object value, String member, String constraint) {
        return ServiceException.client(
                "ValidationException",
                400,
                "1 validation error detected: Value '" + value + "' at '" + member + "' failed to satisfy constraint: "
                        + constraint);
    }
}
