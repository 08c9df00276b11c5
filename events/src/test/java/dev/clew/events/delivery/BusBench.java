// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import dev.clew.core.Arn;
import dev.clew.core.Scope;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.Calls;
import dev.clew.events.Partly;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.PutEventsRequest;
import dev.clew.events.api.PutEventsRequestEntry;
import dev.clew.events.api.PutRuleRequest;
import dev.clew.events.api.PutTargetsRequest;
import dev.clew.events.api.Target;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.ControlPlane;
import dev.clew.events.bus.Quotas;
import dev.clew.events.capture.PayloadCapture;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.events.pattern.TestEventPattern;
import dev.clew.events.publish.BusAccess;
import dev.clew.events.publish.BusTargets;
import dev.clew.events.publish.Contexts;
import dev.clew.events.publish.Intake;
import dev.clew.events.publish.PutEvents;
import dev.clew.events.story.EventStories;
import dev.clew.events.story.Redrive;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A whole bus on one thread: deliveries are made when a test says so, and targets answer as it told them to. */
public final class BusBench {
    public static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:payment";
    public static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:letters";
    public static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    public final ManualClock clock = new ManualClock();
    /** What reached targets, in order. */
    public final List<Targets.Attempt> attempts = new ArrayList<>();
    /** Segment documents, in order. */
    public final List<String> documents = new ArrayList<>();

    private final MemoryStore disk;
    private final SequentialIds ids = new SequentialIds();
    private final Map<String, Deque<Targets.AttemptOutcome>> answers = new HashMap<>();
    private final int window;
    private final int maxHops;

    /** Sums of what was counted, by dimensions and name. */
    public final Map<String, Double> counted = new TreeMap<>();

    public EventLedger ledger;
    public EventStories stories;
    public Redrive redrive;
    public Calls calls;
    Dispatcher dispatcher;
    private Intake intake;
    private @Nullable PayloadCapture capture;

    public BusBench() {
        this(new MemoryStore(), 16, 1);
    }

    public BusBench(MemoryStore disk, int window, int maxHops) {
        this.disk = disk;
        this.window = window;
        this.maxHops = maxHops;
        restart();
    }

    /** The process ends, and another begins with what is on disk. */
    @SuppressWarnings("NullAway.Init")
    public void restart() {
        var buses = new Buses(disk);
        ledger = new EventLedger(disk, clock, Duration.ofDays(2));
        var access = new BusAccess(
                buses,
                (policy, caller, action, resource) -> policy != null && policy.contains(caller.account())
                        ? new ResourcePolicy.Decision.Allowed("s")
                        : new ResourcePolicy.Decision.Refused("no statement names " + caller.account()));
        var kinds = Targets.of(List.of(
                new BusTargets(buses, access, ledger, (arrivals, origin) -> intake.take(arrivals, origin), maxHops),
                new Scripted()));
        var counts = new DeliveryMetrics((source, name, unit, value) ->
                counted.merge(new TreeMap<>(source.dimensions()) + " " + name, value, Double::sum));
        var deliverer = new Deliverer(
                ledger,
                kinds,
                new Kept(),
                new DeliveryTrace(ids),
                clock,
                new SplittableRandom(1),
                RetrySchedule.DEFAULTS,
                capture,
                counts);
        dispatcher = new Dispatcher(ledger, deliverer, clock, window, 2);
        var contexts = new Contexts(request -> new Sampler.Decision(true, null), ids, true);
        intake = new Intake(
                buses,
                ledger,
                dispatcher,
                new Kept(),
                contexts,
                (batch, event) -> () -> counts.accepted(event),
                clock,
                ids);
        stories = new EventStories(ledger, buses);
        redrive = new Redrive(ledger, buses, dispatcher, clock);
        var control = new ControlPlane(buses, Quotas.DEFAULTS, PatternLimits.DEFAULTS, kinds::supports, clock);
        calls = Calls.of(Partly.bound(
                Partly::ofTheBus,
                service -> control.bind(service)
                        .bind(EventsModel.TEST_EVENT_PATTERN, new TestEventPattern(PatternLimits.DEFAULTS))
                        .bind(
                                EventsModel.PUT_EVENTS,
                                new PutEvents(intake, access, dispatcher, clock, ids, 1 << 20, 1_000_000))));
        dispatcher.open();
    }

    /** From now on payloads are in history and trace. */
    BusBench capturing(PayloadCapture how) {
        capture = how;
        restart();
        return this;
    }

    private final class Scripted implements Targets {
        @Override
        public boolean supports(Arn target) {
            return target.service().equals("lambda") || target.service().equals("sqs");
        }

        @Override
        public AttemptOutcome attempt(Attempt attempt) {
            attempts.add(attempt);
            var answer = answers.getOrDefault(attempt.target(), new ArrayDeque<>());
            return answer.isEmpty() ? new AttemptOutcome.Delivered() : answer.removeFirst();
        }
    }

    private final class Kept implements SegmentSink {
        @Override
        public Runnable stage(WriteBatch batch, Scope scope, List<String> texts) {
            return () -> documents.addAll(texts);
        }

        @Override
        public void write(Scope scope, List<String> texts) {
            documents.addAll(texts);
        }
    }

    /** What {@code target} answers to the next attempts; then it takes everything. */
    public BusBench answering(String target, Targets.AttemptOutcome... outcomes) {
        answers.computeIfAbsent(target, arn -> new ArrayDeque<>()).addAll(List.of(outcomes));
        return this;
    }

    public BusBench rule(String name, @Nullable String bus, String pattern, Target... targets) {
        calls.call(
                EventsModel.PUT_RULE,
                PutRuleRequest.builder()
                        .name(name)
                        .eventBusName(bus)
                        .eventPattern(pattern)
                        .build());
        if (targets.length > 0) {
            calls.call(EventsModel.PUT_TARGETS, new PutTargetsRequest(name, bus, List.of(targets)));
        }
        return this;
    }

    public static Target.Builder target(String arn) {
        return Target.builder().id("1").arn(arn);
    }

    /** Puts one traced event with source {@code a} and detail-type {@code t}. */
    public UUID put(String detail) {
        return put(detail, null);
    }

    public UUID put(String detail, @Nullable String bus) {
        var answer = calls.traced(TRACE)
                .call(
                        EventsModel.PUT_EVENTS,
                        PutEventsRequest.builder()
                                .entries(List.of(PutEventsRequestEntry.builder()
                                        .source("a")
                                        .detailType("t")
                                        .detail(detail)
                                        .eventBusName(bus)
                                        .build()))
                                .build());
        return UUID.fromString(Objects.requireNonNull(
                Objects.requireNonNull(answer.entries()).getFirst().eventId()));
    }

    /** Makes everything that is due now. */
    public void settle() {
        List<Delivery> due;
        do {
            due = dispatcher.due(clock.instant());
            due.forEach(dispatcher::attempt);
        } while (!due.isEmpty());
    }

    /** Makes everything that comes due within {@code length}. */
    public void live(Duration length) {
        var end = clock.instant().plus(length);
        settle();
        while (true) {
            var wait = dispatcher.untilNext(clock.instant());
            if (clock.instant().plus(wait).isAfter(end)) {
                clock.advance(Duration.between(clock.instant(), end));
                settle();
                return;
            }
            clock.advance(wait);
            settle();
        }
    }
}
