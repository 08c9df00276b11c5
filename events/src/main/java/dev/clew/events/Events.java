// SPDX-License-Identifier: Apache-2.0
package dev.clew.events;

import dev.clew.core.IdSource;
import dev.clew.core.Ticker;
import dev.clew.core.access.CallerPolicy;
import dev.clew.core.metric.MetricSink;
import dev.clew.core.store.Store;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.api.EventsModel;
import dev.clew.events.archive.Archives;
import dev.clew.events.archive.Archiving;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.ControlPlane;
import dev.clew.events.delivery.Deliverer;
import dev.clew.events.delivery.DeliveryMetrics;
import dev.clew.events.delivery.DeliveryTrace;
import dev.clew.events.delivery.Dispatcher;
import dev.clew.events.delivery.Targets;
import dev.clew.events.destination.ApiDestinations;
import dev.clew.events.destination.Vault;
import dev.clew.events.emission.IntakeEmitter;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.pattern.TestEventPattern;
import dev.clew.events.publish.Arrival;
import dev.clew.events.publish.BusAccess;
import dev.clew.events.publish.BusTargets;
import dev.clew.events.publish.Contexts;
import dev.clew.events.publish.Intake;
import dev.clew.events.publish.Origin;
import dev.clew.events.publish.PutEvents;
import dev.clew.events.publish.ServiceEvents;
import dev.clew.events.schedule.Scheduler;
import dev.clew.events.story.EventStories;
import dev.clew.events.story.Redrive;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * EventBridge: buses, rules, and durable delivery of events to targets.
 *
 * <p>Safe for use by many threads. {@link #start} before the first event, {@link #close} before the store is closed.
 */
public final class Events implements AutoCloseable {
    private final ControlPlane control;
    private final TestEventPattern testEventPattern;
    private final PutEvents putEvents;
    private final Intake intake;
    private final ServiceEvents service;
    private final EventStories stories;
    private final Redrive redrive;
    private final EventLedger ledger;
    private final Dispatcher dispatcher;
    private final ApiDestinations destinations;
    private final Archiving archiving;
    private final Scheduler scheduler;

    /**
     * @param policies whether a bus lets another account in
     * @param chance for the jitter of retries; safe for use by many threads
     * @param vault seals what connections keep secret
     */
    public Events(
            Store store,
            SegmentSink segments,
            MetricSink metrics,
            Sampler sampler,
            CallerPolicy policies,
            Targets targets,
            InstantSource time,
            Ticker ticker,
            IdSource ids,
            RandomGenerator chance,
            Vault vault,
            EventsConfig config) {
        var buses = new Buses(store);
        ledger = new EventLedger(store, time, config.retention());
        destinations = new ApiDestinations(store, vault, time, ticker, ids, config.destinations());
        var access = new BusAccess(buses, policies);
        var otherBuses = new BusTargets(buses, access, ledger, this::goOn, config.maxHops());
        var kinds = Targets.of(List.of(otherBuses, destinations.targets(), targets));
        control = new ControlPlane(buses, config.quotas(), config.patterns(), kinds::supports, time);
        testEventPattern = new TestEventPattern(config.patterns());
        var counts = new DeliveryMetrics(metrics);
        var deliverer = new Deliverer(
                ledger,
                kinds,
                segments,
                config.traceDeliveries() ? new DeliveryTrace(ids) : null,
                time,
                chance,
                config.retries(),
                config.capture(),
                counts);
        dispatcher = new Dispatcher(ledger, deliverer, time, config.window(), config.concurrencyPerTarget());
        var contexts = new Contexts(sampler, ids, config.startTraces());
        var archives = new Archives(store, time, ids);
        intake = new Intake(buses, ledger, dispatcher, segments, contexts, witness(archives, counts), time, ids);
        service = new ServiceEvents(intake, time, ids);
        var emitter = new IntakeEmitter(intake, dispatcher::owed);
        archiving = new Archiving(archives, store, buses, emitter, time, ids, config.patterns(), config.archives());
        scheduler = new Scheduler(store, buses::scheduled, emitter, time, ids);
        stories = new EventStories(ledger, buses);
        redrive = new Redrive(ledger, buses, dispatcher, time);
        putEvents = new PutEvents(intake, access, dispatcher, time, ids, config.maxRequestBytes(), config.maxOwed());
    }

    private static Intake.Witness witness(Archives archives, DeliveryMetrics counts) {
        return (batch, event) -> {
            var archived = archives.stage(batch, event);
            return () -> {
                archived.run();
                counts.accepted(event);
            };
        };
    }

    private void goOn(List<Arrival> arrivals, Origin origin) {
        intake.take(arrivals, origin);
    }

    /** How events get onto a bus, for whoever has other sources of them than PutEvents. */
    public Intake intake() {
        return intake;
    }

    /** How other services of this server put events on a bus. */
    public ServiceEvents service() {
        return service;
    }

    /** The operations of EventBridge. */
    public ServiceBinding binding() {
        var service = control.bind(ServiceBinding.builder(EventsModel.SERVICE));
        return archiving
                .bind(destinations.bind(service))
                .bind(EventsModel.TEST_EVENT_PATTERN, testEventPattern)
                .bind(EventsModel.PUT_EVENTS, putEvents)
                .build();
    }

    /** Where events are, and how they came there. */
    public EventStories stories() {
        return stories;
    }

    /** Has failed deliveries made again. */
    public Redrive redrive() {
        return redrive;
    }

    /** Resumes what is owed and begins to deliver. */
    public void start() {
        destinations.start();
        dispatcher.start();
        archiving.start();
        scheduler.start();
    }

    /** What the bus accepted and still owes. */
    public EventLedger ledger() {
        return ledger;
    }

    /** Stops delivering; what is owed stays owed. */
    @Override
    public void close() {
        scheduler.close();
        archiving.close();
        dispatcher.close();
        destinations.close();
    }
}
