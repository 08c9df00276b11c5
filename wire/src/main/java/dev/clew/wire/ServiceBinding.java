// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import java.util.HashMap;
import java.util.Map;

/** A service with a handler for each operation that it does not declare unsupported. Immutable. */
public final class ServiceBinding {
    private final ServiceModel service;
    private final Map<String, Bound<?, ?>> bound;

    /** An operation and its handler. */
    public record Bound<I, O>(OperationModel<I, O> model, Operation<I, O> handler) {}

    private ServiceBinding(ServiceModel service, Map<String, Bound<?, ?>> bound) {
        this.service = service;
        this.bound = Map.copyOf(bound);
    }

    public static Builder builder(ServiceModel service) {
        return new Builder(service);
    }

    public ServiceModel service() {
        return service;
    }

    /** Bound operations by name. */
    public Map<String, Bound<?, ?>> bound() {
        return bound;
    }

    /** Collects handlers. */
    public static final class Builder {
        private final ServiceModel service;
        private final Map<String, Bound<?, ?>> bound = new HashMap<>();

        private Builder(ServiceModel service) {
            this.service = service;
        }

        /** @throws IllegalStateException if it is bound already or is not an operation of this service */
        public <I, O> Builder bind(OperationModel<I, O> operation, Operation<I, O> handler) {
            if (!service.operations().contains(operation)) {
                throw new IllegalStateException(service.id() + ": " + operation.name() + " is not bindable");
            }
            if (bound.put(operation.name(), new Bound<>(operation, handler)) != null) {
                throw new IllegalStateException(service.id() + ": " + operation.name() + " is bound twice");
            }
            return this;
        }

        /** @throws IllegalStateException that names every operation left without a handler */
        public ServiceBinding build() {
            var missing = service.operations().stream()
                    .map(OperationModel::name)
                    .filter(name -> !bound.containsKey(name))
                    .toList();
            if (!missing.isEmpty()) {
                throw new IllegalStateException(service.id() + ": neither bound nor declared unsupported: " + missing);
            }
            return new ServiceBinding(service, bound);
        }
    }
}
