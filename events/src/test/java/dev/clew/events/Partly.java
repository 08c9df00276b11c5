// SPDX-License-Identifier: Apache-2.0
package dev.clew.events;

import dev.clew.events.api.EventsModel;
import dev.clew.wire.OperationModel;
import dev.clew.wire.ServiceBinding;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A binding of some operations: calling another fails the test. */
public final class Partly {
    private Partly() {}

    /** @param names of the operations that {@code bind} binds */
    public static ServiceBinding bound(Predicate<String> names, UnaryOperator<ServiceBinding.Builder> bind) {
        var service = bind.apply(ServiceBinding.builder(EventsModel.SERVICE));
        EventsModel.SERVICE.operations().stream()
                .filter(operation -> !names.test(operation.name()))
                .forEach(operation -> fails(service, operation));
        return service.build();
    }

    /** Whether an operation is about buses, rules, targets, or events put: what a bus alone serves. */
    public static boolean ofTheBus(String operation) {
        return !operation.matches(".*(Connection|ApiDestination|Archive|Replay)s?");
    }

    private static <I, O> void fails(ServiceBinding.Builder service, OperationModel<I, O> operation) {
        service.bind(operation, (input, call) -> {
            throw new AssertionError(operation.name() + " is not called here");
        });
    }
}
