// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.sampling;

import dev.clew.core.Scope;
import dev.clew.core.trace.Sampler;
import dev.clew.traces.sampling.SamplingStatistics.Report;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Decides for the platform's own entries. Everything is kept until a custom rule matches or the Default rule is edited,
 * so that out of the box every event leaves a trace.
 *
 * <p>The platform shares a rule's reservoir with the SDKs that use it, as one client among them.
 */
final class RuleSampler implements Sampler {
    /** What the platform reports as. */
    static final String CLIENT = "C1E00000000000000000C1E0";

    private final SamplingRules rules;
    private final SamplingStatistics statistics;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<Key, Reservoir> reservoirs = new ConcurrentHashMap<>();

    private record Key(Scope scope, String rule) {}

    /** @param random safe for use by many threads */
    RuleSampler(SamplingRules rules, SamplingStatistics statistics, InstantSource time, RandomGenerator random) {
        this.rules = rules;
        this.statistics = statistics;
        this.time = time;
        this.random = random;
    }

    @Override
    public Decision decide(Request request) {
        return rule(request)
                .map(rule -> new Decision(sampled(request.scope(), rule), rule.name()))
                .orElse(new Decision(true, null));
    }

    private Optional<StoredRule> rule(Request request) {
        return rules.custom(request.scope()).stream()
                .filter(rule -> rule.matches(request))
                .findFirst()
                .or(() -> rules.editedFallback(request.scope()));
    }

    private boolean sampled(Scope scope, StoredRule rule) {
        var reservoir = reservoirs.computeIfAbsent(new Key(scope, rule.name()), Reservoir::new);
        boolean chance = random.nextDouble() < rule.fixedRate();
        return reservoir.decide(rule, chance, time.instant());
    }

    /** Reports what was decided up to now. */
    void report() {
        reservoirs.forEach((key, reservoir) ->
                rules.find(key.scope, key.rule).ifPresent(rule -> reservoir.report(rule, time.instant())));
    }

    void forget(Scope scope, String rule) {
        reservoirs.remove(new Key(scope, rule));
    }

    void reset() {
        reservoirs.clear();
    }

    /** The platform's share of one rule's reservoir, second by second. */
    private final class Reservoir {
        private final Key key;
        private long second = Long.MIN_VALUE;
        private int quota;
        private int taken;
        private long requests;
        private long sampled;

        Reservoir(Key key) {
            this.key = key;
        }

        synchronized boolean decide(StoredRule rule, boolean chance, Instant now) {
            if (now.getEpochSecond() != second) {
                report(rule, now);
                second = now.getEpochSecond();
                taken = 0;
            }
            requests++;
            if (taken < quota) {
                taken++;
                sampled++;
                return true;
            }
            sampled += chance ? 1 : 0;
            return chance;
        }

        synchronized void report(StoredRule rule, Instant now) {
            quota = statistics.report(
                    key.scope, key.rule, new Report(CLIENT, now, requests, sampled, 0), rule.reservoirSize(), now);
            requests = 0;
            sampled = 0;
        }
    }
}
