// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.publish;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.bus.BusName;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events that other services of this server put on a bus. Safe for use by many threads. */
public final class ServiceEvents {
    private final Intake intake;
    private final InstantSource time;
    private final IdSource ids;

    public ServiceEvents(Intake intake, InstantSource time, IdSource ids) {
        this.intake = intake;
        this.time = time;
        this.ids = ids;
    }

    /**
     * Puts one event on a bus; durable when it returns.
     *
     * @param scope of the service's resource
     * @param bus name or ARN; null for the default bus
     * @param detail a JSON object
     * @param trace context that it continues; null if it begins a trace
     * @param via ARN of what puts it there
     * @return its id
     * @throws IllegalArgumentException if {@code detail} is something else
     */
    public UUID put(
            Scope scope,
            @Nullable String bus,
            String source,
            String detailType,
            List<String> resources,
            String detail,
            @Nullable TraceHeader trace,
            String via) {
        if (!Envelope.isObject(detail)) {
            throw new IllegalArgumentException("detail: not a JSON object");
        }
        var id = ids.nextUuid();
        var json = Envelope.of(id, detailType, source, scope, time.instant(), resources, detail);
        var name = BusName.of(bus, scope);
        intake.take(
                List.of(new Arrival(id, id, name, source, detailType, json, trace, 0, via, null)),
                new Origin(scope, id.toString(), ""));
        return id;
    }
}
