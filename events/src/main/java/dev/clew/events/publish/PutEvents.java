// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.IdSource;
import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.SegmentSink;
import dev.clew.events.api.PutEventsRequest;
import dev.clew.events.api.PutEventsRequestEntry;
import dev.clew.events.api.PutEventsResponse;
import dev.clew.events.api.PutEventsResultEntry;
import dev.clew.events.bus.BusName;
import dev.clew.events.bus.Buses;
import dev.clew.events.bus.Rule;
import dev.clew.events.delivery.Dispatcher;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.events.ledger.Delivery;
import dev.clew.events.ledger.EventLedger;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PutEvents: admits each entry on its own, so that one bad entry never refuses its neighbours; decides what each event owes; then
 * accepts events, deliveries and the bus's segments in one commit, and answers when that is durable.
 */
public final class PutEvents implements Operation<PutEventsRequest, PutEventsResponse> {
    private static final System.Logger LOG = System.getLogger(PutEvents.class.getName());
    private static final int TIME_BYTES = 14;

    private final Buses buses;
    private final EventLedger ledger;
    private final Dispatcher dispatcher;
    private final SegmentSink segments;
    private final Contexts contexts;
    private final InstantSource time;
    private final IdSource ids;
    private final int maxBytes;
    private final int maxOwed;

    /**
     * @param maxBytes of all entries together
     * @param maxOwed deliveries in memory and waiting beyond which entries are throttled
     */
    public PutEvents(
            Buses buses,
            EventLedger ledger,
            Dispatcher dispatcher,
            SegmentSink segments,
            Contexts contexts,
            InstantSource time,
            IdSource ids,
            int maxBytes,
            int maxOwed) {
        this.buses = buses;
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.segments = segments;
        this.contexts = contexts;
        this.time = time;
        this.ids = ids;
        this.maxBytes = maxBytes;
        this.maxOwed = maxOwed;
    }

    @Override
    public PutEventsResponse handle(PutEventsRequest input, Call call) {
        if (input.entries().stream().mapToLong(PutEvents::size).sum() > maxBytes) {
            throw ServiceException.client(
                    "ValidationException", 400, "Total size of the entries in the request is over the limit.");
        }
        var now = time.instant();
        var inContext = contexts.of(call);
        var throttled = dispatcher.size() >= maxOwed;
        var drafts = input.entries().stream()
                .map(entry -> throttled
                        ? new Draft.Invalid("ThrottlingException", "Too many deliveries are waiting.")
                        : draft(entry, call, now, inContext))
                .toList();
        publish(drafts, call, now);
        var results = drafts.stream().map(PutEvents::result).toList();
        int failed = (int)
                results.stream().filter(result -> result.errorCode() != null).count();
        return new PutEventsResponse(failed, results);
    }

    /** Bytes of an entry as the service counts them: names and syntax are free. */
    private static long size(PutEventsRequestEntry entry) {
        long size = entry.time() == null ? 0 : TIME_BYTES;
        size += bytes(entry.source()) + bytes(entry.detailType()) + bytes(entry.detail());
        if (entry.resources() != null) {
            size += entry.resources().stream().mapToLong(PutEvents::bytes).sum();
        }
        return size;
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private Draft draft(PutEventsRequestEntry entry, Call call, Instant now, Contexts.OfCall inContext) {
        var source = entry.source();
        var detailType = entry.detailType();
        var detail = entry.detail();
        if (source == null || source.isEmpty()) {
            return missing("Source");
        }
        if (detailType == null || detailType.isEmpty()) {
            return missing("DetailType");
        }
        if (detail == null || detail.isEmpty()) {
            return missing("Detail");
        }
        if (source.startsWith("aws.")) {
            return new Draft.Invalid("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        if (!Envelope.isObject(detail)) {
            return new Draft.Invalid("MalformedDetail", "Detail is malformed.");
        }
        var bus = BusName.of(entry.eventBusName(), call.scope());
        var id = ids.nextUuid();
        var json = Envelope.of(
                id,
                detailType,
                source,
                call.scope(),
                entry.time() == null ? now : entry.time(),
                entry.resources() == null ? List.of() : entry.resources(),
                detail);
        var event = new AcceptedEvent(id, bus.scope(), bus.name(), now, json);
        return buses.rulesOf(bus).isPresent()
                ? new Draft.Valid(bus, event, inContext.of(entry.traceHeader()))
                : new Draft.Dropped(bus, event);
    }

    private static Draft missing(String parameter) {
        return new Draft.Invalid(
                "InvalidArgument",
                "Parameter " + parameter + " is not valid. Reason: " + parameter + " is a required argument.");
    }

    private void publish(List<Draft> drafts, Call call, Instant now) {
        var batch = new WriteBatch();
        var owed = new ArrayList<Delivery>();
        var byContext = new LinkedHashMap<Contexts.Context, List<Draft.Valid>>();
        Map<AcceptedEvent, List<String>> matched = new IdentityHashMap<>();
        for (var draft : drafts) {
            switch (draft) {
                case Draft.Valid valid -> {
                    var rules = matching(valid);
                    var deliveries = deliveries(valid, rules, now);
                    ledger.accept(batch, valid.event(), deliveries);
                    owed.addAll(deliveries);
                    matched.put(valid.event(), rules.stream().map(Rule::name).toList());
                    byContext
                            .computeIfAbsent(valid.context(), context -> new ArrayList<>())
                            .add(valid);
                }
                case Draft.Dropped(BusName bus, AcceptedEvent event) ->
                    LOG.log(
                            System.Logger.Level.WARNING,
                            () -> "event " + event.id() + " was dropped: there is no bus " + bus.arn());
                case Draft.Invalid _ -> {}
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        var visible = stageSegments(batch, byContext, matched, call, now);
        ledger.commit(batch);
        visible.ifPresent(Runnable::run);
        dispatcher.offer(owed);
    }

    private List<Rule> matching(Draft.Valid draft) {
        return buses.rulesOf(draft.bus())
                .map(rules -> rules.matching(draft.event().json()))
                .orElse(List.of());
    }

    private List<Delivery> deliveries(Draft.Valid draft, List<Rule> rules, Instant now) {
        var deliveries = new ArrayList<Delivery>();
        for (var rule : rules) {
            for (var target : rule.targets()) {
                deliveries.add(new Delivery(
                        ids.nextUuid(),
                        draft.event().id(),
                        draft.bus().scope(),
                        draft.bus().name(),
                        rule.name(),
                        draft.bus().ruleArn(rule.name()).toString(),
                        target,
                        now,
                        draft.context().text(),
                        0,
                        now));
            }
        }
        return deliveries;
    }

    private Optional<Runnable> stageSegments(
            WriteBatch batch,
            Map<Contexts.Context, List<Draft.Valid>> byContext,
            Map<AcceptedEvent, List<String>> matched,
            Call call,
            Instant begin) {
        var end = time.instant();
        var documents = byContext.entrySet().stream()
                .filter(entry -> entry.getKey().segment() != null)
                .map(entry -> BusSegment.document(call, entry.getKey(), begin, end, entry.getValue(), matched))
                .toList();
        return documents.isEmpty() ? Optional.empty() : Optional.of(segments.stage(batch, call.scope(), documents));
    }

    private static PutEventsResultEntry result(Draft draft) {
        return switch (draft) {
            case Draft.Valid valid -> accepted(valid.event());
            case Draft.Dropped dropped -> accepted(dropped.event());
            case Draft.Invalid(String code, String message) ->
                PutEventsResultEntry.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build();
        };
    }

    private static PutEventsResultEntry accepted(AcceptedEvent event) {
        return PutEventsResultEntry.builder().eventId(event.id().toString()).build();
    }
}
