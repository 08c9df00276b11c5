// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.assembly;

import dev.clew.traces.document.Entity;
import dev.clew.traces.document.SegmentDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An entity at its place in a trace. Complete once {@link Assembly} is made; not changed afterwards. */
public final class Placed {
    private final Entity entity;
    private final @Nullable SegmentDocument document;
    private final List<Placed> subsegments = new ArrayList<>();
    private final List<Placed> downstream = new ArrayList<>();

    private @Nullable Placed enclosing;
    private @Nullable Placed caller;

    Placed(Entity entity, @Nullable SegmentDocument document) {
        this.entity = entity;
        this.document = document;
    }

    public Entity entity() {
        return entity;
    }

    /** The document that the entity was sent in, if it is that document's topmost. */
    public @Nullable SegmentDocument document() {
        return document;
    }

    /** Subsegments, those sent in documents of their own after those sent inside this entity. */
    public List<Placed> subsegments() {
        return Collections.unmodifiableList(subsegments);
    }

    /** The segments that this entity called. */
    public List<Placed> downstream() {
        return Collections.unmodifiableList(downstream);
    }

    /** The entity that this one is a subsegment of; null for a segment and for an orphan. */
    public @Nullable Placed enclosing() {
        return enclosing;
    }

    /** The entity that called this segment; null if it is not in the trace. */
    public @Nullable Placed caller() {
        return caller;
    }

    /** The segment, or orphan, that this entity is part of. */
    public Placed top() {
        var top = this;
        while (top.enclosing != null) {
            top = top.enclosing;
        }
        return top;
    }

    /** Visits this entity and all subsegments below it, parents first. */
    public void forEach(Consumer<Placed> visitor) {
        visitor.accept(this);
        subsegments.forEach(inner -> inner.forEach(visitor)); // depth is bounded by Assembly
    }

    void adopt(Placed subsegment) {
        subsegments.add(subsegment);
        subsegment.enclosing = this;
    }

    void abandon(Placed subsegment) {
        subsegments.remove(subsegment);
        subsegment.enclosing = null;
    }

    void calls(Placed segment) {
        downstream.add(segment);
        segment.caller = this;
    }
}
