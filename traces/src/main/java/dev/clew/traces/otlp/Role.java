// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/** What a span becomes. Most become one entity; a call that is also the first thing a service did becomes two. */
enum Role {
    /** The work of a service. */
    SEGMENT,
    /** A part of it. */
    SUBSEGMENT,
    /** The service's half of a span that is also a call. */
    SERVICE,
    /** The call's half. */
    CALL;

    private static final int HAS_IS_REMOTE = 0x100;
    private static final int IS_REMOTE = 0x200;

    boolean isSegment() {
        return this == SEGMENT || this == SERVICE;
    }

    static List<Role> of(Span span, boolean isRoot, Attributes attributes, boolean consumerAsSegment) {
        boolean first = isLocalRoot(span, attributes);
        var otherwise = List.of(isRoot ? SEGMENT : SUBSEGMENT);
        return switch (span.getKind()) {
            case SPAN_KIND_SERVER -> List.of(SEGMENT);
            case SPAN_KIND_CLIENT, SPAN_KIND_PRODUCER -> first ? List.of(SERVICE, CALL) : otherwise;
            case SPAN_KIND_CONSUMER -> {
                boolean plain = consumerAsSegment && !attributes.has("aws.span.kind");
                yield !first ? otherwise : plain ? List.of(SEGMENT) : List.of(SERVICE, CALL);
            }
            case SPAN_KIND_INTERNAL, SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> first ? List.of(SEGMENT) : otherwise;
        };
    }

    /** Whether it is the first span of its service, as far as the sender says. */
    static boolean isLocalRoot(Span span, Attributes attributes) {
        return isMarkedLocalRoot(attributes) || hasRemoteParent(span);
    }

    private static boolean isMarkedLocalRoot(Attributes attributes) {
        return "LOCAL_ROOT".equals(attributes.text("aws.span.kind"));
    }

    private static boolean hasRemoteParent(Span span) {
        return (span.getFlags() & (HAS_IS_REMOTE | IS_REMOTE)) == (HAS_IS_REMOTE | IS_REMOTE);
    }
}
