// SPDX-License-Identifier: Apache-2.0
package dev.clew.examples.order;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.xray.entities.Subsegment;
import java.util.Map;

/** Reserves what was ordered. */
public final class InventoryService implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final String WAREHOUSE = "east-coast";

    private final Publisher bus;

    public InventoryService() {
        this(new Bus());
    }

    InventoryService(Publisher bus) {
        this.bus = bus;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Step.of("inventory_service_handler", handler -> {
            if ("order.service".equals(event.get("source"))) {
                Step.of("update_inventory", step -> update(Json.object(event, "detail"), step));
            }
            return Map.of("statusCode", 200);
        });
    }

    private String update(Map<String, Object> order, Subsegment step) {
        var orderId = Json.text(order, "orderId", "");
        step.putMetadata("inventory_update", Map.of("order_id", orderId, "items_reserved", 1, "warehouse", WAREHOUSE));
        bus.put(
                "inventory.service",
                "Inventory Updated",
                Map.of("orderId", orderId, "status", "reserved", "warehouse", WAREHOUSE));
        step.putAnnotation("order_id", orderId);
        step.putAnnotation("service_name", "inventory-service");
        return orderId;
    }
}
