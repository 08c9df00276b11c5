// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.gateway.api.GatewayResponse;
import dev.clew.gateway.definition.ErrorType;
import dev.clew.gateway.mapping.ContextFormat;
import dev.clew.gateway.mapping.RequestValues;
import dev.clew.gateway.mapping.ValueExpression;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bodies and headers of a stage's own errors, customized or not. Immutable.
 *
 * @param customized by the name of the type
 */
record ErrorPages(Map<String, Page> customized) {
    static final String ERROR_TYPE = "x-amzn-ErrorType";
    private static final String HEADER = "gatewayresponse.header.";
    private static final String JSON = "application/json";

    /** Of an API that customizes nothing, or of none at all. */
    static final ErrorPages PLAIN = new ErrorPages(Map.of());

    /**
     * One customized type.
     *
     * @param status null keeps that of the error
     */
    record Page(
            @Nullable Integer status, Map<String, ValueExpression> headers, String contentType, ContextFormat body) {
        private static Page of(GatewayResponse response) {
            var headers = new LinkedHashMap<String, ValueExpression>();
            Objects.requireNonNullElse(response.responseParameters(), Map.<String, String>of())
                    .forEach((name, expression) -> ValueExpression.parse(expression)
                            .ifPresent(parsed -> headers.put(name.substring(HEADER.length()), parsed)));
            var templates = Objects.requireNonNullElse(response.responseTemplates(), Map.<String, String>of());
            var contentType = templates.isEmpty() || templates.containsKey(JSON)
                    ? JSON
                    : templates.keySet().iterator().next();
            return new Page(
                    response.statusCode() == null ? null : Integer.valueOf(response.statusCode()),
                    headers,
                    contentType,
                    ContextFormat.parse(templates.getOrDefault(contentType, ErrorType.DEFAULT_TEMPLATE)));
        }
    }

    static ErrorPages of(Map<String, GatewayResponse> responses) {
        var pages = new HashMap<String, Page>();
        responses.forEach((type, response) -> pages.put(type, Page.of(response)));
        return new ErrorPages(Map.copyOf(pages));
    }

    /** The answer, without the request's ids. */
    HttpResponse page(Failure failure, RequestValues values) {
        var page = customized.get(failure.type().name());
        if (page == null) {
            page = customized.get(ErrorType.fallback(failure.status()).name());
        }
        return page == null ? plain(failure) : customized(page, failure, values);
    }

    private static HttpResponse plain(Failure failure) {
        var body = (failure.reached() ? "{\"message\": " : "{\"message\":") + Exchange.quoted(failure.message()) + '}';
        return new HttpResponse(
                failure.status(),
                HttpHeaders.of("Content-Type", JSON, ERROR_TYPE, failure.code()),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse customized(Page page, Failure failure, RequestValues values) {
        var headers =
                HttpHeaders.builder().add("Content-Type", page.contentType).add(ERROR_TYPE, failure.code());
        page.headers.forEach((name, expression) -> {
            var value = expression.value(values);
            if (value != null && HeaderRules.isValue(value)) {
                headers.set(name, value);
            }
        });
        return new HttpResponse(
                page.status == null ? failure.status() : page.status,
                headers.build(),
                page.body.format(values, "").getBytes(StandardCharsets.UTF_8));
    }
}
