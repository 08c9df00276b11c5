// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.digest;

import dev.clew.traces.assembly.Placed;
import dev.clew.traces.digest.TraceDigest.Detail;
import dev.clew.traces.document.Entity;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Collects the details of one trace's visits and hops, each distinct one once. */
final class Details {
    private final Map<Detail, Integer> references = new LinkedHashMap<>();
    private final Map<Placed, Where> places = new IdentityHashMap<>();

    private record Where(List<String> instanceIds, List<String> zones) {}

    /** All of them, in the order of their references, which begin with 1. */
    List<Detail> all() {
        return List.copyOf(references.keySet());
    }

    /** The reference of what is known of {@code part} and of the segment that it belongs to. */
    int of(Placed part) {
        var segment = part.top();
        var where = places.computeIfAbsent(segment, Details::where);
        return reference(new Detail(
                Digester.http(part.entity().http()),
                segment.entity().user(),
                segment.entity().resourceArn(),
                where.instanceIds,
                where.zones));
    }

    /** The reference of what is known of the called side of {@code call}. */
    int ofInferred(Entity call) {
        return reference(new Detail(Digester.http(call.http()), null, null, List.of(), List.of()));
    }

    private int reference(Detail detail) {
        return detail.equals(Detail.NONE) ? 0 : references.computeIfAbsent(detail, added -> references.size() + 1);
    }

    private static Where where(Placed segment) {
        var instances = new LinkedHashSet<String>();
        var zones = new LinkedHashSet<String>();
        segment.forEach(part -> {
            var aws = part.entity().aws();
            if (aws.instanceId() != null) {
                instances.add(aws.instanceId());
            }
            if (aws.availabilityZone() != null) {
                zones.add(aws.availabilityZone());
            }
        });
        return new Where(List.copyOf(instances), List.copyOf(zones));
    }
}
