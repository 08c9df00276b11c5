// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.emission;

import dev.clew.core.store.WriteBatch;
import dev.clew.core.trace.TraceHeader;
import dev.clew.events.publish.Arrival;
import dev.clew.events.publish.Intake;
import dev.clew.events.publish.Origin;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts events on their bus the way that every other event takes. */
public final class IntakeEmitter implements Emitter {
    private final Intake intake;
    private final LongSupplier owed;

    /** @param owed deliveries owed at the moment */
    public IntakeEmitter(Intake intake, LongSupplier owed) {
        this.intake = intake;
        this.owed = owed;
    }

    @Override
    public void emit(List<Emission> events, Consumer<WriteBatch> with) {
        var first = events.getFirst();
        var origin = new Origin(first.bus().scope(), first.id().toString(), "");
        intake.take(events.stream().map(IntakeEmitter::arrival).toList(), origin, with);
    }

    @Override
    public long owed() {
        return owed.getAsLong();
    }

    private static Arrival arrival(Emission event) {
        return new Arrival(
                event.id(),
                event.id(),
                event.bus(),
                event.source(),
                event.detailType(),
                event.json(),
                trace(event.trace()),
                0,
                event.via(),
                rules(event),
                event.rules() instanceof Emission.Takers.Only,
                event.trace() instanceof Emission.Trace.Linked);
    }

    private static @Nullable TraceHeader trace(Emission.Trace trace) {
        return switch (trace) {
            case Emission.Trace.Continued continued -> continued.context();
            case Emission.Trace.Linked linked -> linked.origin();
            case Emission.Trace.Started _ -> null;
        };
    }

    private static @Nullable Set<String> rules(Emission event) {
        return switch (event.rules()) {
            case Emission.Takers.All _ -> null;
            case Emission.Takers.Matching matching -> matching.rules();
            case Emission.Takers.Only only ->
                Set.of(event.bus().ruleArn(only.rule()).toString());
        };
    }
}
