// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import dev.clew.core.Scope;
import dev.clew.core.store.RecordTable;
import dev.clew.core.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Buses and rules as they stand, durable, and compiled for matching. Every account and region has a default bus. Safe
 * for use by many threads: changes wait for each other, reading and matching for nobody.
 */
public final class Buses {
    private final RecordTable<Bus> buses;
    private final RecordTable<Rule> rules;
    private final ConcurrentHashMap<BusName, RuleSet> compiled = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();

    /** What {@code store} holds. A bus's rules are compiled when its first event comes. */
    public Buses(Store store) {
        this.buses = RecordTable.open(store, "events.buses", Bus.class);
        this.rules = RecordTable.open(store, "events.rules", Rule.class);
    }

    /** The rules of {@code bus}, or nothing if there is no such bus. */
    public Optional<RuleSet> rulesOf(BusName bus) {
        if (find(bus).isEmpty()) {
            return Optional.empty();
        }
        var known = compiled.get(bus);
        return Optional.of(known != null ? known : changing(() -> compiled.computeIfAbsent(bus, this::compile)));
    }

    private RuleSet compile(BusName bus) {
        return RuleSet.EMPTY.with(rules.list(bus.rulesKey()));
    }

    /** Runs {@code change} while nobody else changes anything: a read-modify-write belongs in here. */
    <T> T changing(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /** The policy document of a bus; nothing if it has none, or if there is no such bus. */
    public Optional<String> policyOf(BusName bus) {
        return find(bus).map(Bus::policy);
    }

    Optional<Bus> find(BusName bus) {
        var stored = buses.find(bus.key());
        return stored.isEmpty() && bus.isDefault() ? Optional.of(Bus.untouchedDefault()) : stored;
    }

    /** @throws dev.clew.wire.ServiceException if there is no such bus */
    Bus get(BusName bus) {
        return find(bus).orElseThrow(() -> Invalid.noBus(bus));
    }

    /** All buses of {@code scope} in order of their names, the default bus always among them. */
    List<Bus> list(Scope scope) {
        var stored = buses.list(scope.key() + '/');
        if (stored.stream().anyMatch(bus -> bus.name().equals(BusName.DEFAULT))) {
            return stored;
        }
        return Stream.concat(stored.stream(), Stream.of(Bus.untouchedDefault()))
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .toList();
    }

    void put(BusName name, Bus bus) {
        buses.put(name.key(), bus);
    }

    void remove(BusName name) {
        buses.remove(name.key());
        compiled.remove(name);
    }

    Optional<Rule> findRule(BusName bus, String rule) {
        return rules.find(bus.rulesKey() + rule);
    }

    /** @throws dev.clew.wire.ServiceException if there is no such bus or rule */
    Rule getRule(BusName bus, String rule) {
        get(bus);
        return findRule(bus, rule).orElseThrow(() -> Invalid.noRule(rule, bus));
    }

    /** The rules of {@code bus} by key, in order of their names: a live view. */
    NavigableMap<String, Rule> rules(BusName bus) {
        return rules.entries(bus.rulesKey());
    }

    /** The enabled rules of every account and region that fire by the clock. */
    public List<ScheduledRule> scheduled() {
        var scheduled = new ArrayList<ScheduledRule>();
        rules.entries("").forEach((key, rule) -> {
            var expression = rule.scheduleExpression();
            var begun = rule.scheduled();
            if (expression != null && begun != null && rule.enabled()) {
                var scope = key.split("/", 3);
                var bus = new BusName(new Scope(scope[0], scope[1]), rule.bus());
                scheduled.add(new ScheduledRule(bus, rule.name(), expression, begun));
            }
        });
        return scheduled;
    }

    /** Durable, then in force for every event put from now on. Only inside {@link #changing}. */
    void putRule(BusName bus, Rule rule) {
        rules.put(bus.rulesKey() + rule.name(), rule);
        recompile(bus);
    }

    /** As {@link #putRule}. */
    void removeRule(BusName bus, String rule) {
        rules.remove(bus.rulesKey() + rule);
        recompile(bus);
    }

    private void recompile(BusName bus) {
        compiled.compute(
                bus, (name, known) -> (known == null ? RuleSet.EMPTY : known).with(rules.list(name.rulesKey())));
    }
}
