// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.core.Arn;
import dev.clew.core.trace.SegmentWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segment that a stage writes for a request that is recorded. */
final class StageSegment {
    static final String ORIGIN = "AWS::ApiGateway::Stage";

    private final Exchange exchange;

    private StageSegment(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The document of a finished exchange. */
    static String of(Exchange exchange) {
        return SegmentWriter.document(new StageSegment(exchange)::write);
    }

    private void write(SegmentWriter out) {
        var trace = exchange.trace;
        var stage = exchange.stage;
        var outcome = exchange.ended();
        out.text("id", trace.segment())
                .text("name", stage.serviceName())
                .time("start_time", exchange.start)
                .time("end_time", outcome.end())
                .text("trace_id", trace.incoming().root())
                .text("parent_id", trace.incoming().parent())
                .object("http", this::http);
        flags(out, outcome.status());
        if (exchange.hop != null && exchange.hop.problem() != null) {
            // the exception is told once, where it happened, and referred to from here
            out.text("cause", exchange.hop.problem().id());
        }
        out.object("aws", this::aws)
                .object(
                        "annotations",
                        annotations ->
                                annotations.text("aws:api_id", stage.key().id()).text("aws:api_stage", stage.name()))
                .object(
                        "metadata",
                        metadata -> metadata.object(
                                "default",
                                values -> values.text("extended_request_id", exchange.ids.extendedRequestId())
                                        .text("request_id", exchange.ids.requestId())))
                .text("origin", ORIGIN)
                .text("resource_arn", stage.arn());
        if (exchange.hop != null) {
            var hop = exchange.hop;
            out.objects("subsegments", List.of(subsegment -> lambda(subsegment, hop)));
        }
    }

    private void http(SegmentWriter out) {
        var request = exchange.request;
        var outcome = exchange.ended();
        out.object(
                        "request",
                        it -> it.text(
                                        "url",
                                        (request.secure() ? "https://" : "http://") + request.host() + request.path())
                                .text("method", request.method())
                                .text("user_agent", exchange.header("User-Agent"))
                                .text("client_ip", request.remoteAddress())
                                .bool("x_forwarded_for", true))
                // the original tells no length here, only in the subsegment
                .object("response", it -> it.number("status", outcome.status()).number("content_length", 0));
    }

    private void aws(SegmentWriter out) {
        var stage = exchange.stage;
        out.object(
                "api_gateway",
                it -> it.text("account_id", stage.key().scope().account())
                        .text("rest_api_id", stage.key().id())
                        .text("stage", stage.name())
                        .text("request_id", exchange.ids.requestId()));
        var rule = exchange.trace.rule();
        if (rule != null) {
            out.object("xray", it -> it.text("sampling_rule_name", rule));
        }
    }

    private void lambda(SegmentWriter out, Hop hop) {
        var region = exchange.stage.key().scope().region();
        var arn = functionArn(hop.function());
        var name = functionName(arn);
        out.text("id", hop.id())
                .text("name", "Lambda")
                .time("start_time", hop.start())
                .time("end_time", hop.end())
                .object("http", http -> {
                    http.object(
                            "request",
                            it -> it.text(
                                            "url",
                                            "https://lambda." + region + ".amazonaws.com/2015-03-31/functions/" + arn
                                                    + "/invocations")
                                    .text("method", "POST"));
                    if (hop.status() != 0) {
                        http.object(
                                "response",
                                it -> it.number("status", hop.status()).number("content_length", hop.length()));
                    }
                });
        flags(out, hop.status() == 0 ? 504 : hop.status());
        cause(out, hop.problem());
        out.object(
                        "aws",
                        it -> it.text("function_name", name)
                                .text("region", region)
                                .text("operation", "Invoke")
                                .texts("resource_names", List.of(name)))
                .text("namespace", "aws");
    }

    private static void cause(SegmentWriter out, Hop.@Nullable Problem problem) {
        if (problem != null) {
            out.object(
                    "cause",
                    cause -> cause.objects(
                            "exceptions",
                            List.of(exception -> exception
                                    .text("id", problem.id())
                                    .text("type", problem.type())
                                    .text("message", problem.message())
                                    .flag("remote", problem.remote()))));
        }
    }

    private static void flags(SegmentWriter out, int status) {
        out.flag("error", status >= 400 && status < 500)
                .flag("throttle", status == 429)
                .flag("fault", status >= 500);
    }

    private String functionArn(String function) {
        return Arn.parse(function)
                .map(Arn::toString)
                .orElseGet(() -> Arn.of("lambda", exchange.stage.key().scope(), "function:" + function)
                        .toString());
    }

    /** The name in {@code arn:…:function:name[:qualifier]}. */
    private static String functionName(String arn) {
        var parts = arn.split(":");
        return parts.length > 6 ? parts[6] : arn;
    }
}
