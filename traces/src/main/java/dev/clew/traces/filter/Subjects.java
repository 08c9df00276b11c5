// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.digest.TraceDigest.Detail;
import dev.clew.traces.digest.TraceDigest.Http;
import dev.clew.traces.digest.TraceDigest.Node;
import dev.clew.traces.document.Micros;
import dev.clew.traces.document.Status;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The facts of each {@link Subject}, from a digest. Keywords that cannot stand there never arrive here. */
final class Subjects {
    private Subjects() {}

    private static double seconds(long micros) {
        return micros == TraceDigest.NONE ? Double.NaN : Micros.seconds(micros);
    }

    private static List<String> one(@Nullable String text) {
        return text == null ? List.of() : List.of(text);
    }

    private static List<String> http(Http http, Keyword keyword) {
        return one(
                switch (keyword) {
                    case HTTP_URL -> http.url();
                    case HTTP_METHOD -> http.method();
                    case HTTP_USER_AGENT -> http.userAgent();
                    case HTTP_CLIENT_IP -> http.clientIp();
                    default -> throw misplaced(keyword);
                });
    }

    private static IllegalStateException misplaced(Keyword keyword) {
        return new IllegalStateException("the reader let '" + keyword.word() + "' stand where it means nothing");
    }

    /**
     * A trace.
     *
     * @param now microseconds: what is inferred later is not there yet
     */
    record OfTrace(TraceDigest trace, long now) implements Subject {
        @Override
        public boolean flag(Keyword keyword) {
            return switch (keyword) {
                case OK -> trace.ok();
                case ERROR -> trace.status().error();
                case THROTTLE -> trace.status().throttle();
                case FAULT -> trace.status().fault();
                case PARTIAL -> trace.partial();
                case INFERRED -> trace.visits().stream().anyMatch(visit -> visit.inferred() && visit.since() <= now);
                default -> throw misplaced(keyword);
            };
        }

        @Override
        public double number(Keyword keyword) {
            return switch (keyword) {
                case RESPONSE_TIME -> seconds(trace.responseTime());
                case DURATION -> seconds(trace.duration());
                case HTTP_STATUS ->
                    trace.http().status() < 0 ? Double.NaN : trace.http().status();
                default -> throw misplaced(keyword);
            };
        }

        @Override
        public List<String> texts(Keyword keyword) {
            return switch (keyword) {
                case USER -> trace.users().stream().map(TraceDigest.User::name).toList();
                case AVAILABILITY_ZONE -> trace.availabilityZones();
                case INSTANCE_ID -> trace.instanceIds();
                case RESOURCE_ARN -> trace.resourceArns();
                case ACCOUNT_ID ->
                    trace.visits().stream()
                            .filter(visit -> visit.since() <= now)
                            .map(visit -> trace.nodes().get(visit.node()).account())
                            .filter(Objects::nonNull)
                            .distinct()
                            .toList();
                default -> http(trace.http(), keyword);
            };
        }
    }

    /** A segment, or a call. */
    record OfCall(
            Status status,
            long start,
            long end,
            long subtreeStart,
            long subtreeEnd,
            boolean inferred,
            boolean root,
            Node node,
            Detail detail)
            implements Subject {
        static OfCall of(TraceDigest trace, TraceDigest.Visit visit) {
            return new OfCall(
                    visit.status(),
                    visit.start(),
                    visit.end(),
                    visit.subtreeStart(),
                    visit.subtreeEnd(),
                    visit.inferred(),
                    visit.node() == trace.entryPoint(),
                    trace.nodes().get(visit.node()),
                    trace.detail(visit.detail()));
        }

        static OfCall of(TraceDigest trace, TraceDigest.Hop hop) {
            return new OfCall(
                    hop.status(),
                    hop.start(),
                    hop.end(),
                    hop.subtreeStart(),
                    hop.subtreeEnd(),
                    hop.inferred(),
                    hop.from() == trace.entryPoint(),
                    trace.nodes().get(hop.from()),
                    trace.detail(hop.detail()));
        }

        private boolean inProgress() {
            return end == TraceDigest.NONE;
        }

        @Override
        public boolean flag(Keyword keyword) {
            return switch (keyword) {
                case OK -> status.ok();
                case ERROR -> status.error();
                case THROTTLE -> status.throttle();
                case FAULT -> status.fault();
                case PARTIAL -> inProgress();
                case INFERRED -> inferred;
                case ROOT -> root;
                default -> throw misplaced(keyword);
            };
        }

        @Override
        public double number(Keyword keyword) {
            return switch (keyword) {
                case RESPONSE_TIME -> inProgress() ? Double.NaN : Micros.seconds(end - start);
                case DURATION -> inProgress() ? Double.NaN : Micros.seconds(subtreeEnd - subtreeStart);
                case HTTP_STATUS ->
                    detail.http().status() < 0 ? Double.NaN : detail.http().status();
                default -> throw misplaced(keyword);
            };
        }

        @Override
        public List<String> texts(Keyword keyword) {
            return switch (keyword) {
                case USER -> one(detail.user());
                case AVAILABILITY_ZONE -> detail.availabilityZones();
                case INSTANCE_ID -> detail.instanceIds();
                case RESOURCE_ARN -> one(detail.resourceArn());
                case ACCOUNT_ID -> one(node.account());
                default -> http(detail.http(), keyword);
            };
        }
    }

    /** A service, entity or exception of a root cause. */
    record OfCause(
            @Nullable String name,
            @Nullable String type,
            @Nullable String message,
            boolean inferred,
            boolean remote,
            double coverage,
            int index,
            boolean first,
            boolean last)
            implements Subject {
        @Override
        public boolean flag(Keyword keyword) {
            return switch (keyword) {
                case INFERRED -> inferred;
                case REMOTE -> remote;
                case FIRST -> first;
                case LAST -> last;
                default -> throw misplaced(keyword);
            };
        }

        @Override
        public double number(Keyword keyword) {
            return switch (keyword) {
                case INDEX -> index;
                case COVERAGE -> coverage;
                default -> throw misplaced(keyword);
            };
        }

        @Override
        public List<String> texts(Keyword keyword) {
            return switch (keyword) {
                case NAME -> one(name);
                case TYPE -> one(type);
                case MESSAGE -> one(message);
                default -> throw misplaced(keyword);
            };
        }
    }
}
