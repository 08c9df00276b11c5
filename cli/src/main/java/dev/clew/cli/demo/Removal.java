// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import dev.clew.cli.Problem;
import dev.clew.cli.demo.OrderSystem.Function;
import dev.clew.cli.demo.OrderSystem.Rule;
import dev.clew.cli.server.Clients;
import java.util.function.Supplier;

/** Takes an order system down again, whole or half made: what is not there is no obstacle. */
final class Removal {
    private final OrderSystem system;
    private final Clients clients;

    Removal(OrderSystem system, Clients clients) {
        this.system = system;
        this.clients = clients;
    }

    void remove() {
        gateway();
        events();
        functions();
        logs();
        role();
    }

    private void gateway() {
        try (var gateway = clients.apiGateway()) {
            attempt(() -> gateway.getRestApis(request -> request.limit(500)).items().stream()
                    .filter(api -> system.api().equals(api.name()))
                    .map(api -> gateway.deleteRestApi(request -> request.restApiId(api.id())))
                    .toList());
        }
    }

    private void events() {
        try (var events = clients.events()) {
            for (var rule : Rule.values()) {
                attempt(() -> events.removeTargets(request -> request.rule(system.name(rule))
                        .eventBusName(system.bus())
                        .ids("1")));
                attempt(() -> events.deleteRule(
                        request -> request.name(system.name(rule)).eventBusName(system.bus())));
            }
            attempt(() -> events.deleteEventBus(request -> request.name(system.bus())));
        }
    }

    private void functions() {
        try (var lambda = clients.lambda()) {
            for (var function : Function.values()) {
                attempt(() -> lambda.deleteFunction(request -> request.functionName(system.name(function))));
            }
        }
    }

    private void logs() {
        try (var logs = clients.logs()) {
            for (var function : Function.values()) {
                attempt(() -> logs.deleteLogGroup(request -> request.logGroupName(system.logGroup(function))));
            }
        }
    }

    private void role() {
        try (var iam = clients.iam()) {
            for (var policy : OrderSystem.POLICIES) {
                attempt(() -> iam.detachRolePolicy(
                        request -> request.roleName(system.role()).policyArn(policy)));
            }
            attempt(() -> iam.deleteRole(request -> request.roleName(system.role())));
        }
    }

    private static void attempt(Supplier<?> deletion) {
        try {
            Clients.ask(deletion);
        } catch (Problem e) {
            // not there, or never was: the rest still has to go
        }
    }
}
