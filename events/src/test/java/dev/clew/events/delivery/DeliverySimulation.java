// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import dev.clew.core.access.ResourcePolicy;
import dev.clew.core.store.StoreException;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.Calls;
import dev.clew.events.Partly;
import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.DeadLetterConfig;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.PutEventsRequest;
import dev.clew.events.api.PutEventsRequestEntry;
import dev.clew.events.api.PutRuleRequest;
import dev.clew.events.api.PutTargetsRequest;
import dev.clew.events.api.RetryPolicy;
import dev.clew.events.api.Target;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.ControlPlane;
import dev.clew.events.bus.Quotas;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import dev.clew.events.pattern.PatternLimits;
import dev.clew.events.pattern.TestEventPattern;
import dev.clew.events.publish.BusAccess;
import dev.clew.events.publish.BusTargets;
import dev.clew.events.publish.Contexts;
import dev.clew.events.publish.Intake;
import dev.clew.events.publish.PutEvents;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A bus, flaky targets, a clock that jumps and a process that dies at any commit or attempt and starts again, all from one seed and
 * on one thread. {@link LedgerInvariants} looks at the ledger after each step.
 */
final class DeliverySimulation {
    /** A simulation fails what feels like a day's deliveries; nobody wants to read about them. */
    private static final Logger QUIET = Logger.getLogger("dev.clew.events");

    static final int WINDOW = 3;
    static final int CONCURRENCY = 2;
    static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:letters";
    private static final String SECOND_BUS = "arn:aws:events:us-east-1:111111111111:event-bus/second";

    final SplittableRandom random;
    final ManualClock clock = new ManualClock();
    final MemoryStore disk = new MemoryStore();
    final SimulatedTargets targets;
    /** Ids that a producer was told. */
    final Set<UUID> acknowledged = new LinkedHashSet<>();
    /** Limits by target ARN. */
    final Map<String, RetryPolicy> limits = new HashMap<>();

    int crashes;
    private final SequentialIds ids = new SequentialIds();
    private final LedgerInvariants invariants;
    private boolean calm = true;
    private Process process;

    /** What lives until the process dies. */
    private final class Process {
        final EventLedger ledger;
        final Dispatcher dispatcher;
        final Calls calls;
        final List<Delivery> underWay = new ArrayList<>();
        private final Intake intake;

        Process() {
            var store = new CrashingStore(disk, DeliverySimulation.this::fate);
            var buses = new Buses(store);
            ledger = new EventLedger(store, clock, Duration.ofDays(3));
            var segments = new NoSegments();
            var access = new BusAccess(
                    buses,
                    (policy, caller, action, resource) -> policy != null && policy.contains(caller.account())
                            ? new ResourcePolicy.Decision.Allowed("s")
                            : new ResourcePolicy.Decision.Refused("no statement names " + caller.account()));
            var kinds = Targets.of(List.of(
                    new BusTargets(buses, access, ledger, (arrivals, origin) -> intake().take(arrivals, origin), 1),
                    targets));
            var deliverer = new Deliverer(
                    ledger, kinds, segments, new DeliveryTrace(ids), clock, random, RetrySchedule.DEFAULTS);
            dispatcher = new Dispatcher(ledger, deliverer, clock, WINDOW, CONCURRENCY);
            var contexts = new Contexts(request -> new Sampler.Decision(true, null), ids, true);
            intake = new Intake(buses, ledger, dispatcher, segments, contexts, (batch, event) -> () -> {}, clock, ids);
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

        private Intake intake() {
            return intake;
        }
    }

    private static final class NoSegments implements SegmentSink {
        @Override
        public Runnable stage(WriteBatch batch, Scope scope, List<String> documents) {
            return () -> {};
        }

        @Override
        public void write(Scope scope, List<String> documents) {}
    }

    DeliverySimulation(long seed) {
        QUIET.setLevel(Level.OFF);
        random = new SplittableRandom(seed);
        targets = new SimulatedTargets(clock, random);
        process = new Process();
        invariants = new LedgerInvariants(this);
        deploy();
        calm = false;
    }

    private void deploy() {
        process.calls.call(
                EventsModel.CREATE_EVENT_BUS,
                CreateEventBusRequest.builder().name("second").build());
        int rules = 1 + random.nextInt(3);
        for (int i = 0; i < rules; i++) {
            rule("rule" + i, null, 1 + random.nextInt(3));
        }
        rule("beyond", "second", 1);
        process.calls.call(
                EventsModel.PUT_TARGETS,
                new PutTargetsRequest(
                        "rule0",
                        null,
                        List.of(Target.builder().id("bus").arn(SECOND_BUS).build())));
    }

    private void rule(String name, @Nullable String bus, int count) {
        process.calls.call(
                EventsModel.PUT_RULE,
                PutRuleRequest.builder()
                        .name(name)
                        .eventBusName(bus)
                        .eventPattern("{\"source\":[\"a\"]}")
                        .build());
        var put = new ArrayList<Target>();
        for (int i = 0; i < count; i++) {
            var arn = "arn:aws:lambda:us-east-1:111111111111:function:" + name + i;
            var policy = random.nextInt(4) == 0
                    ? null
                    : new RetryPolicy(
                            random.nextBoolean() ? null : Integer.valueOf(random.nextInt(7)),
                            random.nextBoolean() ? null : Integer.valueOf(60 + random.nextInt(1_000)));
            limits.put(arn, policy == null ? new RetryPolicy(null, null) : policy);
            put.add(Target.builder()
                    .id("t" + i)
                    .arn(arn)
                    .retryPolicy(policy)
                    .deadLetterConfig(random.nextBoolean() ? new DeadLetterConfig(QUEUE) : null)
                    .inputPath(random.nextInt(6) == 0 ? "$.detail.sometimes" : null)
                    .build());
        }
        process.calls.call(EventsModel.PUT_TARGETS, new PutTargetsRequest(name, bus, put));
    }

    EventLedger ledger() {
        return process.ledger;
    }

    Dispatcher dispatcher() {
        return process.dispatcher;
    }

    private CrashingStore.Fate fate() {
        int chance = calm ? 100 : random.nextInt(100);
        return chance < 3
                ? CrashingStore.Fate.CRASH_BEFORE
                : chance < 6
                        ? CrashingStore.Fate.CRASH_AFTER
                        : chance < 9 ? CrashingStore.Fate.REFUSED : CrashingStore.Fate.GOOD;
    }

    /** Lives through {@code steps} steps, then lets everything settle. */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        calm = true;
        targets.heal();
        for (int i = 0; i < 100_000 && !settled(); i++) {
            step();
        }
        assertThat(ledger().owedTargets()).as("owed for ever").isEmpty();
        invariants.checkSettled();
    }

    private boolean settled() {
        return process.underWay.isEmpty() && ledger().owedTargets().isEmpty();
    }

    private void step() {
        try {
            act();
        } catch (CrashingStore.Crash crash) {
            crashes++;
            process = new Process();
        }
        if (!calm || random.nextInt(20) == 0) {
            invariants.check();
        }
    }

    private void act() {
        int choice = random.nextInt(10);
        if (choice < 3 && !calm) {
            put();
        } else if (choice < 5) {
            advance();
        } else if (choice == 5 && !calm) {
            if (random.nextInt(5) == 0) {
                throw new CrashingStore.Crash();
            }
        } else {
            process.underWay.addAll(process.dispatcher.due(clock.instant()));
            checkConcurrency();
            if (!process.underWay.isEmpty()) {
                process.dispatcher.attempt(process.underWay.remove(random.nextInt(process.underWay.size())));
            }
        }
    }

    private void checkConcurrency() {
        assertThat(process.underWay.stream().map(Delivery::id))
                .as("attempted twice at once")
                .doesNotHaveDuplicates();
        var each = new HashMap<String, Integer>();
        process.underWay.forEach(delivery -> each.merge(delivery.target().arn(), 1, Integer::sum));
        assertThat(each.values()).allMatch(count -> count <= CONCURRENCY);
        assertThat(process.dispatcher.held()).isLessThanOrEqualTo((limits.size() + 1) * (WINDOW + CONCURRENCY));
    }

    private void put() {
        var entries = new ArrayList<PutEventsRequestEntry>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            entries.add(PutEventsRequestEntry.builder()
                    .source(random.nextInt(8) == 0 ? "nobody" : "a")
                    .detailType("t")
                    .detail(random.nextBoolean() ? "{\"sometimes\":1}" : "{}")
                    .eventBusName(random.nextInt(20) == 0 ? "misspelt" : null)
                    .build());
        }
        try {
            var answer = process.calls.call(
                    EventsModel.PUT_EVENTS,
                    PutEventsRequest.builder().entries(entries).build());
            Objects.requireNonNull(answer.entries())
                    .forEach(entry -> acknowledged.add(UUID.fromString(Objects.requireNonNull(entry.eventId()))));
        } catch (StoreException refused) {
            return; // the caller was told that it failed
        }
    }

    private void advance() {
        var next = process.dispatcher.untilNext(clock.instant());
        int choice = random.nextInt(10);
        if (choice < 7 && next.isPositive() && next.compareTo(Duration.ofDays(1)) < 0) {
            clock.advance(next.plusMillis(1));
        } else if (choice < 9) {
            clock.advance(Duration.ofMillis(random.nextInt(2_000)));
        } else {
            clock.advance(Duration.ofSeconds(random.nextInt(600)));
        }
    }
}
