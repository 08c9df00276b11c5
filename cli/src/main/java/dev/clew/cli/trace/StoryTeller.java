// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns documents into rows: the service's and the function's view of one invocation become one row, a call and the bus
 * segment it caused become one row, and what is only bookkeeping (Invocation, Overhead) gives way to what is inside.
 *
 * <p>Documents may be missing, come twice, or refer to each other in circles: whatever is there is drawn exactly once.
 * For use by one thread, for one trace.
 */
final class StoryTeller {
    static final String INITIALIZATION = "Initialization";

    private static final String LAMBDA = "AWS::Lambda";
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String EVENTS = "AWS::Events";
    private static final Set<String> BOOKKEEPING = Set.of("Overhead", "Dwell Time");
    /** Nobody reads further down, and recursion must end. */
    private static final int MAX_DEPTH = 200;

    private final Map<String, List<Entity>> caused = new HashMap<>();
    private final Set<String> drawn = new HashSet<>();
    private int depth;

    private StoryTeller(List<Entity> documents) {
        for (var document : documents) {
            var parent = document.parentId();
            if (parent != null) {
                caused.computeIfAbsent(parent, id -> new ArrayList<>()).add(document);
            }
        }
    }

    /** The rows of {@code trace}, roots first, orphans after them. */
    static List<Row> tell(Trace trace) {
        var teller = new StoryTeller(trace.documents());
        var known = new HashSet<String>();
        trace.documents().forEach(document -> collectIds(document, known));
        var rows = new ArrayList<Row>();
        for (var document : trace.documents()) {
            var parent = document.parentId();
            if (parent == null) {
                rows.addAll(teller.rows(document));
            }
        }
        for (var document : trace.documents()) {
            var parent = document.parentId();
            if (parent != null && !known.contains(parent)) {
                teller.rows(document).forEach(row -> rows.add(orphan(row)));
            }
        }
        trace.documents().forEach(document -> rows.addAll(teller.rows(document))); // circles
        return Remarks.withSkew(Remarks.told(rows));
    }

    private static void collectIds(Entity entity, Set<String> ids) {
        ids.add(entity.id());
        entity.subsegments().forEach(child -> collectIds(child, ids));
    }

    private static Row orphan(Row row) {
        return row.remark().isEmpty() ? row.withRemark("its cause is not in the trace") : row;
    }

    private List<Row> rows(Entity entity) {
        if (depth >= MAX_DEPTH || !drawn.add(entity.id())) {
            return List.of();
        }
        depth++;
        try {
            if (entity.subsegment()) {
                return subsegment(entity);
            }
            return List.of(
                    switch (entity.origin()) {
                        case LAMBDA -> invocation(entity);
                        case FUNCTION -> functionAlone(entity);
                        case EVENTS -> bus(entity, List.of(entity));
                        default ->
                            Row.of(
                                    entity.name(),
                                    Kinds.ofOrigin(entity.origin()),
                                    Row.Role.HOP,
                                    entity,
                                    children(entity));
                    });
        } finally {
            depth--;
        }
    }

    /** What {@code entity} contains and what it caused, by time. */
    private List<Row> children(Entity entity) {
        return children(entity, child -> true);
    }

    private List<Row> children(Entity entity, Predicate<Entity> wanted) {
        var rows = new ArrayList<Row>();
        entity.subsegments().stream().filter(wanted).forEach(child -> rows.addAll(rows(child)));
        causedBy(entity).stream().filter(wanted).forEach(document -> rows.addAll(rows(document)));
        rows.sort(Comparator.comparingLong(Row::asked));
        return rows;
    }

    private List<Entity> causedBy(Entity entity) {
        return caused.getOrDefault(entity.id(), List.of());
    }

    private List<Row> subsegment(Entity entity) {
        var downstream = causedBy(entity).stream()
                .filter(document -> !document.subsegment())
                .toList();
        if (!downstream.isEmpty() && downstream.stream().allMatch(document -> document.hasOrigin(EVENTS))) {
            downstream.forEach(document -> drawn.add(document.id()));
            return List.of(bus(entity, downstream));
        }
        boolean invokes =
                downstream.stream().anyMatch(document -> document.hasOrigin(LAMBDA) || document.hasOrigin(FUNCTION));
        if (invokes && entity.namespace().equals("aws") && entity.subsegments().isEmpty()) {
            return children(entity); // the call and the function it reached are one thing to a reader
        }
        var mirrors = downstream.stream().filter(Entity::inferred).toList();
        mirrors.forEach(document -> drawn.add(document.id()));
        var children = new ArrayList<>(children(entity));
        mirrors.forEach(mirror -> children.addAll(children(mirror)));
        var kind = mirrors.isEmpty() ? Kinds.ofSubsegment(entity) : Kinds.ofMirror(entity, mirrors.getFirst());
        return List.of(Row.of(Kinds.label(entity), kind, Row.Role.STEP, entity, children));
    }

    private Row functionAlone(Entity function) {
        return Row.of(function.name(), "lambda", Row.Role.HOP, function, body(function));
    }

    /** One invocation as one row, from its acceptance to the end of its last attempt. */
    private Row invocation(Entity service) {
        var attempts = service.subsegments().stream()
                .filter(child -> child.name().startsWith("Attempt"))
                .toList();
        var functions = new ArrayList<Entity>();
        functions.addAll(functionsOf(service));
        attempts.forEach(attempt -> functions.addAll(functionsOf(attempt)));
        var others = children(
                service,
                child ->
                        !BOOKKEEPING.contains(child.name()) && !attempts.contains(child) && !functions.contains(child));
        if (functions.isEmpty()) {
            return Row.of(service.name(), "lambda", Row.Role.HOP, service, others);
        }
        functions.forEach(function -> drawn.add(function.id()));
        if (functions.size() == 1) {
            return merged(service, functions.getFirst(), others);
        }
        var children = new ArrayList<Row>();
        for (int i = 0; i < functions.size(); i++) {
            var function = functions.get(i);
            children.add(Row.of("attempt " + (i + 1), "", Row.Role.STEP, function, body(function)));
        }
        children.addAll(others);
        var row = Row.of(service.name(), "lambda", Row.Role.HOP, service, children);
        return started(row, service, functions.getFirst(), functions.getLast());
    }

    private List<Entity> functionsOf(Entity entity) {
        return causedBy(entity).stream()
                .filter(document -> document.hasOrigin(FUNCTION))
                .toList();
    }

    private Row merged(Entity service, Entity function, List<Row> others) {
        var children = new ArrayList<>(body(function));
        children.addAll(others);
        var row = Row.of(service.name(), "lambda", Row.Role.HOP, service, children);
        var outcome = service.outcome().or(function.outcome());
        return started(row.withOutcome(outcome), service, function, function)
                .withRemark(function.cause().isEmpty() ? Remarks.of(service) : Remarks.of(function));
    }

    /** Work begins when the environment does, if it was started for this invocation, else with the function. */
    private static Row started(Row row, Entity service, Entity first, Entity last) {
        long begin = first.subsegments().stream()
                .filter(child -> child.name().equals(INITIALIZATION))
                .mapToLong(Entity::start)
                .filter(start -> start >= service.start())
                .reduce(first.start(), Math::min);
        var serviceEnd = service.end();
        var lastEnd = last.end();
        var end = serviceEnd == null || lastEnd == null ? null : Long.valueOf(Math.max(serviceEnd, lastEnd));
        long start = Math.max(begin, service.start());
        return new Row(
                row.label(),
                row.kind(),
                row.role(),
                row.outcome(),
                Math.min(service.start(), begin),
                start,
                end,
                1,
                row.facts(),
                row.remark(),
                row.children());
    }

    /** What a function's code did: the inside of Invocation, and Initialization if there was one. */
    private List<Row> body(Entity function) {
        drawn.add(function.id());
        var rows = new ArrayList<Row>();
        for (var child : function.subsegments()) {
            if (child.name().equals("Invocation")) {
                drawn.add(child.id());
                rows.addAll(children(child));
            } else if (!BOOKKEEPING.contains(child.name())) {
                rows.addAll(rows(child));
            }
        }
        causedBy(function).forEach(document -> rows.addAll(rows(document)));
        rows.sort(Comparator.comparingLong(Row::asked));
        return rows;
    }

    /** A call that put events, {@code segments} of the bus for it, what refused and who received them. */
    private Row bus(Entity call, List<Entity> segments) {
        var children = new ArrayList<Row>();
        var facts = new LinkedHashMap<String, String>();
        for (var segment : segments) {
            name(segment, facts);
            children.addAll(Deliveries.unmatched(segment));
            causedBy(segment).stream()
                    .filter(Predicate.not(Deliveries::isRecord))
                    .forEach(document -> {
                        children.addAll(rows(document));
                    });
            var records = new ArrayList<>(segment.subsegments());
            causedBy(segment).stream().filter(Deliveries::isRecord).forEach(records::add);
            for (var record : records) {
                drawn.add(record.id());
                name(record, facts);
                Deliveries.row(record).ifPresent(children::add);
                children.addAll(children(record));
            }
        }
        children.sort(Comparator.comparingLong(Row::asked));
        if (call.subsegment()) {
            children.addAll(children(call));
        }
        var operation = call.operation().isEmpty() ? segments.getFirst().operation() : call.operation();
        var label = "Events " + (operation.isEmpty() ? "PutEvents" : operation);
        return Row.of(label, "bus", Row.Role.BUS, call, children).withFacts(facts);
    }

    private static void name(Entity entity, Map<String, String> facts) {
        var bus = entity.facts().get("bus");
        if (bus != null) {
            facts.putIfAbsent("bus", Kinds.shortName(bus));
        }
    }
}
