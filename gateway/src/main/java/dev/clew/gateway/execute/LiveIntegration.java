// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.gateway.api.Integration;
import dev.clew.gateway.api.IntegrationResponse;
import dev.clew.gateway.definition.LambdaUri;
import dev.clew.gateway.mapping.ValueExpression;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a deployed method does with a request, made ready for it. Immutable. */
sealed interface LiveIntegration {
    /**
     * Hands the request to a function as it is, and the function's answer back.
     *
     * @param function name or ARN, stage variables resolved
     * @param headers that the event gets beside the request's own, by name
     * @param query parameters that the event gets beside the request's own, by name
     */
    record Lambda(
            String function, Duration timeout, Map<String, ValueExpression> headers, Map<String, ValueExpression> query)
            implements LiveIntegration {}

    /**
     * Answers by itself.
     *
     * @param statusCode that the request template chooses, or 0 if it names none
     */
    record Mock(int statusCode, List<MockResponse> responses) implements LiveIntegration {
        /** The response for the chosen status, or null. */
        @Nullable
        MockResponse response() {
            var status = Integer.toString(statusCode);
            return responses.stream()
                    .filter(response -> response.pattern == null
                            || response.pattern.matcher(status).matches())
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * One way a mock answers.
     *
     * @param pattern that the status code must match; null matches any, and comes last
     */
    record MockResponse(
            int statusCode,
            @Nullable Pattern pattern,
            Map<String, ValueExpression> headers,
            String contentType,
            String body) {}

    /** A setup that cannot work: the method answers 500. */
    record Broken(String reason) implements LiveIntegration {}

    String HEADER = "integration.request.header.";
    String QUERY = "integration.request.querystring.";
    String RESPONSE_HEADER = "method.response.header.";

    /** {@code integration} under these stage variables. */
    static LiveIntegration of(@Nullable Integration integration, Map<String, String> stageVariables) {
        if (integration == null) {
            return new Broken("the method has no integration");
        }
        return "MOCK".equals(integration.type()) ? mock(integration) : lambda(integration, stageVariables);
    }

    private static LiveIntegration lambda(Integration integration, Map<String, String> stageVariables) {
        var uri = LambdaUri.parse(Objects.requireNonNullElse(integration.uri(), ""));
        if (uri.isEmpty()) {
            return new Broken("the integration's URI names no function");
        }
        if (!"POST".equals(integration.httpMethod())) {
            return new Broken("functions are invoked with POST, not " + integration.httpMethod());
        }
        var parameters = integration.requestParameters();
        return new Lambda(
                uri.get().resolve(stageVariables),
                Duration.ofMillis(Objects.requireNonNullElse(integration.timeoutInMillis(), 29_000)),
                expressions(parameters, HEADER),
                expressions(parameters, QUERY));
    }

    private static LiveIntegration mock(Integration integration) {
        var templates = Objects.requireNonNullElse(integration.requestTemplates(), Map.<String, String>of());
        var responses = Objects.requireNonNullElse(
                        integration.integrationResponses(), Map.<String, IntegrationResponse>of())
                .values()
                .stream()
                .map(LiveIntegration::response)
                .sorted(Comparator.comparing(response -> response.pattern() == null))
                .toList();
        return new Mock(statusCode(templates.getOrDefault("application/json", "")), responses);
    }

    private static MockResponse response(IntegrationResponse response) {
        var templates = Objects.requireNonNullElse(response.responseTemplates(), Map.<String, String>of());
        var contentType = templates.containsKey("application/json") || templates.isEmpty()
                ? "application/json"
                : templates.keySet().iterator().next();
        var pattern = response.selectionPattern();
        return new MockResponse(
                Integer.parseInt(Objects.requireNonNull(response.statusCode())),
                pattern == null || pattern.isEmpty() ? null : Pattern.compile(pattern),
                expressions(response.responseParameters(), RESPONSE_HEADER),
                contentType,
                Objects.requireNonNullElse(templates.get(contentType), ""));
    }

    private static int statusCode(String template) {
        try {
            return JsonMapper.shared().readTree(template).path("statusCode").asInt(0);
        } catch (JacksonException notJson) {
            return 0;
        }
    }

    private static Map<String, ValueExpression> expressions(@Nullable Map<String, String> mappings, String prefix) {
        var expressions = new LinkedHashMap<String, ValueExpression>();
        Objects.requireNonNullElse(mappings, Map.<String, String>of()).forEach((name, expression) -> {
            if (name.startsWith(prefix)) {
                ValueExpression.parse(expression)
                        .ifPresent(parsed -> expressions.put(name.substring(prefix.length()), parsed));
            }
        });
        return expressions;
    }
}
