// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.invoke;

import dev.clew.core.Arn;
import dev.clew.core.IdSource;
import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.SegmentWriter;
import dev.clew.core.trace.TraceHeader;
import dev.clew.functions.catalog.FunctionVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the two documents of an invocation: {@code AWS::Lambda} and, for each try, {@code AWS::Lambda::Function}. */
public final class LambdaSegments {
    private static final int MAX_LINKS = 20;

    private final IdSource ids;

    public LambdaSegments(IdSource ids) {
        this.ids = ids;
    }

    /** A part of time, by its ends. */
    record Span(Instant start, Instant end) {}

    /**
     * The times of one try.
     *
     * @param init start of the environment, if this is its first invocation
     * @param invocation from handing over to the answer
     * @param ready when the environment could take the next one
     */
    record Times(@Nullable Span init, Span invocation, Instant ready) {}

    /** The {@code AWS::Lambda::Function} segment of one try. */
    String function(Attempt attempt, SegmentId id, SegmentId invocation, Times times, @Nullable FunctionFault fault) {
        var version = attempt.version();
        return SegmentWriter.document(out -> {
            out.text("id", id)
                    .text("name", version.name())
                    .text("trace_id", attempt.traced().root())
                    .text("parent_id", attempt.parent())
                    .time("start_time", times.invocation().start())
                    .time("end_time", times.ready())
                    .text("origin", "AWS::Lambda::Function")
                    .object(
                            "aws",
                            aws -> aws.text("account_id", version.scope().account())
                                    .text("function_arn", version.functionArn())
                                    .texts("resource_names", List.of(version.name())));
            fault(out, fault);
            var parts = new ArrayList<Consumer<SegmentWriter>>();
            if (times.init() != null) {
                parts.add(part(ids.nextSegmentId(), "Initialization", times.init(), version, null));
            }
            parts.add(part(invocation, "Invocation", times.invocation(), version, fault));
            parts.add(part(
                    ids.nextSegmentId(), "Overhead", new Span(times.invocation().end(), times.ready()), version, null));
            out.objects("subsegments", parts);
        });
    }

    private Consumer<SegmentWriter> part(
            SegmentId id, String name, Span span, FunctionVersion version, @Nullable FunctionFault fault) {
        return out -> {
            out.text("id", id)
                    .text("name", name)
                    .time("start_time", span.start())
                    .time("end_time", span.end())
                    .object("aws", aws -> aws.text("function_arn", version.functionArn()));
            fault(out, fault);
        };
    }

    private void fault(SegmentWriter out, @Nullable FunctionFault fault) {
        if (fault != null) {
            out.flag("fault", true);
            fault.write(out, ids);
        }
    }

    /**
     * What the {@code AWS::Lambda} segment tells of an invocation.
     *
     * @param end null while retries are to come
     * @param status 200 for a synchronous one, 202 for an asynchronous one, 429 if it was throttled
     * @param parts its waits and tries, if it is asynchronous
     * @param links to the traces that caused it, if it has one of its own
     */
    public record Service(
            FunctionVersion version,
            String requestId,
            TraceContext traced,
            Instant start,
            @Nullable Instant end,
            int status,
            boolean fault,
            List<Part> parts,
            List<TraceHeader> links) {
        public Service {
            parts = List.copyOf(parts);
            links = List.copyOf(links);
        }

        /** One that is part of its cause's trace. */
        public Service(
                FunctionVersion version,
                String requestId,
                TraceContext traced,
                Instant start,
                @Nullable Instant end,
                int status,
                boolean fault,
                List<Part> parts) {
            this(version, requestId, traced, start, end, status, fault, parts, List.of());
        }
    }

    /** A wait or a try of an asynchronous invocation; still going on while {@code end} is null. */
    public record Part(
            SegmentId id,
            String name,
            Instant start,
            @Nullable Instant end,
            boolean fault) {}

    /** The {@code AWS::Lambda} segment; in progress while it has no end. */
    public String service(Service service) {
        var traced = service.traced();
        boolean throttled = service.status() == 429;
        return SegmentWriter.document(out -> {
            out.text("id", traced.segment())
                    .text("name", service.version().name())
                    .text("trace_id", traced.root())
                    .text("parent_id", traced.parent())
                    .time("start_time", service.start().truncatedTo(ChronoUnit.MILLIS));
            end(out, service.end() == null ? null : roundedUp(service.end()));
            out.flag("error", throttled)
                    .flag("throttle", throttled)
                    .flag("fault", service.fault())
                    .object(
                            "http",
                            http -> http.object("response", response -> response.number("status", service.status())))
                    .object("aws", aws -> {
                        aws.text("request_id", service.requestId());
                        if (traced.rule() != null) {
                            aws.object("xray", xray -> xray.text("sampling_rule_name", traced.rule()));
                        }
                    })
                    .text("origin", "AWS::Lambda")
                    .text("resource_arn", service.version().functionArn())
                    .objects(
                            "links",
                            service.links().stream()
                                    .limit(MAX_LINKS)
                                    .map(LambdaSegments::link)
                                    .toList())
                    .objects(
                            "subsegments",
                            service.parts().stream().map(LambdaSegments::part).toList());
        });
    }

    private static Consumer<SegmentWriter> link(TraceHeader cause) {
        return link -> link.text("trace_id", cause.root())
                .text("id", cause.parent())
                .object("attributes", attributes -> attributes.text("aws.xray.reserved.reference_type", "parent"));
    }

    private static Consumer<SegmentWriter> part(Part part) {
        return out -> {
            out.text("id", part.id()).text("name", part.name()).time("start_time", part.start());
            end(out, part.end());
            out.flag("fault", part.fault());
        };
    }

    /** A subsegment of the {@code AWS::Lambda} segment: who was told how an asynchronous invocation ended. */
    public String letter(
            TraceContext traced, String arn, boolean dead, Instant begin, Instant end, Optional<String> problem) {
        var destination = Arn.parse(arn);
        var queue = destination.filter(target -> target.service().equals("sqs"));
        return SegmentWriter.document(out -> {
            out.text("id", ids.nextSegmentId())
                    .text("name", queue.isPresent() ? "SQS" : arn.substring(arn.lastIndexOf(':') + 1))
                    .text("type", "subsegment")
                    .text("trace_id", traced.root())
                    .text("parent_id", traced.segment())
                    .time("start_time", begin)
                    .time("end_time", end)
                    .flag("error", problem.isPresent());
            queue.ifPresent(target -> out.text("namespace", "aws")
                    .object(
                            "aws",
                            aws -> aws.text("operation", "SendMessage")
                                    .text("region", target.region())
                                    .text("account_id", target.account())
                                    .text(
                                            "queue_url",
                                            "https://sqs." + target.region() + ".amazonaws.com/" + target.account()
                                                    + '/' + target.resource())
                                    .texts("resource_names", List.of(arn))));
            out.object(
                    "annotations",
                    annotations -> annotations
                            .text("clew.outcome", problem.isPresent() ? "failed" : dead ? "dead-lettered" : "delivered")
                            .text(dead ? "clew.dead_letter_queue" : "clew.destination", arn));
            problem.ifPresent(reason -> out.object(
                    "cause",
                    cause -> cause.objects(
                            "exceptions",
                            List.of(exception -> exception
                                    .text("id", ids.nextSegmentId())
                                    .text("type", "clew.DESTINATION")
                                    .text("message", reason)))));
        });
    }

    private static void end(SegmentWriter out, @Nullable Instant end) {
        if (end == null) {
            out.flag("in_progress", true);
        } else {
            out.time("end_time", end);
        }
    }

    /** Milliseconds, as the original has them, without ending before what happened inside. */
    private static Instant roundedUp(Instant time) {
        var truncated = time.truncatedTo(ChronoUnit.MILLIS);
        return truncated.equals(time) ? time : truncated.plusMillis(1);
    }
}
