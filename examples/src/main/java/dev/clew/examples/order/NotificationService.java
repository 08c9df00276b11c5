// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.xray.entities.Subsegment;
import java.util.Map;
import java.util.Set;

/** Tells the customer what became of the order. */
public final class NotificationService implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final Set<Object> SOURCES = Set.of("payment.service", "inventory.service");

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Step.of("notification_service_handler", handler -> {
            if (SOURCES.contains(Json.text(event, "source", ""))) {
                Step.of("send_notification", step -> send(event, step));
            }
            return Map.of("statusCode", 200);
        });
    }

    private static String send(Map<String, Object> event, Subsegment step) {
        var orderId = Json.text(Json.object(event, "detail"), "orderId", "");
        var type = Json.text(event, "detail-type", "");
        step.putMetadata("notification_sent", Map.of("order_id", orderId, "event_type", type, "channel", "email"));
        step.putAnnotation("order_id", orderId);
        step.putAnnotation("service_name", "notification-service");
        step.putAnnotation("notification_type", type);
        return orderId;
    }
}
