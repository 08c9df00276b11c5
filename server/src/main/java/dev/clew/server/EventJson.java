// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import dev.clew.events.ledger.Step;
import dev.clew.events.story.EventStory;
import dev.clew.events.story.EventStory.DeliveryStory;
import dev.clew.events.story.EventStory.Miss;
import dev.clew.events.story.EventStory.OnBus;
import dev.clew.events.story.EventSummary;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Stories of events as JSON: names in the manner of the event's own, outcomes as words, the event itself verbatim. */
final class EventJson {
    private EventJson() {}

    static String page(EventSummary.Page page) {
        return write(out -> {
            out.writeArrayPropertyStart("events");
            page.events().forEach(event -> {
                out.writeStartObject();
                summary(out, event);
                out.writeEndObject();
            });
            out.writeEndArray();
            text(out, "next", page.next());
        });
    }

    private static void summary(JsonGenerator out, EventSummary event) {
        text(out, "id", event.id());
        text(out, "bus", event.bus());
        text(out, "account", event.account());
        text(out, "region", event.region());
        text(out, "accepted", event.accepted());
        text(out, "source", event.source());
        text(out, "detail-type", event.detailType());
        text(out, "outcome", event.outcome().word());
        text(out, "trace", event.trace());
        text(out, "cause", event.cause());
        texts(out, "matched", event.matched());
        deliveries(out, event.deliveries(), false);
    }

    /** The first bus's part of the story also stands at the top: most events never leave it. */
    static String story(EventStory story) {
        return write(out -> {
            text(out, "id", story.id());
            onBus(out, story.arrivals().getFirst());
            out.writeArrayPropertyStart("arrivals");
            story.arrivals().forEach(arrival -> {
                out.writeStartObject();
                onBus(out, arrival);
                out.writeEndObject();
            });
            out.writeEndArray();
        });
    }

    private static void onBus(JsonGenerator out, OnBus part) {
        text(out, "bus", part.bus());
        text(out, "account", part.account());
        text(out, "region", part.region());
        text(out, "accepted", part.accepted());
        text(out, "source", part.source());
        text(out, "detail-type", part.detailType());
        text(out, "via", part.via());
        out.writeNumberProperty("hops", part.hops());
        text(out, "outcome", part.outcome().word());
        text(out, "trace", part.trace());
        out.writeName("event");
        out.writeRawValue(part.event());
        texts(out, "matched", part.matched());
        deliveries(out, part.deliveries(), true);
        out.writeArrayPropertyStart("missed");
        part.misses().forEach(miss -> miss(out, miss));
        out.writeEndArray();
    }

    private static void miss(JsonGenerator out, Miss miss) {
        out.writeStartObject();
        text(out, "rule", miss.rule());
        text(out, "why", miss.reason());
        text(out, "path", miss.path());
        text(out, "expected", miss.expected());
        text(out, "saw", miss.saw());
        out.writeNumberProperty("held", miss.held());
        out.writeNumberProperty("clauses", miss.clauses());
        out.writeEndObject();
    }

    private static void deliveries(JsonGenerator out, List<DeliveryStory> deliveries, boolean whole) {
        out.writeArrayPropertyStart("deliveries");
        for (var delivery : deliveries) {
            out.writeStartObject();
            text(out, "id", delivery.id());
            text(out, "rule", delivery.rule());
            text(out, "target", delivery.target());
            text(out, "target-id", delivery.targetId());
            text(out, "outcome", word(delivery.state()));
            text(out, "code", delivery.code());
            text(out, "cause", delivery.cause());
            text(out, "exhausted", delivery.exhausted());
            text(out, "next", delivery.next());
            text(out, "dead-letter-queue", delivery.deadLetterQueue());
            if (whole) {
                out.writeArrayPropertyStart("attempts");
                delivery.steps().forEach(step -> step(out, step));
                out.writeEndArray();
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void step(JsonGenerator out, Step step) {
        out.writeStartObject();
        out.writeNumberProperty("attempt", step.attempt());
        text(out, "outcome", word(step.outcome()));
        text(out, "target", step.target());
        text(out, "time", step.begin());
        text(out, "end", step.end());
        out.writeNumberProperty("wait-ms", step.waitMillis());
        text(out, "code", step.code());
        text(out, "reason", step.reason());
        text(out, "exhausted", step.exhausted());
        text(out, "next", step.next());
        text(out, "payload", step.payload());
        out.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void texts(JsonGenerator out, String name, List<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
    }

    /** Nothing if there is no value. */
    private static void text(JsonGenerator out, String name, @Nullable Object value) {
        if (value != null) {
            out.writeStringProperty(name, value.toString());
        }
    }

    private static String write(Consumer<JsonGenerator> members) {
        var text = new StringWriter();
        try (var out = JsonMapper.shared().createGenerator(text)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }
        return text.toString();
    }
}
