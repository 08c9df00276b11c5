// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment or subsegment as far as queries look inside it; everything else stays in the document's bytes.
 *
 * @param id 16 characters; a document's topmost entity always has one, {@code ""} only inside array elements that fail
 * @param parentId the {@code parent_id} as sent, or null
 * @param start microseconds since the epoch
 * @param end microseconds since the epoch; {@link #NO_END} while in progress
 * @param status the flags, those that follow from the HTTP status included
 * @param namespace {@code aws}, {@code remote} or null
 * @param traced whether the called side promised a segment of its own
 * @param linkedFromParent whether a link says that another trace caused this entity
 */
public record Entity(
        String id,
        @Nullable String parentId,
        String name,
        long start,
        long end,
        Status status,
        @Nullable String namespace,
        @Nullable String origin,
        @Nullable String resourceArn,
        @Nullable String user,
        Http http,
        Aws aws,
        boolean sql,
        boolean traced,
        boolean linkedFromParent,
        Cause cause,
        List<Annotation> annotations,
        List<Entity> subsegments) {
    /** The end of an entity in progress. */
    public static final long NO_END = -1;

    public boolean inProgress() {
        return end == NO_END;
    }

    /** Microseconds from start to end; 0 while in progress. */
    public long duration() {
        return inProgress() ? 0 : end - start;
    }

    /**
     * The {@code http} block.
     *
     * @param status -1 if absent
     */
    public record Http(
            @Nullable String url,
            @Nullable String method,
            @Nullable String userAgent,
            @Nullable String clientIp,
            int status) {
        public static final Http NONE = new Http(null, null, null, null, -1);
    }

    /**
     * The {@code aws} block.
     *
     * @param resourceName first of {@code resource_names}
     * @param tableName {@code table_name}, else the only one of {@code table_names}
     * @param severalTables whether {@code table_names} has more than one element
     */
    public record Aws(
            @Nullable String accountId,
            @Nullable String instanceId,
            @Nullable String availabilityZone,
            @Nullable String resourceName,
            @Nullable String tableName,
            boolean severalTables,
            @Nullable String queueUrl,
            @Nullable String functionName) {
        public static final Aws NONE = new Aws(null, null, null, null, null, false, null, null);
    }

    /**
     * The {@code cause}: either the id of an exception elsewhere in the trace, or exceptions.
     *
     * @param reference null unless the cause is a string
     */
    public record Cause(@Nullable String reference, List<Thrown> exceptions) {
        public static final Cause NONE = new Cause(null, List.of());
    }

    /** One exception of a cause. */
    public record Thrown(
            @Nullable String id,
            @Nullable String type,
            @Nullable String message,
            boolean remote) {}

    /**
     * One annotation.
     *
     * @param value a String, a Double or a Boolean
     */
    public record Annotation(String key, Object value) {}
}
