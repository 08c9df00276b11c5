// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.core.trace.TraceHeader;
import dev.clew.events.Calls;
import dev.clew.events.Partly;
import dev.clew.events.api.ConnectionHttpParameters;
import dev.clew.events.api.CreateApiDestinationRequest;
import dev.clew.events.api.CreateConnectionApiKeyAuthRequestParameters;
import dev.clew.events.api.CreateConnectionAuthRequestParameters;
import dev.clew.events.api.CreateConnectionBasicAuthRequestParameters;
import dev.clew.events.api.CreateConnectionOAuthClientRequestParameters;
import dev.clew.events.api.CreateConnectionOAuthRequestParameters;
import dev.clew.events.api.CreateConnectionRequest;
import dev.clew.events.api.DescribeConnectionRequest;
import dev.clew.events.api.DescribeConnectionResponse;
import dev.clew.events.api.EventsModel;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Connections and destinations on a store in memory, two real servers to call, and short words for the operations. */
abstract class DestinationFixture {
    final ManualClock clock = new ManualClock();
    final MemoryStore store = new MemoryStore();
    final RecordingServer endpoint = new RecordingServer();
    final RecordingServer authority = new RecordingServer();
    final List<Duration> pauses = new ArrayList<>();
    final Queue<Runnable> background = new ArrayDeque<>();
    private final SequentialIds ids = new SequentialIds();
    private final Vault vault = new Vault(new byte[32], new SecureRandom());
    ApiDestinations destinations = open(DestinationsConfig.DEFAULTS);
    Calls calls = calls();

    final ApiDestinations open(DestinationsConfig config) {
        return new ApiDestinations(store, vault, clock, clock, ids, config, background::add, wait -> {
            pauses.add(wait);
            clock.advance(wait);
        });
    }

    private Calls calls() {
        return Calls.of(Partly.bound(name -> name.matches(".*(Connection|ApiDestination)s?"), destinations::bind));
    }

    /** The same store under a new process. */
    void reopen(DestinationsConfig config) {
        destinations.close();
        background.clear();
        destinations = open(config);
        calls = calls();
    }

    /** Does what waits in the background. */
    void runBackground() {
        for (var task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    @AfterEach
    void closeAll() {
        destinations.close();
        endpoint.close();
        authority.close();
    }

    static CreateConnectionAuthRequestParameters basic() {
        return CreateConnectionAuthRequestParameters.builder()
                .basicAuthParameters(new CreateConnectionBasicAuthRequestParameters("ada", "hunter2"))
                .build();
    }

    static CreateConnectionAuthRequestParameters apiKey() {
        return CreateConnectionAuthRequestParameters.builder()
                .apiKeyAuthParameters(new CreateConnectionApiKeyAuthRequestParameters("X-Key", "k-123"))
                .build();
    }

    CreateConnectionAuthRequestParameters oauth(String method, @Nullable ConnectionHttpParameters parameters) {
        return CreateConnectionAuthRequestParameters.builder()
                .oAuthParameters(new CreateConnectionOAuthRequestParameters(
                        new CreateConnectionOAuthClientRequestParameters("client", "s3cret"),
                        authority.url("/token"),
                        method,
                        parameters))
                .build();
    }

    String connect(String name, String type, CreateConnectionAuthRequestParameters parameters) {
        return Objects.requireNonNull(
                calls.call(EventsModel.CREATE_CONNECTION, new CreateConnectionRequest(name, null, type, parameters))
                        .connectionArn());
    }

    String destination(String name, String connection, String url, String method) {
        return destination(CreateApiDestinationRequest.builder()
                .name(name)
                .connectionArn(connection)
                .invocationEndpoint(url)
                .httpMethod(method));
    }

    String destination(CreateApiDestinationRequest.Builder asked) {
        return Objects.requireNonNull(
                calls.call(EventsModel.CREATE_API_DESTINATION, asked.build()).apiDestinationArn());
    }

    DescribeConnectionResponse describe(String connection) {
        return calls.call(EventsModel.DESCRIBE_CONNECTION, new DescribeConnectionRequest(connection));
    }

    ApiDestinationTarget.Outcome deliver(String destination, String payload) {
        return deliver(destination, payload, HttpParameters.NONE);
    }

    ApiDestinationTarget.Outcome deliver(String destination, String payload, HttpParameters parameters) {
        var trace = TraceHeader.parse("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=2558e4c43a5bc9ce;Sampled=1");
        return destinations
                .target()
                .deliver(new ApiDestinationTarget.Request(
                        destination, payload.getBytes(StandardCharsets.UTF_8), trace.orElseThrow(), parameters));
    }

    static void refused(String code, String message, ThrowingCallable call) {
        var refusal = catchThrowableOfType(ServiceException.class, call);
        assertThat(refusal).as(message).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.status()).isEqualTo(400);
    }
}
