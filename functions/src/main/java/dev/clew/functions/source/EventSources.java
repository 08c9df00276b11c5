// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import dev.clew.core.IdSource;
import dev.clew.core.store.Store;
import dev.clew.functions.api.LambdaModel;
import dev.clew.functions.catalog.FunctionCatalog;
import dev.clew.functions.invoke.FunctionInvoker;
import dev.clew.wire.ServiceBinding;
import java.time.InstantSource;

/** Event source mappings: which functions get the messages of which queues. Safe for use by many threads. */
public final class EventSources implements AutoCloseable {
    private final Mappings mappings;
    private final Pollers pollers;
    private final MappingOperations operations;

    /** Reads what the store holds; nothing is taken out of queues before {@link #start}. */
    public EventSources(
            Store store,
            FunctionCatalog catalog,
            FunctionInvoker invoker,
            QueueSource queues,
            RecordFilters filters,
            InstantSource time,
            IdSource ids) {
        var runner = new BatchRunner(queues, filters, catalog, invoker, time, ids);
        mappings = new Mappings(store, this::changed);
        pollers = new Pollers(queues, runner, time, mappings::find);
        operations = new MappingOperations(mappings, catalog, new MappingRules(queues, filters), pollers, time, ids);
    }

    private void changed(String key) {
        pollers.changed(key);
    }

    /** Adds the operations to {@code binding}. */
    public void bind(ServiceBinding.Builder binding) {
        binding.bind(LambdaModel.CREATE_EVENT_SOURCE_MAPPING, operations::create)
                .bind(LambdaModel.GET_EVENT_SOURCE_MAPPING, operations::get)
                .bind(LambdaModel.LIST_EVENT_SOURCE_MAPPINGS, operations::list)
                .bind(LambdaModel.UPDATE_EVENT_SOURCE_MAPPING, operations::update)
                .bind(LambdaModel.DELETE_EVENT_SOURCE_MAPPING, operations::delete);
    }

    /** Begins to take messages. */
    public void start() {
        pollers.start(mappings.all());
    }

    /** Removes every mapping. */
    public void clear() {
        mappings.change(() -> {
            mappings.all().forEach(mappings::remove);
            return null;
        });
    }

    /** Takes no more messages; those that run go on to their end. */
    @Override
    public void close() {
        pollers.close();
    }
}
