// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.CreateEventBusResponse;
import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.DeleteEventBusRequest;
import dev.clew.events.api.DescribeEventBusRequest;
import dev.clew.events.api.DescribeEventBusResponse;
import dev.clew.events.api.EventBus;
import dev.clew.events.api.EventsErrors;
import dev.clew.events.api.ListEventBusesRequest;
import dev.clew.events.api.ListEventBusesResponse;
import dev.clew.events.api.UpdateEventBusRequest;
import dev.clew.events.api.UpdateEventBusResponse;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Operations on buses. */
final class BusControl {
    private final Buses buses;
    private final Quotas quotas;
    private final InstantSource time;

    BusControl(Buses buses, Quotas quotas, InstantSource time) {
        this.buses = buses;
        this.quotas = quotas;
        this.time = time;
    }

    CreateEventBusResponse create(CreateEventBusRequest input, Call call) {
        if (input.eventSourceName() != null) {
            throw EventsErrors.resourceNotFoundException(
                    "Event source " + input.eventSourceName() + " does not exist.");
        }
        if (input.name().contains("/")) {
            throw Invalid.request("Event bus name must not contain '/'.");
        }
        var name = new BusName(call.scope(), input.name());
        return buses.changing(() -> {
            if (buses.find(name).isPresent()) {
                throw EventsErrors.resourceAlreadyExistsException("Event bus " + name.name() + " already exists.");
            }
            if (buses.list(call.scope()).size() >= quotas.busesPerScope()) {
                throw Invalid.limit();
            }
            var now = time.instant();
            var tags = Tags.of(input.tags());
            var letters = arn(input.deadLetterConfig());
            buses.put(
                    name,
                    new Bus(name.name(), input.description(), input.kmsKeyIdentifier(), letters, null, tags, now, now));
            return new CreateEventBusResponse(
                    name.arn().toString(), input.description(), input.kmsKeyIdentifier(), input.deadLetterConfig());
        });
    }

    UpdateEventBusResponse update(UpdateEventBusRequest input, Call call) {
        var name = BusName.of(input.name(), call.scope());
        return buses.changing(() -> {
            var old = buses.get(name);
            var letters = input.deadLetterConfig() == null ? old.deadLetterArn() : arn(input.deadLetterConfig());
            var bus = new Bus(
                    name.name(),
                    input.description() == null ? old.description() : input.description(),
                    input.kmsKeyIdentifier() == null ? old.kmsKeyIdentifier() : input.kmsKeyIdentifier(),
                    letters,
                    old.policy(),
                    old.tags(),
                    old.created(),
                    time.instant());
            buses.put(name, bus);
            return new UpdateEventBusResponse(
                    name.arn().toString(), bus.name(), bus.kmsKeyIdentifier(), bus.description(), letters(bus));
        });
    }

    DescribeEventBusResponse describe(DescribeEventBusRequest input, Call call) {
        var name = BusName.of(input.name(), call.scope());
        var bus = buses.get(name);
        return new DescribeEventBusResponse(
                bus.name(),
                name.arn().toString(),
                bus.description(),
                bus.kmsKeyIdentifier(),
                letters(bus),
                bus.policy(),
                bus.created(),
                bus.modified());
    }

    ListEventBusesResponse list(ListEventBusesRequest input, Call call) {
        var prefix = input.namePrefix() == null ? "" : input.namePrefix();
        var matching =
                buses.list(call.scope()).stream().filter(bus -> bus.name().startsWith(prefix));
        var page = Page.of(matching, Bus::name, input.nextToken(), input.limit());
        var items = page.items().stream().map(bus -> listed(bus, call)).toList();
        return new ListEventBusesResponse(items, page.nextToken());
    }

    private static EventBus listed(Bus bus, Call call) {
        var arn = new BusName(call.scope(), bus.name()).arn().toString();
        return new EventBus(bus.name(), arn, bus.description(), bus.policy(), bus.created(), bus.modified());
    }

    Unit delete(DeleteEventBusRequest input, Call call) {
        var name = new BusName(call.scope(), input.name());
        if (name.isDefault()) {
            throw Invalid.request("Cannot delete event bus default.");
        }
        return buses.changing(() -> {
            buses.get(name);
            if (!buses.rules(name).isEmpty()) {
                throw Invalid.request("Event bus " + name.name() + " can't be deleted since it has rules.");
            }
            buses.remove(name);
            return Unit.VALUE;
        });
    }

    private static @Nullable String arn(@Nullable DeadLetterConfig config) {
        return config == null ? null : config.arn();
    }

    private static @Nullable DeadLetterConfig letters(Bus bus) {
        return bus.deadLetterArn() == null ? null : new DeadLetterConfig(bus.deadLetterArn());
    }
}
