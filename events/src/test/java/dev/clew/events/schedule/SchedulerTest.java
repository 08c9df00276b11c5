// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.store.WriteBatch;
import dev.clew.events.Calls;
import dev.clew.events.bus.BusName;
import dev.clew.events.bus.ScheduledRule;
import dev.clew.events.emission.Emission;
import dev.clew.events.emission.Emitter;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.Seeds;
import dev.clew.testkit.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

final class SchedulerTest {
    private static final BusName BUS = BusName.of(null, Calls.HERE);

    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore();
    private final List<ScheduledRule> rules = new ArrayList<>();
    private final Bus bus = new Bus();
    private Scheduler scheduler = open();

    private final class Bus implements Emitter {
        final List<Emission> emitted = new ArrayList<>();
        boolean broken;

        @Override
        public void emit(List<Emission> events, Consumer<WriteBatch> with) {
            if (broken) {
                throw new IllegalStateException("no space");
            }
            var batch = new WriteBatch();
            with.accept(batch);
            store.commit(batch);
            emitted.addAll(events);
        }

        @Override
        public long owed() {
            return 0;
        }

        List<String> times() {
            return emitted.stream()
                    .map(event -> event.json().replaceAll(".*\"time\":\"([^\"]*)\".*", "$1"))
                    .toList();
        }
    }

    private Scheduler open() {
        return new Scheduler(store, () -> List.copyOf(rules), bus, clock, new SequentialIds());
    }

    private ScheduledRule rule(String name, String expression) {
        var rule = new ScheduledRule(BUS, name, expression, clock.instant());
        rules.add(rule);
        return rule;
    }

    private void pass(Duration length) {
        var end = clock.instant().plus(length);
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofSeconds(1));
            scheduler.tick(clock.instant());
        }
    }

    @Test
    void aFireIsAnEventForItsRuleAlone() {
        rule("nightly", "cron(1 10 * * ? *)");
        pass(Duration.ofMinutes(3));
        var event = bus.emitted.getFirst();
        assertThat(bus.emitted).hasSize(1);
        assertThat(event.json())
                .isEqualTo("{\"version\":\"0\",\"id\":\"" + event.id()
                        + "\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\","
                        + "\"account\":\"111111111111\",\"time\":\"2026-08-07T10:01:00Z\",\"region\":\"us-east-1\","
                        + "\"resources\":[\"arn:aws:events:us-east-1:111111111111:rule/nightly\"],\"detail\":{}}");
        assertThat(event.rules()).isEqualTo(new Emission.Takers.Only("nightly"));
        assertThat(event.trace()).isEqualTo(new Emission.Trace.Started());
        assertThat(event.via()).isEqualTo("arn:aws:events:us-east-1:111111111111:rule/nightly");
    }

    @Test
    void aRateFiresEveryPeriodAfterItsBegin() {
        clock.advance(Duration.ofSeconds(20));
        rule("often", "rate(1 minute)");
        pass(Duration.ofMinutes(3));
        assertThat(bus.times()).containsExactly("2026-08-07T10:01:20Z", "2026-08-07T10:02:20Z", "2026-08-07T10:03:20Z");
    }

    @Test
    void aRestartNeitherRepeatsNorSkipsTheMinute() {
        rule("often", "cron(* * * * ? *)");
        pass(Duration.ofSeconds(60));
        assertThat(bus.times()).containsExactly("2026-08-07T10:01:00Z");
        scheduler = open();
        pass(Duration.ofSeconds(59));
        assertThat(bus.times()).containsExactly("2026-08-07T10:01:00Z");
        scheduler = open();
        clock.advance(Duration.ofSeconds(11)); // down at 10:02:00
        scheduler.tick(clock.instant());
        assertThat(bus.times()).containsExactly("2026-08-07T10:01:00Z", "2026-08-07T10:02:00Z");
    }

    @Test
    void whatWasMissedLongAgoIsNotCaughtUp() {
        rule("often", "cron(0/5 * * * ? *)");
        pass(Duration.ofMinutes(5));
        scheduler = open();
        clock.advance(Duration.ofMinutes(13)); // 10:18
        scheduler.tick(clock.instant());
        assertThat(bus.times()).containsExactly("2026-08-07T10:05:00Z");
        pass(Duration.ofMinutes(2));
        assertThat(bus.times()).containsExactly("2026-08-07T10:05:00Z", "2026-08-07T10:20:00Z");
    }

    @Test
    void aStallOfTheProcessIsNotCaughtUpEither() {
        rule("often", "rate(1 minute)");
        pass(Duration.ofMinutes(1));
        clock.advance(Duration.ofHours(3));
        scheduler.tick(clock.instant());
        scheduler.tick(clock.instant());
        assertThat(bus.times()).containsExactly("2026-08-07T10:01:00Z", "2026-08-07T13:01:00Z");
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgain() {
        rule("often", "rate(1 minute)");
        bus.broken = true;
        pass(Duration.ofSeconds(90));
        assertThat(bus.emitted).isEmpty();
        bus.broken = false;
        pass(Duration.ofSeconds(1));
        assertThat(bus.times()).containsExactly("2026-08-07T10:01:00Z");
    }

    @Test
    void aRuleThatIsGoneFiresNoMore() {
        var gone = rule("gone", "rate(1 minute)");
        rule("stays", "rate(1 minute)");
        pass(Duration.ofMinutes(1));
        rules.remove(gone);
        pass(Duration.ofMinutes(3));
        assertThat(bus.emitted)
                .filteredOn(event -> event.via().endsWith("gone"))
                .hasSize(1);
        assertThat(bus.emitted)
                .filteredOn(event -> event.via().endsWith("stays"))
                .hasSize(4);
        assertThat(store.scan("events.schedules-fired", new byte[0], null, 10)).hasSize(1);
    }

    /** However often the process dies, before or after a fire is written, no time is served twice; and none while it is up is lost. */
    @ParameterizedTest
    @Seeds(60)
    void eachTimeIsServedOnce(long seed) {
        var random = new SplittableRandom(seed);
        rule("a", "cron(0/2 * * * ? *)");
        rule("b", "rate(3 minutes)");
        var up = new ArrayList<Instant>();
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(random.nextLong(1, 3_000)));
            switch (random.nextInt(20)) {
                case 0 -> scheduler = open();
                case 1 -> {
                    clock.advance(Duration.ofSeconds(random.nextLong(200))); // down
                    scheduler = open();
                }
                case 2 -> bus.broken = !bus.broken;
                default -> {
                    scheduler.tick(clock.instant());
                    if (!bus.broken) {
                        up.add(clock.instant());
                    }
                }
            }
        }
        assertThat(bus.emitted.stream().map(event -> event.via() + event.json().replaceAll(".*\"time\":", "")))
                .doesNotHaveDuplicates();
        var served = bus.times();
        assertThat(Stream.iterate(
                                ManualClock.START.plusSeconds(120),
                                due -> due.isBefore(clock.instant()),
                                due -> due.plusSeconds(120))
                        .filter(due ->
                                up.stream().anyMatch(tick -> !tick.isBefore(due) && tick.isBefore(due.plusSeconds(60))))
                        .map(Instant::toString))
                .allSatisfy(due -> assertThat(served).contains(due));
    }
}
