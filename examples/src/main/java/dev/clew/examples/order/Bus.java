// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import com.amazonaws.xray.interceptors.TracingInterceptor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * The event bus that the environment names. The interceptor records each call and sends the trace header along, so that
 * whoever receives the event continues the trace.
 */
final class Bus implements Publisher {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventBridgeClient events = EventBridgeClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .region(Region.of(System.getenv("AWS_REGION")))
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .overrideConfiguration(override -> override.addExecutionInterceptor(new TracingInterceptor()))
            .build();
    private final String name = System.getenv("EVENT_BUS_NAME");

    @Override
    public void put(String source, String detailType, Map<String, Object> detail) {
        var json = json(detail);
        var answer = events.putEvents(request -> request.entries(entry ->
                entry.eventBusName(name).source(source).detailType(detailType).detail(json)));
        if (answer.failedEntryCount() > 0) {
            throw new IllegalStateException(
                    "the bus refused the event: " + answer.entries().getFirst().errorMessage());
        }
    }

    static String json(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + object, e);
        }
    }
}
