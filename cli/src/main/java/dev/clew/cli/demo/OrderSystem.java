// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import java.util.List;

/**
 * What the parts of the order system are called and how they hang together.
 *
 * @param suffix ends every name, so that several systems fit on one server; may be ""
 */
record OrderSystem(String region, String account, String suffix) {
    static final String STAGE = "prod";
    static final String PACKAGE = "dev.clew.examples.order.";
    static final List<String> POLICIES = List.of(
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
            "arn:aws:iam::aws:policy/AmazonEventBridgeFullAccess");
    /** One stage, five invocations of two documents, three calls to the bus. */
    static final int DOCUMENTS_PER_ORDER = 14;

    /** The four functions. */
    enum Function {
        ORDER("order-service", "OrderService"),
        PAYMENT("payment-service", "PaymentService"),
        INVENTORY("inventory-service", "InventoryService"),
        NOTIFICATION("notification-service", "NotificationService");

        private final String base;
        private final String handler;

        Function(String base, String handler) {
            this.base = base;
            this.handler = handler;
        }

        String handler() {
            return PACKAGE + handler + "::handleRequest";
        }
    }

    /** The three rules: which events go to which function. */
    enum Rule {
        PAYMENT("payment-processing-rule", Function.PAYMENT, List.of("order.service"), List.of("Order Created")),
        INVENTORY("inventory-update-rule", Function.INVENTORY, List.of("order.service"), List.of("Order Created")),
        NOTIFICATION(
                "notification-rule",
                Function.NOTIFICATION,
                List.of("payment.service", "inventory.service"),
                List.of("Payment Processed", "Inventory Updated"));

        private final String base;
        private final Function target;
        private final List<String> sources;
        private final List<String> types;

        Rule(String base, Function target, List<String> sources, List<String> types) {
            this.base = base;
            this.target = target;
            this.sources = sources;
            this.types = types;
        }

        Function target() {
            return target;
        }

        String pattern() {
            return "{\"source\":" + array(sources) + ",\"detail-type\":" + array(types) + "}";
        }

        private static String array(List<String> texts) {
            return "[\"" + String.join("\",\"", texts) + "\"]";
        }
    }

    String bus() {
        return named("orders");
    }

    String api() {
        return named("orders-api");
    }

    String role() {
        return named("orders-role");
    }

    String name(Function function) {
        return named(function.base);
    }

    String name(Rule rule) {
        return named(rule.base);
    }

    String logGroup(Function function) {
        return "/aws/lambda/" + name(function);
    }

    String arn(Function function) {
        return "arn:aws:lambda:" + region + ':' + account + ":function:" + name(function);
    }

    String arn(Rule rule) {
        return "arn:aws:events:" + region + ':' + account + ":rule/" + bus() + '/' + name(rule);
    }

    private String named(String base) {
        return suffix.isEmpty() ? base : base + '-' + suffix;
    }
}
