// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.IdSource;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.api.PutEventsRequest;
import dev.clew.events.api.PutEventsRequestEntry;
import dev.clew.events.api.PutEventsResponse;
import dev.clew.events.api.PutEventsResultEntry;
import dev.clew.events.bus.BusName;
import dev.clew.events.delivery.Dispatcher;
import dev.clew.events.ledger.AcceptedEvent;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PutEvents: admits each entry on its own, so that one bad entry never refuses its neighbours; then
 * has them taken in one commit, and answers when that is durable.
 */
public final class PutEvents implements Operation<PutEventsRequest, PutEventsResponse> {
    private static final int TIME_BYTES = 14;

    private final Intake intake;
    private final BusAccess access;
    private final Dispatcher dispatcher;
    private final InstantSource time;
    private final IdSource ids;
    private final int maxBytes;
    private final long maxOwed;

    /**
     * @param maxBytes of all entries together
     * @param maxOwed deliveries owed beyond which entries are throttled
     */
    public PutEvents(
            Intake intake,
            BusAccess access,
            Dispatcher dispatcher,
            InstantSource time,
            IdSource ids,
            int maxBytes,
            long maxOwed) {
        this.intake = intake;
        this.access = access;
        this.dispatcher = dispatcher;
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
        var throttled = dispatcher.owed() >= maxOwed;
        var drafts = input.entries().stream()
                .map(entry -> throttled
                        ? new Draft.Invalid("ThrottlingException", "Too many deliveries are waiting.")
                        : draft(entry, call, now))
                .toList();
        refuseStrangers(drafts, call);
        intake.take(
                drafts.stream().flatMap(PutEvents::arrival).toList(),
                new Origin(call.scope(), call.requestId(), call.endpoint().getHost()));
        var results = drafts.stream().map(PutEvents::result).toList();
        int failed = (int)
                results.stream().filter(result -> result.errorCode() != null).count();
        return new PutEventsResponse(failed, results);
    }

    /** A bus that does not let the caller in refuses the whole call. */
    private void refuseStrangers(List<Draft> drafts, Call call) {
        for (var draft : drafts) {
            if (draft instanceof Draft.Valid(Arrival arrival)) {
                access.refusal(call.caller().arn(), arrival.bus()).ifPresent(reason -> {
                    throw ServiceException.client(
                            "AccessDeniedException",
                            400,
                            "User: " + call.caller().arn() + " is not authorized to perform: events:PutEvents on"
                                    + " resource: " + arrival.bus().arn()
                                    + " because no resource-based policy allows the events:PutEvents action (" + reason
                                    + ")");
                });
            }
        }
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

    private Draft draft(PutEventsRequestEntry entry, Call call, Instant now) {
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
        var id = ids.nextOrderedUuid();
        var json = Envelope.of(
                id,
                detailType,
                source,
                call.scope(),
                entry.time() == null ? now : entry.time(),
                entry.resources() == null ? List.of() : entry.resources(),
                detail);
        var trace = Optional.ofNullable(entry.traceHeader())
                .flatMap(TraceHeader::parse)
                .orElse(call.trace());
        return new Draft.Valid(
                new Arrival(id, id, bus, source, detailType, json, trace, 0, AcceptedEvent.PUT_EVENTS, null));
    }

    private static Stream<Arrival> arrival(Draft draft) {
        return switch (draft) {
            case Draft.Valid(Arrival arrival) -> Stream.of(arrival);
            case Draft.Invalid _ -> Stream.empty();
        };
    }

    private static Draft missing(String parameter) {
        return new Draft.Invalid(
                "InvalidArgument",
                "Parameter " + parameter + " is not valid. Reason: " + parameter + " is a required argument.");
    }

    private static PutEventsResultEntry result(Draft draft) {
        return switch (draft) {
            case Draft.Valid(Arrival arrival) ->
                PutEventsResultEntry.builder().eventId(arrival.id().toString()).build();
            case Draft.Invalid(String code, String message) ->
                PutEventsResultEntry.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build();
        };
    }
}
