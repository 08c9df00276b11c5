// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.xray.entities.Subsegment;
import java.time.Duration;
import java.util.Map;

/** Takes the money, which takes a while. */
public final class PaymentService implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final Duration PROCESSOR_LATENCY = Duration.ofMillis(500);

    private final Publisher bus;
    private final Duration latency;

    public PaymentService() {
        this(new Bus(), PROCESSOR_LATENCY);
    }

    /** @param latency how long the payment processor, which we only pretend to call, takes */
    PaymentService(Publisher bus, Duration latency) {
        this.bus = bus;
        this.latency = latency;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Step.of("payment_service_handler", handler -> {
            if ("order.service".equals(event.get("source"))) {
                Step.of("process_payment", step -> process(Json.object(event, "detail"), step));
            }
            return Map.of("statusCode", 200);
        });
    }

    private String process(Map<String, Object> order, Subsegment step) {
        var orderId = Json.text(order, "orderId", "");
        double amount = Json.number(order, "amount");
        step.putMetadata("payment_details", Map.of("order_id", orderId, "amount", amount, "processor", "stripe"));
        charge();
        bus.put(
                "payment.service",
                "Payment Processed",
                Map.of("orderId", orderId, "amount", amount, "paymentId", "pay-" + orderId, "status", "processed"));
        step.putAnnotation("order_id", orderId);
        step.putAnnotation("service_name", "payment-service");
        step.putAnnotation("payment_amount", amount);
        return orderId;
    }

    private void charge() {
        try {
            Thread.sleep(latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while charging", e);
        }
    }
}
