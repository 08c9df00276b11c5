// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.query;

import dev.clew.traces.api.AnnotationValue;
import dev.clew.traces.api.AvailabilityZoneDetail;
import dev.clew.traces.api.Http;
import dev.clew.traces.api.InstanceIdDetail;
import dev.clew.traces.api.ResourceARNDetail;
import dev.clew.traces.api.ServiceId;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.TraceUser;
import dev.clew.traces.api.ValueWithServiceIds;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes digests as GetTraceSummaries answers them: lists are never absent, and neither is {@code Http}. */
final class Summaries {
    private Summaries() {}

    /** @param matched microseconds, or {@link TraceDigest#NONE} */
    static TraceSummary summary(TraceDigest digest, long matched) {
        var ids = digest.nodes().stream().map(Summaries::serviceId).toList();
        return TraceSummary.builder()
                .id(digest.traceId())
                .startTime(Micros.instant(digest.start()))
                .duration(seconds(digest.duration()))
                .responseTime(seconds(digest.responseTime()))
                .hasFault(digest.status().fault())
                .hasError(digest.status().error())
                .hasThrottle(digest.status().throttle())
                .isPartial(digest.partial())
                .http(http(digest.http()))
                .annotations(annotations(digest, ids))
                .users(digest.users().stream()
                        .map(user -> new TraceUser(user.name(), at(ids, user.nodes())))
                        .toList())
                .serviceIds(ids)
                .resourceARNs(digest.resourceArns().stream()
                        .map(ResourceARNDetail::new)
                        .toList())
                .instanceIds(
                        digest.instanceIds().stream().map(InstanceIdDetail::new).toList())
                .availabilityZones(digest.availabilityZones().stream()
                        .map(AvailabilityZoneDetail::new)
                        .toList())
                .entryPoint(digest.entryPoint() < 0 ? null : ids.get(digest.entryPoint()))
                .faultRootCauses(CauseLists.faults(digest.rootCauses().faults()))
                .errorRootCauses(CauseLists.errors(digest.rootCauses().errors()))
                .responseTimeRootCauses(
                        CauseLists.responseTimes(digest.rootCauses().responseTimes()))
                .revision(digest.revision())
                .matchedEventTime(matched == TraceDigest.NONE ? null : Micros.instant(matched))
                .build();
    }

    private static @Nullable Double seconds(long micros) {
        return micros == TraceDigest.NONE ? null : Micros.seconds(micros);
    }

    private static ServiceId serviceId(TraceDigest.Node node) {
        return ServiceId.builder()
                .name(node.name())
                .names(List.of(node.name()))
                .accountId(node.account())
                .type(node.type())
                .build();
    }

    private static List<ServiceId> at(List<ServiceId> ids, List<Integer> indexes) {
        return indexes.stream().map(ids::get).toList();
    }

    private static Http http(TraceDigest.Http http) {
        return Http.builder()
                .httpURL(http.url())
                .httpStatus(http.status() < 0 ? null : http.status())
                .httpMethod(http.method())
                .userAgent(http.userAgent())
                .clientIp(http.clientIp())
                .build();
    }

    private static Map<String, List<ValueWithServiceIds>> annotations(TraceDigest digest, List<ServiceId> ids) {
        var annotations = new LinkedHashMap<String, List<ValueWithServiceIds>>();
        for (var annotation : digest.annotations()) {
            var value = AnnotationValue.builder()
                    .stringValue(annotation.text())
                    .numberValue(annotation.number())
                    .booleanValue(annotation.flag())
                    .build();
            annotations
                    .computeIfAbsent(annotation.key(), added -> new ArrayList<>())
                    .add(new ValueWithServiceIds(value, at(ids, annotation.nodes())));
        }
        return annotations;
    }
}
