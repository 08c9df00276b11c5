// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.trace.SegmentId;
import dev.clew.core.trace.TraceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The documents of one order in the sample system, shaped like captured ones: API stage, order function, bus, payment and
 * inventory functions, bus, notification function twice. Fourteen segments; the functions' SDK sends its subsegments in
 * documents of their own, children first.
 */
public final class Recipe {
    public static final int SEGMENTS = 14;

    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "111111111111";

    private final TraceId trace;
    private final long start;
    private final List<String> documents = new ArrayList<>();
    private long nextId;

    private Recipe(TraceId trace, long startMicros) {
        this.trace = trace;
        this.start = startMicros;
        this.nextId = startMicros << 8;
    }

    /** All documents of an order whose trace begins {@code millis} after the second in its id. */
    public static List<String> documents(TraceId trace, int millis) {
        var recipe = new Recipe(trace, trace.epochSecond() * 1_000_000 + millis * 1_000L);
        recipe.order();
        return List.copyOf(recipe.documents);
    }

    private void order() {
        var stage = id();
        var call = id();
        var arn = "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:order-service";
        documents.add("""
            {"id":"%s","name":"distributed-tracing-api/prod","start_time":%s,"end_time":%s,"trace_id":"%s",\
            "http":{"request":{"url":"https://cm8rpw34l8.execute-api.us-east-1.amazonaws.com/prod/orders/customer123",\
            "method":"POST","user_agent":"curl/8.5","client_ip":"127.0.0.1","x_forwarded_for":true},\
            "response":{"status":200,"content_length":0}},\
            "aws":{"api_gateway":{"account_id":"111111111111","rest_api_id":"cm8rpw34l8","stage":"prod",\
            "request_id":"af73b8ac-9cad-4324-9be0-754004906215"}},\
            "annotations":{"aws:api_id":"cm8rpw34l8","aws:api_stage":"prod"},\
            "metadata":{"default":{"extended_request_id":"DSU5oGx3IAMFhxw="}},\
            "origin":"AWS::ApiGateway::Stage","resource_arn":"arn:aws:apigateway:us-east-1::/restapis/cm8rpw34l8/stages/prod",\
            "subsegments":[{"id":"%s","name":"Lambda","start_time":%s,"end_time":%s,\
            "http":{"request":{"url":"https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/%s/invocations",\
            "method":"POST"},"response":{"status":200,"content_length":93}},\
            "aws":{"function_name":"order-service","region":"us-east-1","operation":"Invoke",\
            "resource_names":["order-service"]},"namespace":"aws"}]}\
            """.formatted(stage, at(0), at(41), trace, call, at(2), at(40), arn));
        var bus = function(
                "order-service",
                call,
                3,
                36,
                "process_order",
                Map.of("order_id", "\"order-20260807100000\"", "service_name", "\"order-service\""));
        consume(bus, "payment-service", 40, 520, "process_payment", "payment_amount", "99.99");
        consume(bus, "inventory-service", 42, 18, "update_inventory", "service_name", "\"inventory-service\"");
    }

    private void consume(String bus, String name, int from, int lasts, String work, String annotation, String value) {
        var next = function(name, bus, from, lasts, work, Map.of(annotation, value));
        function(
                "notification-service",
                next,
                from + lasts + 4,
                9,
                "send_notification",
                Map.of("notification_type", "\"email\""));
    }

    /** One traced invocation; returns the id of the segment of the bus that it puts events on, "" if it puts none. */
    private String function(
            String name, String parent, int from, int lasts, String work, Map<String, String> annotations) {
        var service = id();
        var function = id();
        var invocation = id();
        var arn = "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + name;
        documents.add("""
            {"id":"%s","name":"%s","start_time":%s,"end_time":%s,"trace_id":"%s","parent_id":"%s",\
            "http":{"response":{"status":200}},"aws":{"request_id":"04b18ae7-3d34-4c77-9382-60c2532fcdae"},\
            "origin":"AWS::Lambda","resource_arn":"%s"}\
            """.formatted(service, name, at(from), at(from + lasts), trace, parent, arn));
        documents.add("""
            {"id":"%s","name":"%s","start_time":%s,"end_time":%s,"trace_id":"%s","parent_id":"%s",\
            "aws":{"account_id":"111111111111","function_arn":"%s","resource_names":["%s"]},\
            "origin":"AWS::Lambda::Function","subsegments":[\
            {"id":"%s","name":"Initialization","start_time":%s,"end_time":%s,"aws":{"function_arn":"%s"}},\
            {"id":"%s","name":"Invocation","start_time":%s,"end_time":%s,"aws":{"function_arn":"%s"}},\
            {"id":"%s","name":"Overhead","start_time":%s,"end_time":%s,"aws":{"function_arn":"%s"}}]}\
            """.formatted(
                        function,
                        name,
                        at(from + 1),
                        at(from + lasts),
                        trace,
                        service,
                        arn,
                        name,
                        id(),
                        at(from - 1),
                        at(from + 1),
                        arn,
                        invocation,
                        at(from + 1),
                        at(from + lasts - 1),
                        arn,
                        id(),
                        at(from + lasts - 1),
                        at(from + lasts),
                        arn));
        return subsegments(name, invocation, from + 2, lasts - 4, work, annotations);
    }

    /** What the functions' SDK sends over UDP, children first. */
    private String subsegments(
            String name, String invocation, int from, int lasts, String work, Map<String, String> annotations) {
        var handler = id();
        var worker = id();
        boolean puts = !name.equals("notification-service");
        var bus = puts ? put(worker, from + lasts - 4) : "";
        var tags = new ArrayList<String>();
        annotations.forEach((key, value) -> tags.add("\"" + key + "\":" + value));
        tags.sort(null);
        documents.add("""
            {"id":"%s","name":"%s","start_time":%s,"parent_id":"%s","in_progress":false,"annotations":{%s},\
            "metadata":{"default":{"details":{"customer_id":"customer123"}}},"trace_id":"%s","type":"subsegment",\
            "namespace":"local","end_time":%s}\
            """.formatted(
                        worker, work, at(from + 1), handler, String.join(",", tags), trace, at(from + lasts - 1)));
        documents.add("""
            {"id":"%s","name":"%s_handler","start_time":%s,"parent_id":"%s","in_progress":false,"trace_id":"%s",\
            "type":"subsegment","namespace":"local","end_time":%s}\
            """.formatted(handler, name.replace('-', '_'), at(from), invocation, trace, at(from + lasts)));
        return bus;
    }

    private String put(String worker, int from) {
        var call = id();
        var bus = id();
        documents.add("""
            {"id":"%s","name":"events","start_time":%s,"parent_id":"%s","in_progress":false,\
            "http":{"response":{"status":200}},"aws":{"operation":"PutEvents","region":"us-east-1",\
            "request_id":"11111111-2222"},"trace_id":"%s","type":"subsegment","namespace":"aws","end_time":%s}\
            """.formatted(call, at(from), worker, trace, at(from + 3)));
        documents.add("""
            {"id":"%s","name":"Events","start_time":%s,"trace_id":"%s","end_time":%s,"parent_id":"%s","inferred":true,\
            "http":{"response":{"status":200,"content_length":85}},"aws":{"retries":0,"region":"us-east-1",\
            "operation":"PutEvents","request_id":"11111111-2222"},"origin":"AWS::Events"}\
            """.formatted(bus, at(from), trace, at(from + 2), call));
        return bus;
    }

    private String id() {
        return SegmentId.of(nextId++).text();
    }

    private String at(int millis) {
        return BigDecimal.valueOf(start + millis * 1_000L, 6).toPlainString();
    }
}
