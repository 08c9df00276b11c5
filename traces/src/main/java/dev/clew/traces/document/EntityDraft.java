// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import dev.clew.traces.document.RefusedDocument.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entity while its members arrive, in whatever order the sender chose. */
final class EntityDraft {
    private static final int ID_LENGTH = 16;
    private static final int MAX_NAME = 200;
    private static final String NAME_SIGNS = "_.:/%&#=+\\-@";
    private static final double MAX_SECONDS = 1e11; // year 5138; micros of it still fit a long

    /** A member that is there but not of the type that the format wants. */
    static final String WRONG_TYPE = "\0";

    @Nullable
    String id;

    @Nullable
    String traceId;

    @Nullable
    String parentId;

    @Nullable
    String name;

    double start = Double.NaN;
    double end = Double.NaN;
    boolean hasStart;
    boolean hasEnd;
    boolean inProgress;
    boolean subsegmentType;
    boolean error;
    boolean throttle;
    boolean fault;
    boolean sql;
    boolean traced;
    boolean linkedFromParent;

    @Nullable
    String namespace;

    @Nullable
    String origin;

    @Nullable
    String resourceArn;

    @Nullable
    String user;

    Entity.Http http = Entity.Http.NONE;
    Entity.Aws aws = Entity.Aws.NONE;
    Entity.Cause cause = Entity.Cause.NONE;
    List<Entity.Annotation> annotations = List.of();
    List<EntityDraft> subsegments = List.of();

    void add(EntityDraft subsegment) {
        if (subsegments.isEmpty()) {
            subsegments = new ArrayList<>();
        }
        subsegments.add(subsegment);
    }

    /**
     * Checks what every entity must have, those inside not included.
     *
     * @param documentId id to report
     * @param strictNames whether names are held to the format's characters and length
     */
    void check(@Nullable String documentId, boolean subsegment, boolean strictNames) throws RefusedDocument {
        if (name == null || name.isEmpty()) {
            throw new RefusedDocument(documentId, Code.MissingName, subsegment);
        }
        if (name.equals(WRONG_TYPE) || strictNames && !wellNamed(name)) {
            throw new RefusedDocument(documentId, Code.InvalidName, subsegment);
        }
        if (!hasStart) {
            throw new RefusedDocument(documentId, Code.MissingStartTime, subsegment);
        }
        if (!plausible(start)) {
            throw new RefusedDocument(documentId, Code.InvalidStartTime, subsegment);
        }
        if (!hasEnd && !inProgress) {
            throw new RefusedDocument(documentId, Code.MissingEndTime, subsegment);
        }
        if (hasEnd && !(plausible(end) && end >= start)) {
            throw new RefusedDocument(documentId, Code.InvalidEndTime, subsegment);
        }
    }

    /** Checks all subsegments inside. */
    void checkInner(@Nullable String documentId, boolean strictNames) throws RefusedDocument {
        for (var inner : subsegments) {
            if (inner.id == null) {
                throw new RefusedDocument(documentId, Code.MissingId, true);
            }
            if (inner.id.length() != ID_LENGTH) {
                throw new RefusedDocument(documentId, Code.InvalidId, true);
            }
            inner.check(documentId, true, strictNames);
            inner.checkInner(documentId, strictNames);
        }
    }

    static boolean isId(String text) {
        return text.length() == ID_LENGTH;
    }

    private static boolean plausible(double seconds) {
        return seconds >= 0 && seconds < MAX_SECONDS; // false for NaN
    }

    private static boolean wellNamed(String name) {
        return name.length() <= MAX_NAME
                && name.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c)
                                || Character.isWhitespace(c)
                                || c < 128 && NAME_SIGNS.indexOf(c) >= 0);
    }

    /** The entity; only after {@link #check}. */
    Entity build() {
        return new Entity(
                id == null ? "" : id,
                parentId,
                name == null ? "" : name,
                micros(start),
                hasEnd && !inProgress ? micros(end) : Entity.NO_END,
                Status.of(error, throttle, fault, http.status()),
                namespace,
                origin,
                resourceArn,
                user,
                http,
                aws,
                sql,
                traced,
                linkedFromParent,
                cause,
                List.copyOf(annotations),
                subsegments.isEmpty()
                        ? List.of()
                        : subsegments.stream().map(EntityDraft::build).toList());
    }

    private static long micros(double seconds) {
        return Math.round(seconds * 1e6);
    }
}
