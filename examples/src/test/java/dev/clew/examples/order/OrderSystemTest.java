// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked // real events have null members, and no context is needed here
class OrderSystemTest {
    private static final Instant NOW = Instant.parse("2026-08-07T10:15:00.250Z");
    private static final Map<String, Object> ORDER = Map.of("orderId", "o1", "customerId", "c1", "amount", 99.99);

    private record Event(String source, String detailType, Map<String, Object> detail) {}

    private final List<Event> events = new ArrayList<>();
    private final Publisher bus = (source, type, detail) -> events.add(new Event(source, type, detail));
    private Segment segment;

    @BeforeEach
    void begin() {
        segment = AWSXRay.beginSegment("test");
    }

    @AfterEach
    void end() {
        AWSXRay.clearTraceEntity();
    }

    @Test
    void anOrderIsAnsweredAndTold() {
        var answer = new OrderService(bus, () -> NOW)
                .handleRequest(
                        Map.of(
                                "pathParameters", Map.of("customerId", "customer123"),
                                "headers", Map.of("X-Amzn-Trace-Id", "Root=1-x")),
                        null);
        assertThat(answer)
                .containsEntry("statusCode", 200)
                .containsEntry("headers", Map.of("Content-Type", "application/json", "X-Amzn-Trace-Id", "Root=1-x"));
        assertThat((String) answer.get("body")).contains("order-20260807101500250", "Order created successfully");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.source()).isEqualTo("order.service");
            assertThat(event.detailType()).isEqualTo("Order Created");
            assertThat(event.detail())
                    .containsEntry("customerId", "customer123")
                    .containsEntry("amount", 99.99);
        });
        var step = step("order_service_handler", "process_order");
        assertThat(step.getAnnotations())
                .containsEntry("order_id", "order-20260807101500250")
                .containsEntry("service_name", "order-service");
        assertThat(step.getMetadata().get("default")).containsKey("order_details");
    }

    @Test
    void anOrderWithoutPathOrHeadersIsAnonymous() {
        var event = new HashMap<String, Object>();
        event.put("pathParameters", null);
        event.put("headers", null);
        new OrderService(bus, () -> NOW).handleRequest(event, null);
        assertThat(events.getFirst().detail()).containsEntry("customerId", "anonymous");
    }

    @Test
    void aPaymentFollowsAnOrder() {
        handle(new PaymentService(bus, Duration.ZERO), "order.service", "Order Created");
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("paymentId", "pay-o1"));
        assertThat(step("payment_service_handler", "process_payment").getAnnotations())
                .containsEntry("payment_amount", 99.99);
    }

    @Test
    void theInventoryFollowsAnOrder() {
        handle(new InventoryService(bus), "order.service", "Order Created");
        assertThat(events).singleElement().extracting(Event::detailType).isEqualTo("Inventory Updated");
        assertThat(step("inventory_service_handler", "update_inventory").getAnnotations())
                .containsEntry("service_name", "inventory-service");
    }

    @Test
    void aNotificationFollowsBoth() {
        handle(new NotificationService(), "payment.service", "Payment Processed");
        assertThat(step("notification_service_handler", "send_notification").getAnnotations())
                .containsEntry("notification_type", "Payment Processed");
    }

    @Test
    void eventsOfOthersAreLeftAlone() {
        handle(new PaymentService(bus, Duration.ZERO), "somebody.else", "Order Created");
        handle(new InventoryService(bus), "somebody.else", "Order Created");
        assertThat(events).isEmpty();
    }

    @Test
    void aFailureIsToldInTheTrace() {
        var service = new InventoryService((source, type, detail) -> {
            throw new IllegalStateException("no bus");
        });
        assertThatThrownBy(() -> handle(service, "order.service", "Order Created"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(step("inventory_service_handler", "update_inventory").isFault())
                .isTrue();
    }

    private static void handle(
            RequestHandler<Map<String, Object>, Map<String, Object>> function, String source, String type) {
        assertThat(function.handleRequest(Map.of("source", source, "detail-type", type, "detail", ORDER), null))
                .containsEntry("statusCode", 200);
    }

    private Subsegment step(String handler, String inner) {
        var outer = segment.getSubsegments().getFirst();
        assertThat(outer.getName()).isEqualTo(handler);
        var step = outer.getSubsegments().getFirst();
        assertThat(step.getName()).isEqualTo(inner);
        return step;
    }
}
