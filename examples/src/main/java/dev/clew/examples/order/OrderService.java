// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.xray.entities.Subsegment;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Takes an order from the API and tells the bus. */
public final class OrderService implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final DateTimeFormatter ORDER_ID =
            DateTimeFormatter.ofPattern("'order-'yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private final Publisher bus;
    private final InstantSource time;

    public OrderService() {
        this(new Bus(), InstantSource.system());
    }

    OrderService(Publisher bus, InstantSource time) {
        this.bus = bus;
        this.time = time;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Step.of("order_service_handler", handler -> Step.of("process_order", step -> process(event, step)));
    }

    private Map<String, Object> process(Map<String, Object> event, Subsegment step) {
        var now = time.instant();
        var orderId = ORDER_ID.format(now);
        var customerId = Json.text(Json.object(event, "pathParameters"), "customerId", "anonymous");
        step.putMetadata(
                "order_details", Map.of("order_id", orderId, "customer_id", customerId, "timestamp", now.toString()));
        bus.put(
                "order.service",
                "Order Created",
                Map.of("orderId", orderId, "customerId", customerId, "amount", 99.99, "status", "created"));
        step.putAnnotation("order_id", orderId);
        step.putAnnotation("service_name", "order-service");
        var trace = Json.text(Json.object(event, "headers"), "X-Amzn-Trace-Id", "");
        return Map.of(
                "statusCode",
                200,
                "headers",
                Map.of("Content-Type", "application/json", "X-Amzn-Trace-Id", trace),
                "body",
                Bus.json(Map.of("orderId", orderId, "status", "created", "message", "Order created successfully")));
    }
}
