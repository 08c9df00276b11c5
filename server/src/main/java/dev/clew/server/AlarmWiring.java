// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.events.Events;
import dev.clew.events.bus.BusName;
import dev.clew.events.publish.Arrival;
import dev.clew.events.publish.Origin;
import dev.clew.functions.Functions;
import dev.clew.functions.invoke.AsyncInvocation;
import dev.clew.functions.invoke.EnqueueOutcome;
import dev.clew.functions.invoke.ServiceCaller;
import dev.clew.monitor.alarms.AlarmEffects;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** What alarms set off: events on the default bus, and functions that their policies allow. */
final class AlarmWiring implements AlarmEffects {
    private static final String SOURCE = "aws.cloudwatch";
    private static final String DETAIL_TYPE = "CloudWatch Alarm State Change";
    private static final String PRINCIPAL = "lambda.alarms.cloudwatch.amazonaws.com";

    private final Events events;
    private final Functions functions;

    AlarmWiring(Events events, Functions functions) {
        this.events = events;
        this.functions = functions;
    }

    @Override
    public void announce(Announcement announcement) {
        var scope = announcement.scope();
        var arrival = new Arrival(
                announcement.id(),
                announcement.id(),
                new BusName(scope, BusName.DEFAULT),
                SOURCE,
                DETAIL_TYPE,
                envelope(announcement),
                null,
                0,
                announcement.alarm(),
                null);
        events.intake()
                .take(List.of(arrival), new Origin(scope, announcement.id().toString(), ""));
    }

    private static String envelope(Announcement announcement) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("version", "0");
        json.put("id", announcement.id().toString());
        json.put("detail-type", DETAIL_TYPE);
        json.put("source", SOURCE);
        json.put("account", announcement.scope().account());
        json.put("time", announcement.time().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("region", announcement.scope().region());
        json.putArray("resources").add(announcement.alarm());
        json.putRawValue("detail", new RawValue(announcement.detail()));
        return JsonMapper.shared().writeValueAsString(json);
    }

    @Override
    public Outcome act(Action action) {
        if (!action.target().service().equals("lambda")) {
            return new Outcome.Failed("alarms act on functions only here");
        }
        var outcome = functions.enqueue(new AsyncInvocation(
                action.scope(),
                action.target().toString(),
                action.id().toString(),
                action.payload().getBytes(StandardCharsets.UTF_8),
                null,
                new ServiceCaller(PRINCIPAL, action.alarm(), action.scope().account())));
        return switch (outcome) {
            case EnqueueOutcome.Accepted() -> new Outcome.Done();
            case EnqueueOutcome.Refused(String reason) -> new Outcome.Failed(reason);
            case EnqueueOutcome.NotFound(String message) -> new Outcome.Failed(message);
            case EnqueueOutcome.TooLarge(String message) -> new Outcome.Failed(message);
            case EnqueueOutcome.Throttled(String reason) -> new Outcome.Failed(reason);
        };
    }
}
