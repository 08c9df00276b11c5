// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.core.Arn;
import dev.clew.gateway.api.Integration;
import dev.clew.gateway.api.IntegrationResponse;
import dev.clew.gateway.definition.LambdaUri;
import dev.clew.gateway.mapping.ValueExpression;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What integrations may be set up: only what works when a request comes. */
final class IntegrationRules {
    private static final int MIN_TIMEOUT = 50;
    private static final int MAX_TIMEOUT = 29_000;
    private static final int MAX_PATTERN = 128;
    private static final Set<String> VERBS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY");
    private static final Set<String> PASSTHROUGH = Set.of("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER");
    private static final Pattern VELOCITY = Pattern.compile("\\$!?\\{?[a-zA-Z]|#(?:[a-z]+|\\{|#|\\*)");
    private static final Pattern REQUEST_PARAMETER =
            Pattern.compile("integration\\.request\\.(header|querystring)\\.[^\\s]+");
    private static final Pattern RESPONSE_PARAMETER = Pattern.compile("method\\.response\\.header\\.[^\\s]+");

    private IntegrationRules() {}

    /** @throws dev.clew.wire.ServiceException BadRequestException that says what is wrong or not supported yet */
    static void check(Integration integration) {
        var type = Objects.requireNonNullElse(integration.type(), "");
        switch (type) {
            case "AWS_PROXY" -> checkLambda(integration);
            case "MOCK" -> checkTemplates(integration.requestTemplates());
            default ->
                throw badRequestException("Integrations of type '" + type
                        + "' are not supported yet (supported: AWS_PROXY with a Lambda function, MOCK)");
        }
        checkSettings(integration);
        checkRequestParameters(integration.requestParameters());
    }

    private static void checkLambda(Integration integration) {
        if (integration.httpMethod() == null || integration.httpMethod().isEmpty()) {
            throw badRequestException("Enumeration value for HttpMethod must be non-empty");
        }
        if (!VERBS.contains(integration.httpMethod())) {
            throw badRequestException(
                    "Invalid HttpMethod specified. Valid options are" + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
        }
        var uri = Objects.requireNonNullElse(integration.uri(), "");
        var arn = Arn.parse(uri)
                .filter(parsed -> parsed.service().equals("apigateway"))
                .orElseThrow(() -> badRequestException("Invalid ARN specified in the request"));
        if (!arn.resource().startsWith("path/") && !arn.resource().startsWith("action/")) {
            throw badRequestException("AWS ARN for integration must contain path or action");
        }
        if (arn.account().equals("firehose")) {
            throw badRequestException("Integrations with Firehose streams are not supported yet");
        }
        if (LambdaUri.parse(uri).isEmpty()) {
            throw badRequestException("Integrations of type 'AWS_PROXY' currently only supports Lambda function and"
                    + " Firehose stream invocations.");
        }
    }

    private static void checkSettings(Integration integration) {
        var timeout = integration.timeoutInMillis();
        if (timeout != null && (timeout < MIN_TIMEOUT || timeout > MAX_TIMEOUT)) {
            throw badRequestException("Timeout should be between " + MIN_TIMEOUT + " ms and " + MAX_TIMEOUT + " ms");
        }
        if (integration.credentials() != null && !integration.credentials().isEmpty()) {
            throw badRequestException("Integration credentials are not supported yet:"
                    + " let the function's own policy allow apigateway.amazonaws.com");
        }
        if ("VPC_LINK".equals(integration.connectionType())) {
            throw badRequestException("Integrations through a VPC link are not supported yet");
        }
        if (integration.contentHandling() != null) {
            throw badRequestException("Content handling is not supported yet");
        }
        if (integration.passthroughBehavior() != null && !PASSTHROUGH.contains(integration.passthroughBehavior())) {
            throw badRequestException("Invalid passthrough behavior specified. Valid options are"
                    + " WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER");
        }
    }

    private static void checkRequestParameters(@Nullable Map<String, String> parameters) {
        Objects.requireNonNullElse(parameters, Map.<String, String>of()).forEach((name, expression) -> {
            if (!REQUEST_PARAMETER.matcher(name).matches()) {
                throw badRequestException("Invalid mapping expression parameter specified: " + name);
            }
            checkExpression(expression);
        });
    }

    /** @throws dev.clew.wire.ServiceException BadRequestException that says what is wrong or not supported yet */
    static void check(IntegrationResponse response) {
        checkTemplates(response.responseTemplates());
        if (response.contentHandling() != null) {
            throw badRequestException("Content handling is not supported yet");
        }
        var pattern = response.selectionPattern();
        if (pattern != null) {
            checkPattern(pattern);
        }
        Objects.requireNonNullElse(response.responseParameters(), Map.<String, String>of())
                .forEach((name, expression) -> {
                    if (!RESPONSE_PARAMETER.matcher(name).matches()) {
                        throw badRequestException("Invalid mapping expression parameter specified: " + name);
                    }
                    checkExpression(expression);
                });
    }

    /** Status codes are all that a mock's pattern meets, so patterns are short and cannot take long to match. */
    private static void checkPattern(String pattern) {
        if (pattern.length() > MAX_PATTERN) {
            throw badRequestException(
                    "selectionPattern: " + pattern.length() + " characters (expected: at most " + MAX_PATTERN + ")");
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException broken) {
            throw badRequestException("Invalid selection pattern specified: " + pattern);
        }
    }

    private static void checkTemplates(@Nullable Map<String, String> templates) {
        Objects.requireNonNullElse(templates, Map.<String, String>of()).forEach((type, template) -> {
            if (VELOCITY.matcher(template).find()) {
                throw badRequestException("The mapping template for " + type
                        + " contains Velocity expressions, which are not supported yet");
            }
        });
    }

    static void checkExpression(String expression) {
        if (ValueExpression.parse(expression).isEmpty()) {
            throw badRequestException("Invalid mapping expression specified: " + expression);
        }
    }
}
