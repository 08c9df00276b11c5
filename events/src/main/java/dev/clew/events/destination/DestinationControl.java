// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.events.api.ApiDestination;
import dev.clew.events.api.CreateApiDestinationRequest;
import dev.clew.events.api.CreateApiDestinationResponse;
import dev.clew.events.api.DeleteApiDestinationRequest;
import dev.clew.events.api.DeleteApiDestinationResponse;
import dev.clew.events.api.DescribeApiDestinationRequest;
import dev.clew.events.api.DescribeApiDestinationResponse;
import dev.clew.events.api.EventsErrors;
import dev.clew.events.api.ListApiDestinationsRequest;
import dev.clew.events.api.ListApiDestinationsResponse;
import dev.clew.events.api.UpdateApiDestinationRequest;
import dev.clew.events.api.UpdateApiDestinationResponse;
import dev.clew.events.bus.Invalid;
import dev.clew.events.bus.Page;
import dev.clew.wire.Call;
import java.time.InstantSource;

/** Operations on API destinations. */
final class DestinationControl {
    private static final int DEFAULT_RATE = 300;

    private final Destinations destinations;
    private final Connections connections;
    private final InstantSource time;
    private final IdSource ids;
    private final DestinationsConfig config;

    DestinationControl(
            Destinations destinations,
            Connections connections,
            InstantSource time,
            IdSource ids,
            DestinationsConfig config) {
        this.destinations = destinations;
        this.connections = connections;
        this.time = time;
        this.ids = ids;
        this.config = config;
    }

    CreateApiDestinationResponse create(CreateApiDestinationRequest input, Call call) {
        var endpoint = Endpoint.checked("InvocationEndpoint", input.invocationEndpoint(), config.local());
        return destinations.changing(() -> {
            if (destinations.find(call.scope(), input.name()).isPresent()) {
                throw EventsErrors.resourceAlreadyExistsException(
                        "An api-destination '" + input.name() + "' already exists.");
            }
            if (destinations.list(call.scope()).size() >= config.perScope()) {
                throw Invalid.limit();
            }
            var now = time.instant();
            var rate = input.invocationRateLimitPerSecond();
            var destination = new Destination(
                    call.scope(),
                    input.name(),
                    ids.nextUuid().toString(),
                    input.description(),
                    existing(input.connectionArn()),
                    endpoint,
                    input.httpMethod(),
                    rate == null ? DEFAULT_RATE : rate,
                    now,
                    now);
            destinations.put(destination);
            return new CreateApiDestinationResponse(destination.arn(), state(destination), now, now);
        });
    }

    UpdateApiDestinationResponse update(UpdateApiDestinationRequest input, Call call) {
        var asked = input.invocationEndpoint();
        var endpoint = asked == null ? null : Endpoint.checked("InvocationEndpoint", asked, config.local());
        return destinations.changing(() -> {
            var old = get(call.scope(), input.name());
            var rate = input.invocationRateLimitPerSecond();
            var destination = new Destination(
                    old.scope(),
                    old.name(),
                    old.id(),
                    input.description() == null ? old.description() : input.description(),
                    input.connectionArn() == null ? old.connectionArn() : existing(input.connectionArn()),
                    endpoint == null ? old.endpoint() : endpoint,
                    input.httpMethod() == null ? old.method() : input.httpMethod(),
                    rate == null ? old.ratePerSecond() : rate,
                    old.created(),
                    time.instant());
            destinations.put(destination);
            return new UpdateApiDestinationResponse(
                    destination.arn(), state(destination), destination.created(), destination.modified());
        });
    }

    DescribeApiDestinationResponse describe(DescribeApiDestinationRequest input, Call call) {
        var destination = get(call.scope(), input.name());
        return DescribeApiDestinationResponse.builder()
                .apiDestinationArn(destination.arn())
                .name(destination.name())
                .description(destination.description())
                .apiDestinationState(state(destination))
                .connectionArn(destination.connectionArn())
                .invocationEndpoint(destination.endpoint())
                .httpMethod(destination.method())
                .invocationRateLimitPerSecond(destination.ratePerSecond())
                .creationTime(destination.created())
                .lastModifiedTime(destination.modified())
                .build();
    }

    ListApiDestinationsResponse list(ListApiDestinationsRequest input, Call call) {
        var prefix = input.namePrefix() == null ? "" : input.namePrefix();
        var matching = destinations.list(call.scope()).stream()
                .filter(destination -> destination.name().startsWith(prefix))
                .filter(destination ->
                        input.connectionArn() == null || input.connectionArn().equals(destination.connectionArn()));
        var page = Page.of(matching, Destination::name, input.nextToken(), input.limit());
        return new ListApiDestinationsResponse(
                page.items().stream().map(this::listed).toList(), page.nextToken());
    }

    private ApiDestination listed(Destination destination) {
        return ApiDestination.builder()
                .apiDestinationArn(destination.arn())
                .name(destination.name())
                .apiDestinationState(state(destination))
                .connectionArn(destination.connectionArn())
                .invocationEndpoint(destination.endpoint())
                .httpMethod(destination.method())
                .invocationRateLimitPerSecond(destination.ratePerSecond())
                .creationTime(destination.created())
                .lastModifiedTime(destination.modified())
                .build();
    }

    DeleteApiDestinationResponse delete(DeleteApiDestinationRequest input, Call call) {
        return destinations.changing(() -> {
            destinations.remove(get(call.scope(), input.name()));
            return new DeleteApiDestinationResponse();
        });
    }

    private String existing(String connectionArn) {
        if (connections.find(connectionArn).isEmpty()) {
            throw EventsErrors.resourceNotFoundException("Connection '" + connectionArn + "' does not exist.");
        }
        return connectionArn;
    }

    /** Follows the connection's, so that it is never stored and never stale. */
    private String state(Destination destination) {
        return connections
                        .find(destination.connectionArn())
                        .filter(connection -> connection.state() == Connection.State.AUTHORIZED)
                        .isPresent()
                ? "ACTIVE"
                : "INACTIVE";
    }

    private Destination get(Scope scope, String name) {
        return destinations
                .find(scope, name)
                .orElseThrow(() -> EventsErrors.resourceNotFoundException(
                        "Failed to describe the api-destination(s). An api-destination '" + name
                                + "' does not exist."));
    }
}
